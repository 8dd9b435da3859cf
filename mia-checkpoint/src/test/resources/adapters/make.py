"""Makes the adapters here, on golden/bert-tiny and golden/families/modernbert, with PEFT 0.21.0 and Hugging Face transformers 5.18.0, and
what PEFT computes with them, not merged, in float64. All that an adapter trains is drawn at random.

    python3 make.py
"""
import importlib.util
import json
import pathlib
import shutil

import peft
import torch
import transformers
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("expected_values", HERE / "../../../../../docs/expected_values.py")
EXPECTED_VALUES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(EXPECTED_VALUES)
TEXTS = ["No chest pain.", "The patient was admitted with acute chest pain."]

ADAPTERS = {
    "rank-stabilised": dict(r=3, lora_alpha=5, use_rslora=True, target_modules=["query", "key", "dense"]),
    "patterns": dict(r=2, lora_alpha=4, target_modules=["query", "value", "layer.1.output.dense"],
                     rank_pattern={"value": 4, "layer.1.attention.self.query": 1}, alpha_pattern={"value": 3, "0.attention.self.query": 7}),
    "head-saved": dict(r=2, lora_alpha=4, target_modules=["value"], modules_to_save=["cls"]),
    "biases": dict(r=2, lora_alpha=4, target_modules=["query", "value"], bias="all"),
    "positions": dict(r=2, lora_alpha=4, target_modules=["position_embeddings"]),
    "words": dict(r=2, lora_alpha=4, target_modules=["word_embeddings"]),
    "weight-decomposed": dict(r=2, lora_alpha=4, target_modules=["query"], use_dora=True),
    "principal-values": dict(r=2, lora_alpha=4, target_modules=["query"], init_lora_weights="pissa"),
    "bias-of-lora": dict(r=2, lora_alpha=4, target_modules=["query"], lora_bias=True),
    "joint-projection": dict(r=2, lora_alpha=4, target_modules=["Wqkv", "Wo", "Wi"]),
}


def make(name, settings):
    torch.manual_seed(len(name))
    base = HERE / ("../golden/families/modernbert" if name == "joint-projection" else "../golden/bert-tiny")
    model = transformers.AutoModelForMaskedLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    model = peft.get_peft_model(model, peft.LoraConfig(**settings)).eval()
    model.peft_config["default"].base_model_name_or_path = str(base.name)
    for parameter_name, parameter in model.named_parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data + 0.2 * torch.randn_like(parameter)
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    if name == "patterns":  # a trainer's own way to save: all in one file, the adapter not merged
        tensors = {key: value.contiguous().clone() for key, value in model.state_dict().items() if not key.endswith("decoder.weight")}
        save_file(tensors, folder / "unmerged.safetensors", metadata={"format": "pt"})
    tokenizer = transformers.AutoTokenizer.from_pretrained(base)
    model = model.double()
    found = [{"id": f"s{number}", **EXPECTED_VALUES.values(model, tokenizer, text)} for number, text in enumerate(TEXTS)]
    (folder / "expected.json").write_text(json.dumps({"format": "mlm-golden/2", "maker": f"peft {peft.__version__}, transformers "
                                                      f"{transformers.__version__}, float64", "sentences": found}))


for adapter, adapter_settings in ADAPTERS.items():
    make(adapter, adapter_settings)
