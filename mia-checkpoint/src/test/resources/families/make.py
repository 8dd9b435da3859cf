#!/usr/bin/env python3
"""Makes the tiny checkpoints of this folder and their expected token log-probabilities.

    python3 make.py          (numpy; writes beside itself; the same bytes every time)

Independent of MIAudit: this is a forward pass of its own, in float64 numpy, written from the papers and the published
model definitions (BERT: Devlin et al. 2019; DistilBERT: Sanh et al. 2019; ELECTRA: Clark et al. 2020; ModernBERT:
Warner et al. 2024, arXiv 2412.13663), and its own safetensors writer and masking rules. The PyTorch files are written
by Python's own pickle and zipfile modules, in the two layouts of torch.save (torch/serialization.py), without torch.
Not independent: tokens and word ids come from ../golden/bert-tiny (Hugging Face's Rust tokenizer), and the same
people read the papers. Before it is used on the other families, the script checks its BERT pass against the values of
../golden/bert-tiny, which come from Hugging Face transformers and minicons.
"""
import io
import json
import math
import os
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "..", "golden", "bert-tiny")
SENTENCES = 8
MASK, PAD = 10, 0
SPECIAL = {0, 8, 9}  # pad, cls, sep
PADDED_LENGTH = 64  # = max_position_embeddings of every checkpoint here, shorter than the 256 of the rule

erf = np.vectorize(math.erf)
ACTIVATIONS = {
    "gelu": lambda x: 0.5 * x * (1 + erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))),
    "relu": lambda x: np.maximum(x, 0),
}


def norm(x, w, name, epsilon):
    centred = x - x.mean(-1, keepdims=True)
    y = centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + epsilon) * w[name + ".weight"]
    return y + w[name + ".bias"] if name + ".bias" in w else y


def linear(x, w, name):
    y = x @ w[name + ".weight"].T
    return y + w[name + ".bias"] if name + ".bias" in w else y


def attend(q, k, v, heads, allowed):
    """allowed[i, j]: may position i look at position j"""
    length, width = q.shape
    size = width // heads
    out = np.empty_like(q)
    for h in range(heads):
        part = slice(h * size, (h + 1) * size)
        scores = np.where(allowed, q[:, part] @ k[:, part].T / math.sqrt(size), -np.inf)
        e = np.exp(scores - scores.max(-1, keepdims=True))
        out[:, part] = e / e.sum(-1, keepdims=True) @ v[:, part]
    return out


def bert(c, w, ids, real):
    """BERT and ELECTRA's generator, logits [length, vocabulary]; positions from `real` on are padding."""
    electra = c["model_type"] == "electra"
    p = "electra" if electra else "bert"
    e, act, length = c["layer_norm_eps"], ACTIVATIONS[c["hidden_act"]], len(ids)
    words = w[p + ".embeddings.word_embeddings.weight"]
    x = (words[ids] + w[p + ".embeddings.position_embeddings.weight"][:length]
         + w[p + ".embeddings.token_type_embeddings.weight"][0])
    x = norm(x, w, p + ".embeddings.LayerNorm", e)
    if electra:
        x = linear(x, w, "electra.embeddings_project")
    allowed = np.broadcast_to(np.arange(length) < real, (length, length))
    for i in range(c["num_hidden_layers"]):
        n = f"{p}.encoder.layer.{i}"
        q, k, v = (linear(x, w, f"{n}.attention.self.{part}") for part in ("query", "key", "value"))
        a = attend(q, k, v, c["num_attention_heads"], allowed)
        x = norm(linear(a, w, n + ".attention.output.dense") + x, w, n + ".attention.output.LayerNorm", e)
        f = act(linear(x, w, n + ".intermediate.dense"))
        x = norm(linear(f, w, n + ".output.dense") + x, w, n + ".output.LayerNorm", e)
    if electra:
        x = norm(ACTIVATIONS["gelu"](linear(x, w, "generator_predictions.dense")), w, "generator_predictions.LayerNorm", e)
        return x @ words.T + w["generator_lm_head.bias"]
    x = norm(act(linear(x, w, "cls.predictions.transform.dense")), w, "cls.predictions.transform.LayerNorm", e)
    return x @ w.get("cls.predictions.decoder.weight", words).T + w["cls.predictions.bias"]


