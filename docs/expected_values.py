"""What Hugging Face transformers say of a model, in float64, for `mia check-model DIR --expected expected.json`.

    python3 expected_values.py DIR [SENTENCES.txt] > expected.json      # needs transformers and torch; peft for an adapter

Token ids, and the log-likelihood in nats of each token that is no special one: with it masked (pll_original), and with nothing masked
(unmasked). The file holds the sentences: give none that are confidential.
"""
import json
import sys

import torch
import transformers

SENTENCES = ["The patient was admitted with acute chest pain.", "No fever, no cough; BP 120/80 mmHg, SpO2 97 %.",
             "MRI of the lumbar spine: L4/L5 disc herniation.", "Señora Müller naïvely asked: \"Why?\"", "Stable."]


def values(model, tokenizer, text):
    encoding = tokenizer(text, return_special_tokens_mask=True)
    ids = torch.tensor(encoding["input_ids"])
    scored = [place for place, special in enumerate(encoding["special_tokens_mask"]) if not special]
    rows = ids.repeat(len(scored) + 1, 1)  # the last row is the sentence as it is
    rows[range(len(scored)), scored] = tokenizer.mask_token_id
    with torch.no_grad():
        logs = torch.cat([model(input_ids=row[None], attention_mask=torch.ones_like(row[None])).logits.log_softmax(-1) for row in rows])
    return {"text": text, "ids": ids.tolist(), "scored_positions": scored,
            "pll_original": {"logprobs": [logs[row, place, ids[place]].item() for row, place in enumerate(scored)]},
            "unmasked": {"logprobs_all_positions": [logs[-1, place, ids[place]].item() for place in range(len(ids))]}}


def main(folder, sentences=None):
    model = transformers.AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").double().eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    texts = open(sentences, encoding="utf-8").read().splitlines() if sentences else SENTENCES
    found = [{"id": f"s{number:02}", **values(model, tokenizer, text)} for number, text in enumerate(texts)]
    print(json.dumps({"maker": f"transformers {transformers.__version__}, float64", "sentences": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
