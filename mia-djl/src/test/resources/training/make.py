"""Writes shortened.json: gradients of single sentences, shortened and summed, of the model in golden/roberta-tiny, in float64.

    python3 make.py ../../../../../mia-checkpoint/src/test/resources/golden/roberta-tiny     (transformers 5.18.0, torch 2.13.0)

A sentence's loss is the mean cross-entropy of its targets. Its gradient is longer than some of the limits, and of others it is not.
"""
import json
import pathlib
import sys

import torch
import transformers

random = torch.Generator().manual_seed(7)
model = transformers.AutoModelForMaskedLM.from_pretrained(sys.argv[1]).double().eval()
weights = dict(model.named_parameters())


def sentence(length, targets):
    shown = torch.cat([torch.tensor([0]), torch.randint(5, 1000, (length - 2,), generator=random), torch.tensor([2])])
    positions = sorted((torch.randperm(length - 2, generator=random)[:targets] + 1).tolist())
    ids = shown[positions].tolist()
    shown[positions[0]] = 4
    return {"shown": shown.tolist(), "positions": positions, "targets": ids}


def gradient(row):
    logits = model(input_ids=torch.tensor([row["shown"]])).logits[0, row["positions"]]
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(row["targets"]))
    return loss.item(), dict(zip(weights, torch.autograd.grad(loss, list(weights.values()))))


sentences = [sentence(7, 1), sentence(7, 1), sentence(12, 2), sentence(30, 4)]
losses, gradients = zip(*map(gradient, sentences))
norms = [sum((part ** 2).sum() for part in each.values()).sqrt().item() for each in gradients]
limit = sum(sorted(norms)[1:3]) / 2
expected = 2.5
shortened = {name: sum(each[name] * min(1, limit / norm) for each, norm in zip(gradients, norms)) / expected for name in weights}
pathlib.Path(__file__).with_name("shortened.json").write_text(json.dumps({
    "sentences": sentences, "losses": losses, "norms": norms, "sentenceNorm": limit, "expectedSentences": expected,
    "gradients": {name: {"norm": value.norm().item(), "largest": value.flatten()[value.abs().argmax()].item(),
                         "at": value.abs().argmax().item()} for name, value in shortened.items()}}, indent=1) + "\n")
