"""What `mia export-program` writes, read and run with plain PyTorch."""
import io
import json
import pathlib
import struct
import time
import zipfile

import torch

TYPES = {"F32": torch.float32, "I64": torch.int64}
BLOCK_NUMBERS = 4  # rows, length, real length, scored tokens of a row
AMPERE = (8, 0)


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


class Export:
    """An export, with its batches on a device. Rows are attended together where the device has the kernels."""

    def __init__(self, folder, device):
        self.folder = pathlib.Path(folder)
        self.device = device
        self.program = torch.jit.load(str(self.folder / "program.pt"))
        self.weights = {name: tensor.to(device) for name, tensor in read_safetensors(self.folder / "weights.safetensors").items()}
        self.batches = [Batch(read_safetensors(file), device) for file in sorted(self.folder.glob("batch-*.safetensors"))]
        if not self.batches:
            raise SystemExit(f"{folder} holds no batches")

    @property
    def rows(self):
        return sum(shape[0] for batch in self.batches for shape in batch.shapes())

    @property
    def tokens(self):
        return sum(len(batch.ids) for batch in self.batches)

    @property
    def distinct_shapes(self):
        return len({(rows, length, real) for batch in self.batches for rows, length, real, _ in batch.shapes()})

    def in_precision(self, dtype):
        """The weights in a precision, and the program told whether its kernels fit it."""
        self.program.together = has_kernels(self.device, dtype)
        return {name: tensor.to(dtype) for name, tensor in self.weights.items()}

    def score(self, batches, weights):
        return [score(self.program, batch, weights) for batch in batches]


def score(program, batch, weights):
    with torch.inference_mode():
        return program.score(batch.ids, batch.blocks, batch.positions, batch.targets, weights)[0].float().cpu()


def has_kernels(device, dtype):
    """As the class Attention of MIAudit decides it."""
    if device.type != "cuda" or torch.version.hip:
        return False
    return dtype == torch.float32 or torch.cuda.get_device_capability(device) >= AMPERE


def changed(program, replacements):
    """A program with its source changed: of each pair, the first text, which has to be there once, becomes the second."""
    changed_archive = io.BytesIO()
    with zipfile.ZipFile(program) as archive, zipfile.ZipFile(changed_archive, "w") as output:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith("/__torch__.py"):
                source = content.decode()
                for text, other in replacements:
                    if source.count(text) != 1:
                        raise SystemExit(f"{program}: its source holds {text!r} {source.count(text)} times, not once; adapt this script")
                    source = source.replace(text, other)
                content = source.encode()
            output.writestr(name, content)
    changed_archive.seek(0)
    return torch.jit.load(changed_archive)


def without_profiling():
    """As MIAudit does: shapes vary, and each would be compiled."""
    torch._C._jit_set_profiling_executor(False)


def synchronise(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def seconds(device, work):
    """Of one call."""
    synchronise(device)
    start = time.perf_counter()
    work()
    synchronise(device)
    return time.perf_counter() - start


def wake(export, weights):
    """Loads kernels and libraries by one short row, of a shape that no batch has."""
    one, none = torch.tensor([1]), torch.tensor([0])
    short = {"ids": export.batches[0].ids[:2], "blocks": torch.tensor([1, 2, 2, 1]), "positions": one, "targets": none}
    score(export.program, Batch(short, export.device), weights)
    synchronise(export.device)


def device_name(device):
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