def distilbert(c, w, ids, real):
    e, act, length = 1e-12, ACTIVATIONS[c["activation"]], len(ids)
    words = w["distilbert.embeddings.word_embeddings.weight"]
    x = words[ids] + w["distilbert.embeddings.position_embeddings.weight"][:length]
    x = norm(x, w, "distilbert.embeddings.LayerNorm", e)
    allowed = np.broadcast_to(np.arange(length) < real, (length, length))
    for i in range(c["n_layers"]):
        n = f"distilbert.transformer.layer.{i}"
        q, k, v = (linear(x, w, f"{n}.attention.{part}_lin") for part in "qkv")
        a = attend(q, k, v, c["n_heads"], allowed)
        x = norm(linear(a, w, n + ".attention.out_lin") + x, w, n + ".sa_layer_norm", e)
        x = norm(linear(act(linear(x, w, n + ".ffn.lin1")), w, n + ".ffn.lin2") + x, w, n + ".output_layer_norm", e)
    x = norm(act(linear(x, w, "vocab_transform")), w, "vocab_layer_norm", e)
    return x @ words.T + w["vocab_projector.bias"]


def rotate(x, heads, theta):
    """Each head's pairs (d, d + half) of position t are turned by the angle t * theta^(-2d / size)."""
    length, width = x.shape
    size = width // heads
    half = size // 2
    angle = np.outer(np.arange(length), theta ** (-2.0 * np.arange(half) / size))
    x = x.reshape(length, heads, 2, half)
    a, b = x[:, :, 0], x[:, :, 1]
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    return np.stack([a * cos - b * sin, b * cos + a * sin], axis=2).reshape(length, width)


