#!/usr/bin/env python3
"""Checks without a GPU what a program gives CUDA's attention kernels.

    python3 pretended_kernels.py EXPORT...

Each EXPORT is what `mia export-program` writes. The operators of CUDA's attention that it calls, two for all rows of a
batch at once and one for a block of rows, are given a CPU implementation in float64, as PyTorch and FlashAttention
document them: rows are cut by their cumulative lengths, a window is counted from the end of a row, and what a kernel
demands of its arguments is demanded. The program is made to believe that it runs on CUDA, in float32 and, for the branch
of half precision, in float64, so that no rounding hides a fault. Prints Markdown; ends with status 1 if a value is not
that of the program on the CPU. The kernels themselves take a GPU: see throughput.py.
"""
import argparse
import pathlib
import sys
import warnings

import torch

import exports

ON_CUDA = [("ops.prim.is_cuda(x)", "True")]
ANY_TYPE = [("torch.lt(rows, 65536), exists)", "torch.lt(rows, 65536), True)")]


class PretendedKernels:
    """The operators on the CPU, and how often each was called."""

    def __init__(self):
        self.calls = {}
        self.library = torch.library.Library("aten", "IMPL")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on a CPU that has an implementation of its own, this one replaces it
            self.library.impl("_flash_attention_forward", self.flash, "CPU")
            self.library.impl("_efficient_attention_forward", self.efficient, "CPU")
            self.library.impl("_scaled_dot_product_efficient_attention", self.block, "CPU")

    def flash(self, query, key, value, query_starts, key_starts, most_queries, most_keys, dropout, causal, debug, *, scale=None,
            window_size_left=None, window_size_right=None, **others):
        assert query.dim() == 3 and query.dtype == key.dtype == value.dtype != torch.float32
        assert dropout == 0 and not causal and not debug and scale is None and not any(other is not None for other in others.values())
        assert window_size_left == window_size_right
        self.check_rows(query_starts, key_starts, most_queries, most_keys)
        self.count("half precision" if window_size_left is None else "half precision, window")
        mixed = by_row(query, key, value, query_starts.tolist(), key_starts.tolist(), window_size_left)
        nothing = query.new_empty(0)
        return mixed, nothing, nothing, nothing, nothing

    def efficient(self, query, key, value, bias, query_starts, key_starts, most_queries, most_keys, dropout, mask, logsumexp=False, *,
            scale=None, seqlen_k=None, window_size=None):
        assert query.dim() == 4 and query.size(0) == 1 and query.dtype == torch.float32
        assert bias is None and dropout == 0 and mask == 0 and scale is None and seqlen_k is None and window_size is None
        self.check_rows(query_starts, key_starts, most_queries, most_keys)
        self.count("float32")
        mixed = by_row(query[0], key[0], value[0], query_starts.tolist(), key_starts.tolist(), None)
        nothing = query.new_empty(0)
        return mixed.unsqueeze(0), nothing, nothing, nothing, most_queries, most_keys

    def block(self, query, key, value, bias, logsumexp, dropout=0.0, causal=False, *, scale=None):
        assert query.dim() == 4 and query.stride(3) == key.stride(3) == value.stride(3) == 1
        assert not logsumexp and dropout == 0 and not causal
        products = torch.einsum("bhqd,bhkd->bhqk", query.double(), key.double()) * (query.shape[3] ** -0.5 if scale is None else scale)
        if bias is not None:
            assert bias.shape == products.shape and bias.dtype == query.dtype and bias.stride(3) == 1
            assert all(stride % 8 == 0 for stride in bias.stride()[:3])
            products = products + bias.double()
        self.count("a block")
        nothing = query.new_empty(0)
        return (products.softmax(3) @ value.double()).to(query.dtype), nothing, nothing, nothing

    def check_rows(self, query_starts, key_starts, most_queries, most_keys):
        assert query_starts.dtype == key_starts.dtype == torch.int32 and len(query_starts) == len(key_starts)
        assert most_queries == int(query_starts.diff().max()) and most_keys == int(key_starts.diff().max())

    def count(self, kind):
        self.calls[kind] = self.calls.get(kind, 0) + 1


def by_row(query, key, value, query_starts, key_starts, window):
    assert query_starts[0] == key_starts[0] == 0 and query_starts[-1] == len(query) and key_starts[-1] == len(key) == len(value)
    mixed = torch.empty(query.shape, dtype=torch.float64)
    for row in range(len(query_starts) - 1):
        asking = slice(query_starts[row], query_starts[row + 1])
        answering = slice(key_starts[row], key_starts[row + 1])
        products = torch.einsum("qhd,khd->hqk", query[asking].double(), key[answering].double()) / query.shape[2] ** 0.5
        if window is not None:
            _, queries, keys = products.shape
            distance = torch.arange(keys) - (torch.arange(queries).unsqueeze(1) + keys - queries)
            products = products.masked_fill(distance.abs() > window, float("-inf"))
        mixed[asking] = torch.einsum("hqk,khd->qhd", products.softmax(2), value[answering].double())
    return mixed.to(query.dtype)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exports", type=pathlib.Path, nargs="+", metavar="EXPORT")
    parser.add_argument("--tolerance", type=float, default=2e-5, help="nats; values are float32 in all precisions")
    arguments = parser.parse_args()
    exports.without_profiling()
    kernels = PretendedKernels()
    furthest = 0.0
    print("| export | branch | calls of kernels | furthest value, nats |\n|---|---|---|---|")
    for folder in arguments.exports:
        export = exports.Export(folder, torch.device("cpu"))
        export.program.together = False
        for branch, dtype, changes in (("float32", torch.float32, ON_CUDA), ("half precision", torch.float64, ON_CUDA + ANY_TYPE)):
            weights = {name: tensor.to(dtype) for name, tensor in export.weights.items()}
            by_block = export.score(export.batches, weights)
            kernels.calls.clear()
            program = exports.changed(folder / "program.pt", changes)
            together = [exports.score(program, batch, weights) for batch in export.batches]
            difference = float((torch.cat(together) - torch.cat(by_block)).abs().max())  # NaN if one is
            furthest = max(furthest, difference) if difference == difference else difference
            calls = ", ".join(f"{count} {kind}" for kind, count in sorted(kernels.calls.items())) or "none"
            print(f"| {folder.name} | {branch} | {calls} | {difference:.1e} |", flush=True)
    if not furthest <= arguments.tolerance:
        sys.exit(f"a value differs by {furthest:.1e} nats, more than {arguments.tolerance:.1e}")


if __name__ == "__main__":
    main()
