#!/usr/bin/env python3
"""Checks and times exports of `mia export-program` with plain PyTorch, on any device.

    python3 throughput.py EXPORT... [--device cuda:0] [--precisions bfloat16 float16 float32]
    python3 throughput.py EXPORT --minicons MODEL SENTENCES      # beside minicons, where it is installed
    python3 throughput.py EXPORT --exported model.pt             # beside the same network as a TorchScript of logits

Each EXPORT should be of rule `original`, for the peers' way to be right. In each precision all batches are passed through
once while their shapes are new to the process, and once more: the first is what `mia score` pays. Prints Markdown; ends
with status 1 if a value in float32 is not that of the export, or one in half precision is not finite or too far off.
"""
import argparse
import json
import pathlib
import re
import sys
import time

import torch

import exports
from exports import seconds

# The most that a token's value may change, on average, in nats.
MOST_CHANGE = {"bfloat16": 0.1, "float16": 0.02}
ATTENTION_KERNELS = re.compile(r"flash|fmha|attention|attn|sdpa|cudnn.*mha", re.IGNORECASE)
TOKENS_AT_ONCE = 4096  # where logits of all tokens are made


def sentence_by_sentence(export):
    """The peers' way: all masked copies of one sentence at a time, logits at every position. In an export of rule
    `original` a sentence of L tokens has L - 2 rows; which of them share a sentence makes no difference to time. Flattered:
    logsumexp in place of log-softmax, and at most 4096 tokens at a time."""
    of_length = {}
    for batch in export.batches:
        first = 0
        for rows, length, _, _ in batch.shapes():
            of_length.setdefault(length, []).append(batch.ids[first : first + rows * length])
            first += rows * length
    for length, parts in of_length.items():
        ids = torch.cat(parts)
        copies = min(max(1, length - 2), max(1, TOKENS_AT_ONCE // length))
        for some in ids.split(copies * length):
            every = torch.arange(len(some), device=export.device)
            blocks = torch.tensor([len(some) // length, length, length, length])
            yield exports.Batch({"ids": some, "blocks": blocks, "positions": every, "targets": some}, export.device)


def arithmetic(export, batch):
    """Floating-point operations of the matrix products, two a multiplication, as benchmarks/README.md counts: of each
    layer's matrices at all tokens but, in the last layer, of all except keys and values at the scored ones alone; attention; the
    head at the scored tokens. What DeBERTa does with distances is not counted."""
    program, weights = export.program, export.weights
    matrices = {name[: -len(".weight")]: tensor for name, tensor in weights.items() if name.endswith(".weight") and tensor.dim() == 2}
    width = matrices["layer.0.query"].shape[0]
    output = weights["head.output" if "head.output" in weights else "embeddings.word"].numel()
    head = output + sum(matrix.numel() for name, matrix in matrices.items() if name.startswith("head."))
    projection = matrices["embeddings.project"].numel() if "embeddings.project" in matrices else 0
    total = 0
    for rows, length, real, scored in batch.shapes():
        of_row = length * projection + scored * head
        for layer in range(program.layers):
            stored = program.stored(layer) if hasattr(program, "groups") else layer
            of_layer = {name: matrix.numel() for name, matrix in matrices.items()
                    if name.startswith(f"layer.{stored}.") and ".distance_" not in name}
            answering = sum(of_layer[f"layer.{stored}.{name}"] for name in ("key", "value"))
            asking = scored if layer == program.layers - 1 else length
            of_row += length * answering + asking * (sum(of_layer.values()) - answering)
            of_row += 2 * asking * width * seen(real, reach(program, layer))
        total += 2 * rows * of_row
    return total


def reach(program, layer):
    """How far attention of a layer goes to either side; 0 is to the end."""
    if hasattr(program, "reaches"):
        return program.reaches[layer]
    return program.reach if hasattr(program, "global_every") and layer % program.global_every else 0


def seen(length, to_either_side):
    """How many tokens of a row one of them sees, on average."""
    if to_either_side == 0 or to_either_side >= length - 1:
        return length
    return sum(min(place + to_either_side, length - 1) - max(place - to_either_side, 0) + 1 for place in range(length)) / length


def matrix_peak(device, dtype):
    """Operations a second of one large product: the yardstick."""
    size, times = (8192, 50) if device.type == "cuda" else (1024, 3)
    left, right = (torch.randn(size, size, device=device).to(dtype) for _ in range(2))

    def products():
        for _ in range(times):
            torch.matmul(left, right)

    products()
    return times * 2 * size**3 / seconds(device, products)


def attention_kernels(export, weights):
    """Which kernels, on a CPU operators, attended a batch, and their share of all kernels' time."""
    from torch.profiler import ProfilerActivity, profile

    on_gpu = export.device.type == "cuda"
    with profile(activities=[ProfilerActivity.CPU] + ([ProfilerActivity.CUDA] if on_gpu else [])) as profiler:
        export.score(export.batches[:1], weights)
    times = {}
    for event in profiler.events():
        if on_gpu == (event.device_type == torch.autograd.DeviceType.CUDA):
            times[event.name] = times.get(event.name, 0) + (kernel_time(event) if on_gpu else event.self_cpu_time_total)
    total = sum(times.values()) or 1
    found = sorted(((name, taken) for name, taken in times.items() if ATTENTION_KERNELS.search(name)), key=lambda pair: -pair[1])
    return [f"`{name[:100]}` {100 * taken / total:.0f} %" for name, taken in found if 100 * taken / total >= 0.5] or ["none by name"]


def kernel_time(event):
    return event.self_device_time_total if hasattr(event, "self_device_time_total") else event.self_cuda_time_total


class Peer:
    """minicons itself, on the sentences of an export."""

    def __init__(self, model, sentences, device):
        from minicons import scorer

        lines = sentences.read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines] if sentences.suffix == ".jsonl" else lines
        self.texts = list(dict.fromkeys(texts))  # as the export
        self.device = device
        self.scorer = scorer.MaskedLMScorer(str(model), str(device))

    def seconds(self, dtype):
        self.scorer.model.to(dtype)
        with torch.inference_mode():
            self.scorer.token_score([self.texts[0]], PLL_metric="original")
            return seconds(self.device, lambda: [self.scorer.token_score([text], PLL_metric="original") for text in self.texts])


class Exported:
    """A TorchScript of logits at all positions, passed the rows of an export as MIAudit does."""

    def __init__(self, file, export):
        self.model = torch.jit.load(str(file), map_location=export.device).eval()
        self.export = export

    def score(self):
        return torch.cat([value for batch in self.export.batches for value in self.values(batch)])

    def values(self, batch):
        token = target = 0
        for rows, length, real, scored in batch.shapes():
            at_once = max(1, TOKENS_AT_ONCE // length)
            for first in range(0, rows, at_once):
                some = min(at_once, rows - first)
                wanted = slice(target, target + some * scored)
                ids = batch.ids[token : token + some * length].reshape(some, length)
                yield self.part(ids, real, batch.positions[wanted] - token, batch.targets[wanted])
                token += some * length
                target += some * scored

    def part(self, ids, real, positions, targets):
        with torch.inference_mode():
            mask = (torch.arange(ids.shape[1], device=ids.device) < real).long().expand_as(ids)
            output = self.model(ids, mask)
            logits = output["logits"] if isinstance(output, dict) else output[0] if isinstance(output, tuple) else output
            exact = logits.flatten(0, 1)[positions].float()
            return (exact.gather(1, targets.unsqueeze(1)).squeeze(1) - exact.logsumexp(1)).cpu()


class Table:
    """Rows of one export in one precision."""

    def __init__(self, export, peak, needed):
        self.export, self.peak, self.needed = export, peak, needed
        print("| way | rows/s | tokens/s | needed arithmetic, share of matrix peak | times the cold program's time |")
        print("|---|---|---|---|---|")

    def line(self, way, took, ours):
        print(f"| {way} | {self.export.rows / took:.1f} | {self.export.tokens / took:.0f} | {100 * self.needed / took / self.peak:.0f} %"
                f" | {took / ours:.2f} |", flush=True)


def check(export, name, values, tolerance):
    """What is wrong with values of a precision, if anything."""
    change = torch.cat(values) - torch.cat([batch.values for batch in export.batches])
    mean, most = float(change.abs().mean()), float(change.abs().max())  # NaN if one is
    print(f"{name}: a token's value differs from the export's by {mean:.1e} nats on average, at most {most:.1e}\n")
    limit, reached = (tolerance, most) if name == "float32" else (MOST_CHANGE[name], mean)
    if not reached <= limit or not torch.isfinite(change).all():
        return [f"{export.folder.name}, {name}: {reached:.1e} nats off, more than {limit:.1e}, or not finite"]
    return []


def measure(export, name, arguments):
    """One export in one precision; what is wrong with its values."""
    device, dtype = export.device, getattr(torch, name)
    weights = export.in_precision(dtype)
    peak = matrix_peak(device, dtype)
    print(f"\n### {export.folder.name}, {name}, matrix peak {peak / 1e12:.2f} TFLOP/s\n")
    exports.wake(export, weights)
    values = []
    cold = seconds(device, lambda: values.extend(export.score(export.batches, weights)))
    warm = seconds(device, lambda: export.score(export.batches, weights))
    wrong = check(export, name, values, arguments.tolerance)
    how = "all rows in one call, but where the family or a padded row forbids it" if export.program.together else "block by block"
    print(f"attention: {how}; " + ", ".join(attention_kernels(export, weights)) + "\n")
    table = Table(export, peak, sum(arithmetic(export, batch) for batch in export.batches))
    table.line("miaudit, cold shapes", cold, cold)
    table.line("miaudit, warm shapes", warm, cold)
    if export.program.together:
        export.program.together = False
        table.line("block by block, cold shapes", seconds(device, lambda: export.score(export.batches, weights)), cold)
        table.line("block by block, warm shapes", seconds(device, lambda: export.score(export.batches, weights)), cold)
        export.in_precision(dtype)
    copies = list(sentence_by_sentence(export))
    for shapes in ("cold", "warm"):
        table.line(f"all positions, sentence by sentence, {shapes} shapes", seconds(device, lambda: export.score(copies, weights)), cold)
    if arguments.exported:
        exported = Exported(arguments.exported, export)
        exported_values = []
        took = seconds(device, lambda: exported_values.append(exported.score()))
        off = float((exported_values[0] - torch.cat([batch.values for batch in export.batches])).abs().max())
        table.line(f"{arguments.exported.name}, as it was exported, cold shapes, values to {off:.1e} nats", took, cold)
    if arguments.minicons and name != "float16":
        try:
            peer = Peer(*arguments.minicons, device)
        except ImportError:
            print("\nminicons: skipped, as it is not installed here")
        else:
            table.line("minicons itself", peer.seconds(dtype), cold)
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exports", type=pathlib.Path, nargs="+", metavar="EXPORT")
    parser.add_argument("--device", type=torch.device, default=torch.device("cuda:0" if torch.cuda.is_available() else "cpu"))
    parser.add_argument("--precisions", nargs="+", choices=["float32", "bfloat16", "float16"], default=["bfloat16", "float16", "float32"])
    parser.add_argument("--tolerance", type=float, default=1e-4, help="nats, in float32")
    parser.add_argument("--minicons", nargs=2, type=pathlib.Path, metavar=("MODEL", "SENTENCES"))
    parser.add_argument("--exported", type=pathlib.Path, metavar="FILE")
    arguments = parser.parse_args()
    if len(arguments.exports) > 1 and (arguments.minicons or arguments.exported):
        parser.error("--minicons and --exported are of one EXPORT")
    exports.without_profiling()
    print(f"{time.strftime('%Y-%m-%d')}, {exports.device_name(arguments.device)}, PyTorch {torch.__version__}")
    wrong = []
    for folder in arguments.exports:
        export = exports.Export(folder, arguments.device)
        print(f"\n## {folder.name}: {export.rows} rows, {export.tokens} tokens, {len(export.batches)} batches, "
              f"{export.distinct_shapes} shapes of blocks")
        for name in arguments.precisions:
            wrong += measure(export, name, arguments)
    if wrong:
        sys.exit("; ".join(wrong))


if __name__ == "__main__":
    main()