def modernbert(c, w, ids, real):
    e, length, heads = c["norm_eps"], len(ids), c["num_attention_heads"]
    x = norm(w["model.embeddings.tok_embeddings.weight"][ids], w, "model.embeddings.norm", e)
    there = np.broadcast_to(np.arange(length) < real, (length, length))
    distance = np.abs(np.subtract.outer(np.arange(length), np.arange(length)))
    for i in range(c["num_hidden_layers"]):
        n = f"model.layers.{i}"
        local = i % c["global_attn_every_n_layers"] != 0
        theta = c["local_rope_theta"] if local else c["global_rope_theta"]
        y = x if i == 0 else norm(x, w, n + ".attn_norm", e)
        q, k, v = np.split(linear(y, w, n + ".attn.Wqkv"), 3, axis=1)
        allowed = there & (distance <= c["local_attention"] // 2) if local else there
        x = x + linear(attend(rotate(q, heads, theta), rotate(k, heads, theta), v, heads, allowed), w, n + ".attn.Wo")
        inner, gate = np.split(linear(norm(x, w, n + ".mlp_norm", e), w, n + ".mlp.Wi"), 2, axis=1)
        x = x + linear(ACTIVATIONS[c["hidden_activation"]](inner) * gate, w, n + ".mlp.Wo")
    x = norm(x, w, "model.final_norm", e)
    x = norm(ACTIVATIONS[c["classifier_activation"]](linear(x, w, "head.dense")), w, "head.norm", e)
    return x @ w["model.embeddings.tok_embeddings.weight"].T + w["decoder.bias"]


FORWARD = {"bert": bert, "electra": bert, "distilbert": distilbert, "modernbert": modernbert}


# ---- checkpoints -------------------------------------------------------------------------------------------------

def linear_shapes(name, out, into, bias=True):
    return {name + ".weight": (out, into), **({name + ".bias": (out,)} if bias else {})}


def norm_shapes(name, width, bias=True):
    return {name + ".weight": (width,), **({name + ".bias": (width,)} if bias else {})}


def bert_shapes(c):
    electra = c["model_type"] == "electra"
    p, width, wide, v = "electra" if electra else "bert", c["hidden_size"], c["intermediate_size"], c["vocab_size"]
    narrow = c.get("embedding_size", width)
    s = {p + ".embeddings.word_embeddings.weight": (v, narrow),
         p + ".embeddings.position_embeddings.weight": (c["max_position_embeddings"], narrow),
         p + ".embeddings.token_type_embeddings.weight": (c["type_vocab_size"], narrow),
         **norm_shapes(p + ".embeddings.LayerNorm", narrow)}
    if electra:
        s.update(linear_shapes("electra.embeddings_project", width, narrow))
    for i in range(c["num_hidden_layers"]):
        n = f"{p}.encoder.layer.{i}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            s.update(linear_shapes(f"{n}.{part}", width, width))
        s.update({**norm_shapes(n + ".attention.output.LayerNorm", width), **linear_shapes(n + ".intermediate.dense", wide, width),
                  **linear_shapes(n + ".output.dense", width, wide), **norm_shapes(n + ".output.LayerNorm", width)})
    if electra:
        s.update({**linear_shapes("generator_predictions.dense", narrow, width),
                  **norm_shapes("generator_predictions.LayerNorm", narrow), "generator_lm_head.bias": (v,)})
    else:
        s.update({**linear_shapes("cls.predictions.transform.dense", width, width),
                  **norm_shapes("cls.predictions.transform.LayerNorm", width), "cls.predictions.bias": (v,)})
        if not c["tie_word_embeddings"]:
            s["cls.predictions.decoder.weight"] = (v, width)
    return s


def distilbert_shapes(c):
    width, wide, v = c["dim"], c["hidden_dim"], c["vocab_size"]
    s = {"distilbert.embeddings.word_embeddings.weight": (v, width),
         "distilbert.embeddings.position_embeddings.weight": (c["max_position_embeddings"], width),
         **norm_shapes("distilbert.embeddings.LayerNorm", width)}
    for i in range(c["n_layers"]):
        n = f"distilbert.transformer.layer.{i}"
        for part in ("q_lin", "k_lin", "v_lin", "out_lin"):
            s.update(linear_shapes(f"{n}.attention.{part}", width, width))
        s.update({**norm_shapes(n + ".sa_layer_norm", width), **linear_shapes(n + ".ffn.lin1", wide, width),
                  **linear_shapes(n + ".ffn.lin2", width, wide), **norm_shapes(n + ".output_layer_norm", width)})
    return {**s, **linear_shapes("vocab_transform", width, width), **norm_shapes("vocab_layer_norm", width), "vocab_projector.bias": (v,)}


def modernbert_shapes(c):
    width, wide, v = c["hidden_size"], c["intermediate_size"], c["vocab_size"]
    s = {"model.embeddings.tok_embeddings.weight": (v, width), **norm_shapes("model.embeddings.norm", width, c["norm_bias"])}
    for i in range(c["num_hidden_layers"]):
        n = f"model.layers.{i}"
        if i > 0:
            s.update(norm_shapes(n + ".attn_norm", width, c["norm_bias"]))
        s.update({**linear_shapes(n + ".attn.Wqkv", 3 * width, width, c["attention_bias"]),
                  **linear_shapes(n + ".attn.Wo", width, width, c["attention_bias"]),
                  **norm_shapes(n + ".mlp_norm", width, c["norm_bias"]),
                  **linear_shapes(n + ".mlp.Wi", 2 * wide, width, c["mlp_bias"]),
                  **linear_shapes(n + ".mlp.Wo", width, wide, c["mlp_bias"])})
    return {**s, **norm_shapes("model.final_norm", width, c["norm_bias"]),
            **linear_shapes("head.dense", width, width, c["classifier_bias"]), **norm_shapes("head.norm", width, c["norm_bias"]),
            "decoder.bias": (v,)}


SHAPES = {"bert": bert_shapes, "electra": bert_shapes, "distilbert": distilbert_shapes, "modernbert": modernbert_shapes}


def random_weights(shapes, seed):
    generator = np.random.Generator(np.random.PCG64(seed))
    weights = {}
    for name, shape in shapes.items():
        drawn = generator.standard_normal(shape)
        lower = name.lower()
        if "norm" in lower and name.endswith("weight"):
            drawn = 1 + 0.15 * drawn
        else:
            drawn = (0.3 if "embeddings" in lower or "decoder" in lower else 0.15) * drawn
        weights[name] = drawn.astype("<f4")
    return weights


def write_safetensors(file, weights):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in weights.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + tensor.nbytes]}
        offset += tensor.nbytes
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(head)) + head)
        for tensor in weights.values():
            out.write(tensor.tobytes())


def read_safetensors(file):
    with open(file, "rb") as data:
        content = data.read()
    length = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + length])
    body = content[8 + length:]
    return {name: np.frombuffer(body[e["data_offsets"][0]:e["data_offsets"][1]], "<f4").reshape(e["shape"])
            for name, e in header.items() if name != "__metadata__"}


# ---- the layouts of torch.save -----------------------------------------------------------------------------------

class FloatStorage:
    """Stands for torch.FloatStorage: the numbers and, once pickled, their key."""

    def __init__(self, numbers):
        self.numbers = numbers


class Tensor:
    """Stands for torch.Tensor: a view on a storage, pickled as torch pickles it."""

    def __init__(self, storage, offset, shape, strides):
        self.arguments = (storage, offset, tuple(shape), tuple(strides), False, OrderedDict())

    def __reduce__(self):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.arguments


