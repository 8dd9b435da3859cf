"""Makes the exported models of ProgramFileTest and the seeds of ProgramFileFuzzTest and its like.

PyTorch 2.13.0, transformers 5.18.0; run in this folder: python3 make.py
"""
import io
import os
import zipfile
from typing import Dict, Optional

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertForMaskedLM

SEEDS = "../io/github/miaudit/checkpoint/Program{}FuzzTestInputs/endsAsPromised"
FILE, SOURCE, UNPICKLER = (SEEDS.format(kind) for kind in ("File", "Source", "Unpickler"))


class Logits(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, ids, mask):
        return self.model(input_ids=ids, attention_mask=mask).logits


class Scripted(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(50, 4)
        self.layers = nn.ModuleList([nn.Sequential(nn.Linear(4, 4), nn.GELU(), nn.Dropout(0.1)) for _ in range(2)])
        self.norm = nn.LayerNorm(4)
        self.out = nn.Linear(4, 50)

    def mix(self, x: Tensor, times: int) -> Tensor:
        return x * (1.0 + times)

    def forward(self, ids: Tensor, mask: Tensor, types: Optional[Tensor] = None) -> Dict[str, Tensor]:
        x = self.embedding(ids)
        for layer in self.layers:
            x = self.norm(x + layer(x))
        for step in range(3):
            x = self.mix(x, step)
        for place in range(ids.size(1)):
            x[:, place] = x[:, place] + 1
        if types is not None:
            x = x + types[:, :, None]
        return {"logits": self.out(x)}


def save(program, name, packed=False):
    """Saves a program without what tells where its Python sources lay; by PyTorch's writer, or packed by Python's."""
    data = io.BytesIO()
    torch.jit.save(program, data)
    reader = torch._C.PyTorchFileReader(io.BytesIO(data.getvalue()))
    own = {"version", ".data/version", "byteorder", ".data/serialization_id"}  # which the writer writes
    records = {record: reader.get_record(record) for record in reader.get_all_records() if not record.endswith("debug_pkl")}
    if packed:
        with zipfile.ZipFile(f"{name}.pt", "w") as zipped:
            for record, content in records.items():
                number = record.split("/")[0] in ("data", "constants") and "/" in record
                zipped.writestr(zipfile.ZipInfo(f"{name}/{record}"), content, zipfile.ZIP_STORED if number else zipfile.ZIP_DEFLATED)
    else:
        writer = torch._C.PyTorchFileWriter(f"{name}.pt")
        for record, content in records.items():
            if record not in own:
                writer.write_record(record, content, len(content))
        writer.write_end_of_file()


def archive(statement, **others):
    """An archive of one module whose method has one more statement, without PyTorch's help."""
    source = ("class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
              "  def forward(self: __torch__.Net,\n    x: Tensor,\n    mask: Tensor) -> Tensor:\n"
              f"    {statement}\n    return x\n")
    members = {"data.pkl": b"\x80\x02c__torch__\nNet\n)\x81}(X\x08\0\0\0training\x89ub.", "code/__torch__.py": source.encode(),
               "constants.pkl": b"\x80\x02).", "version": b"10\n"}
    members.update({name.replace("__", "/"): content for name, content in others.items()})
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for name, content in members.items():
            zipped.writestr(zipfile.ZipInfo("net/" + name), content)
    return data.getvalue()


torch.manual_seed(1)
bert = BertForMaskedLM(BertConfig(vocab_size=30, hidden_size=4, num_hidden_layers=1, num_attention_heads=1, intermediate_size=4,
                                  max_position_embeddings=16))
ids = torch.randint(5, 30, (1, 7))
traced = torch.jit.trace(Logits(bert).eval(), (ids, torch.ones_like(ids)), check_trace=False)
scripted = torch.jit.script(Scripted().eval())
save(traced, "traced")
save(scripted, "scripted")
save(torch.jit.freeze(traced), "frozen", packed=True)

for folder in (FILE, SOURCE, UNPICKLER):
    os.makedirs(folder, exist_ok=True)
for name in ("scripted", "frozen"):
    with open(f"{name}.pt", "rb") as source, open(f"{FILE}/{name}.pt", "wb") as seed:
        seed.write(source.read())
hostile = {
    "overwrites": archive('y = torch.from_file("/x", True, 1, dtype=6)'),
    "saves": archive('torch.save(x, "/x")'),
    "attribute": archive('y = getattr(x, "set_")(mask)'),
    "loops": archive("for i in range(1000000000):\n      y = x"),
    "library": archive("y = ops.strange.run(x)"),
    "class": archive("y = __torch__.torch.classes.strange.Thing()"),
    "comment": archive("y = x  # type: (Tensor) -> Tensor"),
    "calls": archive("y = x", **{"data.pkl": b"\x80\x02cos\nsystem\n(X\x01\0\0\0atR."}),
    "nested": archive("y = " + "[" * 60 + "x" + "]" * 60),
    "shared": archive("y = x", **{"data.pkl": b"\x80\x02" + b"]q\x00" + b"(h\x00h\x00e" * 40 + b"."}),
    "lists": archive("y = x", **{"constants.pkl": b"\x80\x02" + b"(" * 200 + b"t" * 200 + b"."}),
    "binary": archive("y = x", **{"libstrange.so": b"\x7fELF"}),
}
for name, content in hostile.items():
    with open(f"{FILE}/{name}.pt", "wb") as seed:
        seed.write(content)
for name in ("traced", "scripted", "frozen"):
    with zipfile.ZipFile(f"{name}.pt") as zipped:
        sources = [member for member in zipped.namelist() if member.endswith(".py")]
        pickles = [member for member in zipped.namelist() if member.endswith(".pkl")]
        with open(f"{SOURCE}/{name}.py", "wb") as seed:
            seed.write(zipped.read(max(sources, key=lambda member: zipped.getinfo(member).file_size)))
        for pickle in sorted(pickles, key=lambda member: zipped.getinfo(member).file_size)[-3:]:
            with open(f"{UNPICKLER}/{name}-{os.path.basename(pickle)}", "wb") as seed:
                seed.write(zipped.read(pickle))
