package io.github.miaudit.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What may have left a tensor in a checkpoint that its family does not know. The first whose pattern is found in some name counts. */
enum TensorCause {

    ADAPTER_NOT_MERGED("\\.lora_|\\.modules_to_save\\.", "an adapter was not merged: put its adapter_config.json beside the weights,"
            + " or merge it with PEFT's merge_and_unload()"),
    OTHER_ADAPTER("adapter|prompt|ia3|houlsby|prefix_encoder",
            "an adapter was not merged into the weights, and what it adds is not computed;"
                    + " merge it, or export the model to TorchScript, as model.pt in a folder of its own"),
    QUANTISED("\\.(SCB|absmax|quant_map|quant_state.*|qweight|qzeros|scales|g_idx|weight_scale|zero_point)(\\.|$)",
            "the weights are quantised; save them in a floating-point type"),
    OPTIMISER("^(optimizer|state|exp_avg|scheduler|param_groups)(\\.|$)",
            "this is a trainer's state; save the model alone with save_pretrained"),
    NEWER_HEAD("^lm_predictions\\.", "this is the head that DeBERTa was trained with, which Hugging Face transformers leave out unless"
            + " config.json states \"legacy\": false; state it, or remove these tensors if the head of cls.predictions has been trained"),
    MORE_LAYERS("\\.(layer|layers)\\.\\d+\\.", "does config.json state fewer layers than were saved, or another kind of layer?"),
    UNKNOWN("",
            "if they take no part in masked-LM scoring, remove them; else export the model to TorchScript, as model.pt in a folder of its own");

    private final Pattern sign;
    private final String remedy;

    TensorCause(String sign, String remedy) {
        this.sign = Pattern.compile(sign);
        this.remedy = remedy;
    }

    static String of(List<String> names) {
        for (TensorCause cause : values()) {
            if (cause.isFoundIn(names)) {
                return cause.remedy;
            }
        }
        return UNKNOWN.remedy;
    }

    boolean isFoundIn(Collection<String> names) {
        return names.stream().anyMatch(name -> sign.matcher(name).find());
    }

    String remedy() {
        return remedy;
    }
}
