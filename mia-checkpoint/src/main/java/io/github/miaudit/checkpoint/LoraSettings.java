package io.github.miaudit.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.miaudit.io.InvalidFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What {@code adapter_config.json} says of a LoRA adapter, as PEFT 0.21 reads it; whatever would change what it computes is refused. */
record LoraSettings(Configuration json) {

    /** What has no bearing on an adapter that is trained, or is told by the names and shapes of its tensors. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of("peft_type", "base_model_name_or_path", "r", "lora_alpha", "use_rslora",
            "rank_pattern", "alpha_pattern", "init_lora_weights", "bias", "modules_to_save", "target_modules", "exclude_modules",
            "layers_to_transform", "layers_pattern", "lora_dropout", "fan_in_fan_out", "auto_mapping", "parent_library", "peft_version",
            "revision", "task_type", "inference_mode", "megatron_core", "loftq_config", "eva_config", "corda_config", "lora_ga_config",
            "runtime_config", "qalora_group_size", "ensure_weight_tying");
    /** Starts that leave the base model's weights as they are. */
    private static final Set<String> STARTS = Set.of("true", "false", "gaussian", "eva", "orthogonal");

    static LoraSettings read(Path file) {
        Configuration json = Configuration.read(file);
        String kind = json.text("peft_type", "");
        if (!kind.equals("LORA")) {
            throw json.invalid("peft_type", "supported is \"LORA\"; merge the adapter into its base model with merge_and_unload()");
        }
        for (Map.Entry<String, JsonElement> entry : json.json().entrySet()) {
            if (!TOLD_ELSEWHERE.contains(entry.getKey()) && isSet(entry.getValue())) {
                throw json.invalid(entry.getKey(),
                        "what it adds is not computed; merge the adapter into its base model with merge_and_unload()");
            }
        }
        if (json.has("init_lora_weights")
                && !(json.json().get("init_lora_weights") instanceof JsonPrimitive start && STARTS.contains(start.getAsString()))) {
            throw json.invalid("init_lora_weights", "such a start changes the base model's weights; merge the adapter into the changed"
                    + " base model with merge_and_unload(), or save it with path_initial_model_for_weight_conversion");
        }
        return new LoraSettings(json);
    }

    Path file() {
        return json.file();
    }

    /** By which up · down is multiplied for a module: alpha / rank or, rank-stabilised, alpha / √rank. */
    double scale(String module, long rank) {
        long stated = (long) ofModule("rank_pattern", module, json.size("r", 8));
        if (stated != rank) {
            throw new InvalidFileException(file(), "states rank " + stated + " for " + module + ", whose tensors have rank " + rank
                    + "; is it this adapter's configuration?");
        }
        double alpha = ofModule("alpha_pattern", module, json.number("lora_alpha", 8));
        return json.flag("use_rslora", false) ? alpha / Math.sqrt(rank) : alpha / rank;
    }

    /** The value of the first key of a pattern that ends a module's name, or the one for all. */
    private double ofModule(String pattern, String module, double otherwise) {
        Configuration byName = json.object(pattern);
        for (String key : byName.json().keySet()) {
            if (!key.matches("\\^?[A-Za-z0-9_.]+")) {
                throw new InvalidFileException(file(), pattern + " has the key " + new JsonPrimitive(key)
                        + "; supported are ends of module names and, after ^, whole names, without regular expressions; name the modules");
            }
            if (key.startsWith("^") ? module.equals(key.substring(1)) : ("." + module).endsWith("." + key)) {
                return byName.number(key, otherwise);
            }
        }
        return otherwise;
    }

    private static boolean isSet(JsonElement value) {
        return !(value.isJsonNull() || value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.isEmpty()
                || value instanceof JsonPrimitive flag && flag.isBoolean() && !flag.getAsBoolean());
    }
}
