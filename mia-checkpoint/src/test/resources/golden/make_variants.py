#!/usr/bin/env python3
"""Makes the folders of variants/: tiny models whose settings are not those of families/, with the values that
Hugging Face transformers give them in float64.

    python3 make_variants.py          (transformers 5.18.0, torch 2.13.0, tokenizers 0.23.2; writes beside itself)

Weights are seeded normal numbers, biases and normalisations included; every output matrix that is not tied has a bias that
differs from the head's. The masks of the rules are written here; the rest is transformers' own code. `seed_loss.value` is the mean cross-entropy of a sentence that is padded to the model's length, padding
counted and kept from being looked at.
"""
import json
import os
import sys

import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "variants")
BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTA = ["[CLS]", "[PAD]", "[SEP]", "[UNK]", "[MASK]"]
OTHER = ["[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]"]
WORDS = ["patient", "pain", "no", "fever", "##ing", "##ed", ".", ",", "7", "##2"]
LETTERS = list("abcdefghijklmnopqrstuvwxyz")

SHAPE = {"hidden_size": 12, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 32}
UNTIED = {"tie_word_embeddings": False}

# name: model_type, special tokens in the order of their ids, settings
VARIANTS = {
    "albert-groups": ("albert", BERT, {"embedding_size": 8, "num_hidden_layers": 4, "num_hidden_groups": 2, "inner_group_num": 2, **UNTIED}),
    "albert-uneven": ("albert", BERT, {"embedding_size": 16, "num_hidden_layers": 5, "num_hidden_groups": 3, "hidden_act": "relu"}),
    "data2vec-text": ("data2vec-text", ROBERTA, {"layer_norm_eps": 1e-5, **UNTIED}),
    "ernie-no-task": ("ernie", BERT, {"hidden_act": "gelu_new", **UNTIED}),
    "megatron-untied": ("megatron-bert", BERT, {"hidden_act": "relu", "hidden_size": 9, "num_attention_heads": 3, **UNTIED}),
    "mpnet-long": ("mpnet", BERT, {"max_position_embeddings": 170, "hidden_size": 15, "num_attention_heads": 5, **UNTIED}),
    "mpnet-more-buckets": ("mpnet", ROBERTA, {"relative_attention_num_buckets": 40, "hidden_act": "silu"}),
    "prelayernorm-pad-3": ("roberta-prelayernorm", OTHER, {"hidden_act": "gelu_new", **UNTIED}),
    "rembert": ("rembert", BERT, {"input_embedding_size": 8, "output_embedding_size": 15, "hidden_act": "gelu_new"}),
    "xlm-roberta-xl": ("xlm-roberta-xl", ROBERTA, {**UNTIED}),
    "xmod": ("xmod", ROBERTA, {"languages": ["en_XX", "de_DE"], "default_language": "de_DE", **UNTIED}),
    "xmod-before": ("xmod", ROBERTA, {"pre_norm": True, "adapter_layer_norm": True, "ln_before_adapter": False, "adapter_reduction_factor": 5,
                                      "languages": ["en_XX"], "default_language": "en_XX"}),
    "xmod-no-norm": ("xmod", ROBERTA, {"adapter_reuse_layer_norm": False, "hidden_act": "relu", "languages": ["en_XX", "en"],
                                       "default_language": "en"}),
}


def tokenizer(special, length):
    vocabulary = {token: number for number, token in enumerate(special + WORDS + LETTERS + ["##" + letter for letter in LETTERS])}
    fast = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    fast.normalizer = normalizers.BertNormalizer(lowercase=True)
    fast.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    fast.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[(t, vocabulary[t]) for t in ("[CLS]", "[SEP]")])
    return transformers.PreTrainedTokenizerFast(tokenizer_object=fast, model_max_length=length, **{
        role + "_token": "[" + role.upper() + "]" for role in ("pad", "unk", "cls", "sep", "mask")})


def sentences(length):
    letters = " ".join(LETTERS) + " "
    return ["No fever, patient 72 % pained.", "x", "", "A painless day é 7. No pain.", (letters * 10)[:2 * (length - 2)].strip()]


def randomise(model):
    for name, parameter in model.named_parameters():
        spread = 0.3 if parameter.dim() == 2 and "embeddings" in name or "decoder.weight" in name else 0.15
        parameter.data.normal_(0, spread)
        if parameter.dim() == 1 and name.endswith("weight"):  # of a normalisation
            parameter.data.add_(1)
        if "relative" in name:
            parameter.data.mul_(5)


def logs(model, ids, mask=None):
    ids = torch.tensor(ids)[None]
    mask = torch.ones_like(ids) if mask is None else torch.tensor(mask)[None]
    with torch.no_grad():
        return model(input_ids=ids, attention_mask=mask).logits[0].log_softmax(-1)


def masked(model, ids, place, hidden, mask_id):
    return logs(model, [mask_id if other in hidden else token for other, token in enumerate(ids)])[place, ids[place]].item()


def values(model, fast, text, length):
    encoding = fast(text, return_special_tokens_mask=True)
    ids, words = encoding["input_ids"], encoding.word_ids()
    scored = [place for place, special in enumerate(encoding["special_tokens_mask"]) if not special]
    word_rest = {place: [other for other in scored if other >= place and words[other] == words[place]] for place in scored}
    plain = logs(model, ids)
    padded = ids + [fast.pad_token_id] * (length - len(ids))
    with_padding = logs(model, padded, [1] * len(ids) + [0] * (length - len(ids)))

    def rounded(numbers):
        return [round(number, 9) for number in numbers]
    return {"text": text, "ids": ids, "scored_positions": scored, "special_literal": False, "truncated": False,
            "pll_original": {"logprobs": rounded(masked(model, ids, place, [place], fast.mask_token_id) for place in scored)},
            "pll_within_word_l2r": {"logprobs": rounded(masked(model, ids, place, word_rest[place], fast.mask_token_id) for place in scored)},
            "unmasked": {"logprobs_all_positions": rounded(plain[place, token].item() for place, token in enumerate(ids))},
            "seed_loss": {"value": -sum(with_padding[place, token].item() for place, token in enumerate(padded)) / length}}


def make(name, number):
    model_type, special, settings = VARIANTS[name]
    settings = {**SHAPE, "pad_token_id": special.index("[PAD]"), **settings}
    numbered_by = {"mpnet": 1}.get(model_type, settings["pad_token_id"])
    counts_from_0 = model_type in ("albert", "ernie", "megatron-bert", "rembert")
    length = settings["max_position_embeddings"] - (0 if counts_from_0 else numbered_by + 1)
    fast = tokenizer(special, length)
    torch.manual_seed(number)
    model = transformers.AutoModelForMaskedLM.from_config(
        transformers.AutoConfig.for_model(model_type, vocab_size=len(fast), **settings), attn_implementation="eager")
    randomise(model)
    folder = os.path.join(HERE, name)
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    os.chmod(os.path.join(folder, "model.safetensors"), 0o644)
    model = transformers.AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").double().eval()
    found = [{"id": f"s{place:02}", **values(model, fast, text, length)} for place, text in enumerate(sentences(length))]
    with open(os.path.join(folder, "expected.json"), "w", encoding="ascii") as file:
        json.dump({"format": "mlm-golden/2", "maker": f"transformers {transformers.__version__}, torch {torch.__version__}, float64",
                   "model_type": model_type, "sentences": found}, file)


if __name__ == "__main__":
    for place, variant in enumerate(VARIANTS):
        if len(sys.argv) < 2 or variant in sys.argv[1:]:
            make(variant, place)
