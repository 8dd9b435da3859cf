#!/usr/bin/env python3
"""Times `mia score` itself and says what share of its program's own speed it reaches.

    python3 end_to_end.py MODEL SENTENCES [--device gpu:0] [--precision bfloat16] [--mia ../../mia]

Needs Java, a built MIAudit with natives for the device, and PyTorch, by which the same program is timed on the same
batches in this process: once, while their shapes are new, as they are to `mia score`. Start-up is what `mia score` takes
for the first sentence alone. Rule `original`. Prints Markdown.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import torch

import exports

USUAL_MIA = pathlib.Path(__file__).resolve().parents[2] / "mia"


class Mia:
    """The command, for one model and device."""

    def __init__(self, arguments):
        self.command = str(arguments.mia)
        self.common = ["--model", str(arguments.model), "--rule", "original", "--device", arguments.device]

    def export(self, sentences, output):
        self.run(["export-program", *self.common, "--input", str(sentences), "--output", str(output)])

    def seconds_to_score(self, sentences, precision, output):
        start = time.perf_counter()
        self.run(["score", *self.common, "--precision", precision, "--input", str(sentences), "--output", str(output)])
        taken = time.perf_counter() - start
        output.unlink()
        return taken

    def run(self, arguments):
        finished = subprocess.run([self.command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if finished.returncode != 0:
            sys.exit(f"mia {arguments[0]} ended with status {finished.returncode}:\n{finished.stdout[-4000:]}")


def torch_device(name):
    """PyTorch's device of MIAudit's name."""
    if name == "cpu":
        return torch.device("cpu")
    if not re.fullmatch(r"gpu(:\d+)?", name):
        raise argparse.ArgumentTypeError(f"{name} is not cpu, gpu or gpu:N")
    return torch.device("cuda" + (name[len("gpu") :] or ":0"))


def first_sentence(sentences, folder):
    """A file of the first line alone."""
    file = folder / ("first" + sentences.suffix)
    with sentences.open(encoding="utf-8") as lines:
        file.write_text(next(line for line in lines if line.strip()), encoding="utf-8")
    return file


def program_seconds(export, dtype):
    """Of the program on all batches, while their shapes are new."""
    weights = export.in_precision(dtype)
    exports.wake(export, weights)
    return exports.seconds(export.device, lambda: export.score(export.batches, weights))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path, metavar="MODEL")
    parser.add_argument("sentences", type=pathlib.Path, metavar="SENTENCES", help="one a line, or JSON Lines")
    usual_device, usual_precision = ("gpu:0", "bfloat16") if torch.cuda.is_available() else ("cpu", "float32")
    parser.add_argument("--device", default=usual_device, help="cpu, gpu or gpu:N")
    parser.add_argument("--precision", choices=["float32", "bfloat16", "float16"], default=usual_precision)
    parser.add_argument("--mia", type=pathlib.Path, default=USUAL_MIA)
    arguments = parser.parse_args()
    device = torch_device(arguments.device)
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        sys.exit("skipped: no Java is at hand, on the PATH or as JAVA_HOME")
    exports.without_profiling()
    mia = Mia(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        first = first_sentence(arguments.sentences, folder)
        mia.seconds_to_score(first, arguments.precision, folder / "scores.jsonl")  # files come into memory
        start_up = mia.seconds_to_score(first, arguments.precision, folder / "scores.jsonl")
        whole = mia.seconds_to_score(arguments.sentences, arguments.precision, folder / "scores.jsonl")
        mia.export(arguments.sentences, folder / "export")
        export = exports.Export(folder / "export", device)
        program = program_seconds(export, getattr(torch, arguments.precision))
    beyond = whole - start_up
    print(f"{time.strftime('%Y-%m-%d')}, {exports.device_name(device)}, {arguments.precision}, "
          f"{export.tokens} tokens in {export.rows} rows, "
          f"{export.distinct_shapes} shapes of blocks; the program alone in PyTorch {torch.__version__}\n")
    print("| what | s | tokens/s | share of the program's own speed |\n|---|---|---|---|")

    def line(what, took):
        print(f"| {what} | {took:.2f} | {export.tokens / took:.0f} | {100 * program / took:.0f} % |")

    line("the program, cold shapes", program)
    line("`mia score`", whole)
    if beyond > 0:
        line(f"`mia score` without its start-up of {start_up:.2f} s", beyond)
    else:
        print(f"\nstart-up is {start_up:.2f} s: too few sentences to tell it from scoring")


if __name__ == "__main__":
    main()
