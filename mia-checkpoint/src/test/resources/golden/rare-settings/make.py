"""Makes the folders beside this file: tiny random networks of settings that published models seldom have.

Python 3.11, transformers 5.18.0, torch 2.13.0 (CPU), safetensors 0.8.0, tokenizers 0.23.2; run as `python3 make.py` in this folder. Each is
saved by transformers, read back by them and run in float64; masks are laid by the code below. Attention mask all 1, no token
types given, no global tokens.
"""
import json
import pathlib
import random

import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers, processors

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
WORDS = 43
SMALL = {"vocab_size": len(SPECIAL) + WORDS, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
         "intermediate_size": 20, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
DISENTANGLED = {"relative_attention": True, "pos_att_type": ["p2c", "c2p"], "norm_rel_ebd": "layer_norm"}

# name: model type, settings, longest sentence in tokens, what is written into config.json otherwise than transformers do
VARIANTS = {
    "deberta-conv-types-biased": ("deberta-v2", {**DISENTANGLED, "position_buckets": 16, "share_att_key": True, "conv_kernel_size": 3,
                                                 "conv_act": "gelu", "type_vocab_size": 2, "max_position_embeddings": 70}, 70, {}),
    "deberta-own-keys-untied": ("deberta-v2", {**DISENTANGLED, "norm_rel_ebd": "none", "max_relative_positions": 9,
                                               "position_biased_input": False, "conv_kernel_size": 5, "conv_groups": 2,
                                               "tie_word_embeddings": False, "max_position_embeddings": 70}, 70, {}),
    "deberta-c2p-narrow": ("deberta-v2", {**DISENTANGLED, "pos_att_type": ["c2p"], "position_buckets": 6, "embedding_size": 8,
                                          "position_biased_input": False, "max_position_embeddings": 140}, 140,
                           {"pos_att_type": "C2P"}),
    # transformers 5.18 read this head only with tie_word_embeddings false, and use the word embeddings nevertheless
    "deberta-p2c-newer-head": ("deberta-v2", {**DISENTANGLED, "pos_att_type": ["p2c"], "position_buckets": 8, "share_att_key": True,
                                              "max_relative_positions": 40, "legacy": False, "tie_word_embeddings": False,
                                              "max_position_embeddings": 70}, 70, {}),
    "deberta-no-distances-one-layer": ("deberta-v2", {**DISENTANGLED, "relative_attention": False, "num_hidden_layers": 1,
                                                      "conv_kernel_size": 3, "max_position_embeddings": 40}, 40, {}),
    "longformer-windows-untied": ("longformer", {"attention_window": [4, 16], "tie_word_embeddings": False,
                                                 "max_position_embeddings": 162}, 160, {}),
    "longformer-long": ("longformer", {"attention_window": 60, "type_vocab_size": 1,
                                       "max_position_embeddings": 262}, 260, {"attention_window": 60}),
    "big-bird-sparse-scaled-untied": ("big_bird", {"attention_type": "block_sparse", "block_size": 6, "num_random_blocks": 1,
                                                   "use_bias": False, "rescale_embeddings": True, "tie_word_embeddings": False,
                                                   "max_position_embeddings": 64}, 42, {}),
    "eurobert-one-key-head-tied": ("eurobert", {"num_key_value_heads": 1, "head_dim": 6, "attention_bias": True, "mlp_bias": True,
                                                "tie_word_embeddings": True, "max_position_embeddings": 40}, 40,
                                   {"rope_parameters": None, "rope_theta": 321.0}),
    "eurobert-two-key-heads": ("eurobert", {"num_key_value_heads": 2, "hidden_act": "gelu", "max_position_embeddings": 40}, 40, {}),
    "nomic-bert": ("nomic_bert", {"max_position_embeddings": 40}, 40, {}),
    "nomic-bert-wide-heads-untied": ("nomic_bert", {"head_dim": 6, "rope_parameters": {"rope_type": "default", "rope_theta": 77.0},
                                                    "tie_word_embeddings": False, "max_position_embeddings": 40}, 40, {}),
    "modernbert-long": ("modernbert", {"local_attention": 12, "global_attn_every_n_layers": 2, "max_position_embeddings": 160,
                                       "cls_token_id": 0, "sep_token_id": 2}, 160, {}),
}


def tokenizer(folder):
    words = SPECIAL + [f"w{number}" for number in range(WORDS)]
    made = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    made.add_special_tokens(SPECIAL)
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    transformers.PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>",
                                         unk_token="<unk>", pad_token="<pad>", mask_token="<mask>").save_pretrained(folder)


def randomise(model, generator):
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            noise = torch.randn(tensor.shape, generator=generator)
            if tensor.dim() == 1 and name.endswith("weight"):  # of a normalisation
                tensor.copy_(1 + 0.15 * noise)
            else:
                tensor.copy_((0.3 if "embed" in name or "decoder" in name or "lm_head.weight" in name else 0.15) * noise)


def rounded(values):
    return [round(value, 7) for value in values]


def expected(model, tokens, text):
    encoding = tokens(text, return_special_tokens_mask=True)
    ids = torch.tensor(encoding["input_ids"])
    scored = [place for place, special in enumerate(encoding["special_tokens_mask"]) if not special]
    rows = ids.repeat(len(scored) + 1, 1)  # the last row is the sentence as it is
    rows[range(len(scored)), scored] = tokens.mask_token_id
    with torch.no_grad():
        logs = model(input_ids=rows, attention_mask=torch.ones_like(rows)).logits.log_softmax(-1)
    return {"ids": ids.tolist(), "scored_positions": scored,
            "pll_original": {"logprobs": rounded(logs[row, place, ids[place]].item() for row, place in enumerate(scored))},
            "unmasked": {"logprobs_all_positions": rounded(logs[-1, place, ids[place]].item() for place in range(len(ids)))}}


def make(name, model_type, settings, longest, otherwise, seed):
    folder = pathlib.Path(__file__).parent / name
    configuration = transformers.AutoConfig.for_model(model_type, **{**SMALL, **settings})
    if "rope_theta" in otherwise:
        configuration.rope_parameters = {"rope_type": "default", "rope_theta": otherwise["rope_theta"]}
    model = transformers.AutoModelForMaskedLM.from_config(configuration)
    randomise(model, torch.Generator().manual_seed(seed))
    model.save_pretrained(folder)
    tokenizer(folder)
    stated = json.loads((folder / "config.json").read_text()) | otherwise
    (folder / "config.json").write_text(json.dumps({key: value for key, value in stated.items() if value is not None}, indent=1) + "\n")
    read = transformers.AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").double().eval()
    tokens = transformers.AutoTokenizer.from_pretrained(folder)
    draw = random.Random(seed)
    sentences = []
    for number, length in enumerate([3, 4, 9, 17, longest // 2, longest]):
        text = " ".join(f"w{draw.randrange(WORDS)}" for _ in range(length - 2))
        sentences.append({"id": f"s{number}", "text": text, "special_literal": False, "truncated": False,
                          **expected(read, tokens, text)})
    (folder / "expected.json").write_text(json.dumps({
        "format": "mlm-golden/2", "maker": f"transformers {transformers.__version__}, torch {torch.__version__}, float64",
        "model_type": model_type, "sentences": sentences}) + "\n")


for number, (variant, arguments) in enumerate(VARIANTS.items()):
    make(variant, *arguments, seed=number + 1)
