#!/usr/bin/env python3
"""Makes expected.json: how likely candidates are in blanks, by Hugging Face transformers in float64.

    python3 make.py          (transformers 5.18.0, torch 2.13.0, tokenizers 0.23.2; writes beside itself)

A blank stands in brackets of the kind ⟦ ⟧. A candidate's tokens are those whose offsets overlap its characters. `whole` masks all of
them, `left_to_right` each with those after it; both are sums of log-probabilities. Places count UTF-16 units.
"""
import json
import os

import torch
import transformers
from tokenizers import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKPOINTS = os.path.join(HERE, "../../../../../mia-checkpoint/src/test/resources/golden")
NAMES = ["Müller", "Smith", "pt", "Jones", "no", "history", "mr", "pain", "Ng", "O'Neill", "van Dyk", "Ünal", "Oz"]
BLANKS = [("⟦Müller⟧ was seen on the ward.", NAMES),
          ("Mrs ⟦Smith⟧'s chest was clear.", NAMES),
          ("She was seen by Dr ⟦Jones⟧.", NAMES),
          ("reviewed by ⟦Jones⟧", NAMES),
          ("known pt (⟦Jones⟧), no pain", NAMES),
          ("seen by Dr⟦Smith⟧2 today", NAMES),
          ("😀 Frau ⟦Groß⟧’s pain: übel 3 × since May", ["Groß", "pt", "Weiß", "Bär", "Ö", "no pain"]),
          ("admitted on ⟦12/03/2015⟧, discharged", ["12/03/2015", "1/2/15", "82", "76", "May", "2015"]),
          ("⟦No⟧", ["No", "pt", "Yes", "no", "chest pain"])]


def units(text):
    return len(text.encode("utf-16-le")) // 2


def likelihoods(model, tokenizer, before, candidate, after):
    encoding = tokenizer.encode(before + candidate + after)
    start, end = len(before), len(before) + len(candidate)
    span = [place for place, (first, last) in enumerate(encoding.offsets)
            if max(first, start) < min(last, end) and not encoding.special_tokens_mask[place]]
    mask = tokenizer.token_to_id("<mask>") or tokenizer.token_to_id("[MASK]")

    def logs(hidden):
        ids = torch.tensor([encoding.ids])
        ids[0, hidden] = mask
        with torch.no_grad():
            return model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits[0].log_softmax(-1)

    whole = logs(span)
    return {"text": candidate, "tokens": len(span),
            "whole": sum(whole[place, encoding.ids[place]].item() for place in span),
            "left_to_right": sum(logs(span[number:])[place, encoding.ids[place]].item() for number, place in enumerate(span))}


def blank(model, tokenizer, marked, candidates):
    before, rest = marked.split("⟦")
    inside, after = rest.split("⟧")
    return {"text": before + inside + after, "start": units(before), "end": units(before + inside),
            "candidates": [likelihoods(model, tokenizer, before, candidate, after) for candidate in candidates]}


def main():
    found = {}
    for name in ("bert-tiny", "roberta-tiny"):
        folder = os.path.join(CHECKPOINTS, name)
        model = transformers.AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").double().eval()
        tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        found[name] = [blank(model, tokenizer, *each) for each in BLANKS]
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as file:
        json.dump(found, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
