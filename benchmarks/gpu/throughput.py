#!/usr/bin/env python3
"""Checks and times an export of `mia export-program` with plain PyTorch, on any device.

    python3 throughput.py EXPORT [--device cuda:0] [--dtype bfloat16]
    python3 throughput.py EXPORT --minicons MODEL SENTENCES     # beside minicons, if it is installed

EXPORT should be of rule `original`, and of a BERT, RoBERTa, DistilBERT or ELECTRA, for the peers' way and the count of
arithmetic to be right. Prints Markdown; ends with status 1 if the values in float32 are not those of the export, or a
value is not finite.
"""
import argparse
import json
import pathlib
import struct
import sys
import time

import torch

TYPES = {"F32": torch.float32, "I64": torch.int64}
BLOCK_NUMBERS = 4  # rows, length, real length, scored tokens of a row


def read_safetensors(file):
    """The tensors of a file, by name: 8 bytes of header length, a JSON header, the numbers."""
    data = bytearray(file.read_bytes())
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        first, end = entry["data_offsets"]
        part = data[8 + length + first : 8 + length + end]
        tensors[name] = torch.frombuffer(part, dtype=TYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


class Batch:
    """A batch of an export, on a device."""

    def __init__(self, tensors, device):
        self.blocks = tensors["blocks"].tolist()
        self.ids, self.positions, self.targets = (tensors[name].to(device) for name in ("ids", "positions", "targets"))
        self.values = tensors.get("values")

    def shapes(self):
        """Of each block: rows, length, real length, scored tokens of a row."""
        return [self.blocks[first : first + BLOCK_NUMBERS] for first in range(0, len(self.blocks), BLOCK_NUMBERS)]


def score(program, batch, weights):
    with torch.inference_mode():
        return program.score(batch.ids, batch.blocks, batch.positions, batch.targets, weights)[0].float().cpu()


def sentence_by_sentence(batches, device):
    """The peers' way: all masked copies of one sentence at a time, logits at every position. In an export of rule
    `original` a sentence of L tokens has L - 2 rows; which of them share a sentence makes no difference to time. Flattered:
    logsumexp in place of log-softmax, and at most 4096 tokens at a time."""
    of_length = {}
    for batch in batches:
        first = 0
        for rows, length, _, _ in batch.shapes():
            of_length.setdefault(length, []).append(batch.ids[first : first + rows * length])
            first += rows * length
    for length, parts in of_length.items():
        ids = torch.cat(parts)
        copies = min(max(1, length - 2), max(1, 4096 // length))
        for some in ids.split(copies * length):
            every = torch.arange(len(some), device=device)
            yield Batch({"ids": some, "blocks": torch.tensor([len(some) // length, length, length, length]), "positions": every, "targets": some}, device)


def arithmetic(batch, weights):
    """Floating-point operations of the matrix products: two a multiplication, as benchmarks/README.md counts."""
    vocabulary, narrow = weights["embeddings.word"].shape
    width = weights["layer.0.query.weight"].shape[0]
    projection = 2 * narrow * width if "embeddings.project.weight" in weights else 0
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layer."))
    feed_forward = 4 * width * weights["layer.0.wide.weight"].shape[0]
    total = 0
    for rows, length, real, scored in batch.shapes():
        layer = length * (8 * width**2 + feed_forward) + 4 * length * real * width
        last = length * 4 * width**2 + scored * (4 * width**2 + feed_forward) + 4 * scored * real * width
        head = scored * (2 * width * narrow + 2 * narrow * vocabulary)
        total += rows * (length * projection + (layers - 1) * layer + last + head)
    return total


def seconds(device, work):
    """Of one call, after one to warm up."""
    work()
    synchronise(device)
    start = time.perf_counter()
    work()
    synchronise(device)
    return time.perf_counter() - start


def synchronise(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def matrix_peak(device, dtype):
    """Operations a second of one large product: the yardstick."""
    size = 8192 if device.type == "cuda" else 2048
    times = 50 if device.type == "cuda" else 5
    left, right = (torch.randn(size, size, device=device).to(dtype) for _ in range(2))

    def products():
        for _ in range(times):
            torch.matmul(left, right)

    return times * 2 * size**3 / seconds(device, products)


def minicons_seconds(model, sentences, device):
    from minicons import scorer

    texts = [json.loads(line)["text"] if str(sentences).endswith(".jsonl") else line for line in sentences.read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(texts))  # as the export
    peer = scorer.MaskedLMScorer(str(model), str(device))

    def score_all():
        for text in texts:
            peer.token_score([text], PLL_metric="original")

    return seconds(device, score_all)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=pathlib.Path)
    parser.add_argument("--device", type=torch.device, default=torch.device("cuda:0" if torch.cuda.is_available() else "cpu"))
    parser.add_argument("--dtype", choices=["float32", "bfloat16", "float16"], default="bfloat16")
    parser.add_argument("--tolerance", type=float, default=1e-4, help="nats, in float32")
    parser.add_argument("--minicons", nargs=2, type=pathlib.Path, metavar=("MODEL", "SENTENCES"))
    arguments = parser.parse_args()
    device, dtype = arguments.device, getattr(torch, arguments.dtype)

    program = torch.jit.load(str(arguments.export / "program.pt"))
    torch._C._jit_set_profiling_executor(False)  # shapes vary, and each would be compiled
    weights = {name: tensor.to(device) for name, tensor in read_safetensors(arguments.export / "weights.safetensors").items()}
    batches = [Batch(read_safetensors(file), device) for file in sorted(arguments.export.glob("batch-*.safetensors"))]

    if not batches:
        sys.exit(f"{arguments.export} holds no batches")
    furthest = float(torch.cat([score(program, batch, weights) - batch.values for batch in batches]).abs().max())  # NaN if one is
    print(f"float32: values differ from the export's by at most {furthest:.1e} nats")
    weights = {name: tensor.to(dtype) for name, tensor in weights.items()}
    rounded = [score(program, batch, weights) for batch in batches]
    change = torch.cat([value - batch.values for value, batch in zip(rounded, batches)])
    print(f"{arguments.dtype}: a token's value changes by {float(change.abs().mean()):.4f} nats on average, at most {float(change.abs().max()):.4f}\n")

    rows = sum(shape[0] for batch in batches for shape in batch.shapes())
    tokens = sum(len(batch.ids) for batch in batches)
    needed = sum(arithmetic(batch, weights) for batch in batches)
    peak = matrix_peak(device, dtype)
    ours = seconds(device, lambda: [score(program, batch, weights) for batch in batches])
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
    print(f"{time.strftime('%Y-%m-%d')}, {name}, PyTorch {torch.__version__}, {arguments.dtype}, matrix peak {peak / 1e12:.2f} TFLOP/s\n")
    print("| way | rows/s | tokens/s | needed arithmetic, share of matrix peak | MIAudit is faster by |\n|---|---|---|---|---|")

    def line(way, took):
        print(f"| {way} | {rows / took:.1f} | {tokens / took:.0f} | {100 * needed / took / peak:.0f} % | {took / ours:.1f} |", flush=True)

    line("miaudit", ours)
    copies = list(sentence_by_sentence(batches, device))
    line("all positions, sentence by sentence", seconds(device, lambda: [score(program, batch, weights) for batch in copies]))
    if arguments.minicons:
        try:
            line("minicons, float32", minicons_seconds(*arguments.minicons, device))
        except ImportError:
            print("\nminicons is not installed here")
    if not torch.isfinite(change).all():
        sys.exit(f"a value in {arguments.dtype} is not finite")
    if not furthest <= arguments.tolerance:
        sys.exit(f"the values are not those of the export: {furthest:.1e} nats, more than {arguments.tolerance:.1e}")


if __name__ == "__main__":
    main()
