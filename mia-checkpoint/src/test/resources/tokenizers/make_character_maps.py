"""SentencePiece's tables of normalised characters: that of most models (nmt_nfkc, packed) and a small one of seven rules.

    python3 make_character_maps.py FOLDER        (sentencepiece 0.2.2)
"""
import gzip
import io
import os
import sys
import tempfile

import sentencepiece

RULES = [("a", "b"), ("ab", "cd"), ("é", "e"), ("²", "2"), ("ﷺ", "salla allahu"), ("​", ""), ("中", " ")]


def fields(message):
    """The fields of a message of Protocol Buffers that have a length, with their numbers."""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = number()
        if key & 7 == 2:
            length = number()
            yield key >> 3, message[at:at + length]
            at += length
        elif key & 7 == 0:
            number()
        else:
            at += 4 if key & 7 == 5 else 8


def table(**rules):
    with tempfile.TemporaryDirectory() as folder:
        text = os.path.join(folder, "text")
        with open(text, "w") as file:
            file.write("\n".join(f"the patient number {i} has pain in foot {i * 7 % 13}" for i in range(200)))
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(input=text, model_writer=model, vocab_size=50, minloglevel=5, **rules)
    normalizer = next(content for field, content in fields(model.getvalue()) if field == 3)
    return next(content for field, content in fields(normalizer) if field == 2)


folder = sys.argv[1]
with open(os.path.join(folder, "nmt_nfkc.charsmap.gz"), "wb") as file:
    file.write(gzip.compress(table(normalization_rule_name="nmt_nfkc"), 9, mtime=0))
with tempfile.NamedTemporaryFile("w", suffix=".tsv") as rules:
    rules.write("".join(f"{' '.join(f'{ord(c):X}' for c in a)}\t{' '.join(f'{ord(c):X}' for c in b)}\n" for a, b in RULES))
    rules.flush()
    with open(os.path.join(folder, "small.charsmap"), "wb") as file:
        file.write(table(normalization_rule_tsv=rules.name))