def pretend_torch():
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    FloatStorage.__module__, FloatStorage.__qualname__ = "torch", "FloatStorage"
    torch.FloatStorage, torch._utils = FloatStorage, utils

    def _rebuild_tensor_v2(*arguments):
        raise NotImplementedError

    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2
    sys.modules.update({"torch": torch, "torch._utils": utils})


class StoragePickler(pickle._Pickler):
    def __init__(self, file, legacy):
        super().__init__(file, protocol=2)
        self.legacy, self.storages = legacy, []

    def persistent_id(self, thing):
        if not isinstance(thing, FloatStorage):
            return None
        if not any(thing is known for known in self.storages):
            self.storages.append(thing)
        key = str(next(i for i, known in enumerate(self.storages) if known is thing))
        identity = ("storage", FloatStorage, key, "cpu", thing.numbers.size)
        return identity + (None,) if self.legacy else identity


def state_dict(weights):
    state = OrderedDict((name, Tensor(FloatStorage(t), 0, t.shape, [s // 4 for s in t.strides])) for name, t in weights.items())
    state._metadata = OrderedDict([("", {"version": 1})])
    return state


def write_zip(file, state):
    data = io.BytesIO()
    pickler = StoragePickler(data, False)
    pickler.dump(state)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        def put(name, content):
            archive.writestr(zipfile.ZipInfo("pytorch_model/" + name), content)
        put("data.pkl", data.getvalue())
        put("byteorder", "little")
        for key, storage in enumerate(pickler.storages):
            put(f"data/{key}", storage.numbers.tobytes())
        put("version", "3\n")


def write_legacy(file, state):
    with open(file, "wb") as out:
        for header in (0x1950a86a20f9469cfc6c, 1001, {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}):
            pickle.dump(header, out, protocol=2)
        pickler = StoragePickler(out, True)
        pickler.dump(state)
        keys = [str(i) for i in range(len(pickler.storages))]
        pickle.dump(keys, out, protocol=2)
        for storage in pickler.storages:
            out.write(struct.pack("<q", storage.numbers.size) + storage.numbers.tobytes())


def write_pytorch_files(weights):
    """ELECTRA as a zip with a transposed tensor and two that share a storage; BERT as of 2018, with its old names."""
    state = state_dict(weights["electra"])
    name = "generator_predictions.dense.weight"
    turned = np.ascontiguousarray(weights["electra"][name].T)
    state[name] = Tensor(FloatStorage(turned), 0, turned.shape[::-1], (1, turned.shape[1]))
    query, key = (f"electra.encoder.layer.0.attention.self.{part}.weight" for part in ("query", "key"))
    shared = FloatStorage(np.concatenate([weights["electra"][query], weights["electra"][key]]))
    shape = weights["electra"][query].shape
    state[query], state[key] = (Tensor(shared, i * shape[0] * shape[1], shape, (shape[1], 1)) for i in range(2))
    os.makedirs(os.path.join(HERE, "electra-zip"), exist_ok=True)
    write_zip(os.path.join(HERE, "electra-zip", "pytorch_model.bin"), state)

    def old(name):
        name = name[len("bert."):] if name.startswith("bert.") else name
        return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")
    os.makedirs(os.path.join(HERE, "bert-legacy"), exist_ok=True)
    write_legacy(os.path.join(HERE, "bert-legacy", "pytorch_model.bin"),
                 state_dict({old(name): t for name, t in weights["bert-untied-relu"].items()}))


# ---- rules -------------------------------------------------------------------------------------------------------

def log_probabilities(logits):
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def score(forward, c, w, ids, masked):
    shown = [MASK if i in masked else token for i, token in enumerate(ids)]
    return log_probabilities(forward(c, w, shown, len(ids)))


def rules(forward, c, w, ids, words):
    content = [i for i, token in enumerate(ids) if token not in SPECIAL]
    word = {i: [j for j in content if words[j] == words[i]] for i in content}
    masks = {
        "original": {i: {i} for i in content},
        "within-word-l2r": {i: {j for j in word[i] if j >= i} for i in content},
        "whole-word": {i: set(word[i]) for i in content},
        "global-l2r": {i: {j for j in content if j >= i} for i in content},
        "maskless": {i: set() for i in content},
    }
    result = {name: [score(forward, c, w, ids, mask[i])[i, ids[i]] for i in content] for name, mask in masks.items()}
    if c["model_type"] != "modernbert":  # whose padding, out of reach of any token, has nothing to attend to
        result["seed-compat-loss"] = padded_loss(forward, c, w, ids)
    first = score(forward, c, w, ids, {content[0]})[content[0]]  # mean and deviation of log p over the vocabulary
    mean = (np.exp(first) * first).sum()
    result["first-moments"] = [mean, math.sqrt((np.exp(first) * (first - mean) ** 2).sum())]
    return result


def padded_loss(forward, c, w, ids):
    padded = ids[:PADDED_LENGTH] + [PAD] * (PADDED_LENGTH - len(ids))
    everywhere = log_probabilities(forward(c, w, padded, min(len(ids), PADDED_LENGTH)))
    return [everywhere[i, token] for i, token in enumerate(padded)]


CHECKPOINTS = {
    "bert-untied-relu": dict(model_type="bert", architectures=["BertForMaskedLM"], hidden_size=32, intermediate_size=48,
                             num_hidden_layers=2, num_attention_heads=2, hidden_act="relu", layer_norm_eps=1e-6,
                             max_position_embeddings=64, type_vocab_size=2, vocab_size=1000, pad_token_id=0,
                             tie_word_embeddings=False),
    "distilbert": dict(model_type="distilbert", architectures=["DistilBertForMaskedLM"], dim=32, hidden_dim=64, n_layers=2,
                       n_heads=4, activation="gelu", max_position_embeddings=64, vocab_size=1000, pad_token_id=0,
                       sinusoidal_pos_embds=False, tie_weights_=True),
    "electra": dict(model_type="electra", architectures=["ElectraForMaskedLM"], hidden_size=32, embedding_size=24,
                    intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, hidden_act="gelu_new",
                    layer_norm_eps=1e-12, max_position_embeddings=64, type_vocab_size=2, vocab_size=1000, pad_token_id=0),
    "modernbert": dict(model_type="modernbert", architectures=["ModernBertForMaskedLM"], hidden_size=32, intermediate_size=40,
                       num_hidden_layers=5, num_attention_heads=2, hidden_activation="gelu", classifier_activation="gelu",
                       norm_eps=1e-5, norm_bias=False, attention_bias=False, mlp_bias=False, classifier_bias=False,
                       decoder_bias=True, global_rope_theta=160000.0, local_rope_theta=10000.0, local_attention=6,
                       global_attn_every_n_layers=3, max_position_embeddings=64, vocab_size=1000, pad_token_id=0,
                       tie_word_embeddings=True),
}


def check_against_golden(sentences):
    with open(os.path.join(GOLDEN, "config.json")) as file:
        c = json.load(file)
    w = {name: tensor.astype("f8") for name, tensor in read_safetensors(os.path.join(GOLDEN, "model.safetensors")).items()}
    for s in sentences:
        result = rules(bert, c, w, s["ids"], s["word_ids"])
        for name, golden in (("original", "pll_original"), ("within-word-l2r", "pll_within_word_l2r")):
            assert np.allclose(result[name], s[golden]["logprobs"], atol=1e-9, rtol=0), (s["id"], name)


def main():
    with open(os.path.join(GOLDEN, "expected.json")) as file:
        golden = json.load(file)["sentences"]
    sentences = [s for s in golden if not s["edge_case"] and 8 <= len(s["ids"]) <= 50]
    sentences = sorted(sentences, key=lambda s: len(s["ids"]))[::max(1, len(sentences) // SENTENCES)][:SENTENCES]
    check_against_golden(sentences)
    pretend_torch()
    weights = {}
    for seed, (name, c) in enumerate(CHECKPOINTS.items(), 1):
        folder = os.path.join(HERE, name)
        os.makedirs(folder, exist_ok=True)
        stored = random_weights(SHAPES[c["model_type"]](c), seed)
        write_safetensors(os.path.join(folder, "model.safetensors"), stored)
        with open(os.path.join(folder, "config.json"), "w") as file:
            json.dump(c, file, indent=1)
            file.write("\n")
        weights[name] = stored
        w = {key: tensor.astype("f8") for key, tensor in stored.items()}
        expected = [{"id": s["id"], "text": s["text"], "ids": s["ids"],
                     "rules": rules(FORWARD[c["model_type"]], c, w, s["ids"], s["word_ids"])} for s in sentences]
        with open(os.path.join(folder, "expected.json"), "w") as file:
            json.dump(expected, file, indent=1)
            file.write("\n")
        print(name, [len(s["ids"]) for s in sentences])
    write_pytorch_files(weights)


if __name__ == "__main__":
    main()
