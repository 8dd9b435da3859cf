"""Writes sama.json: what the rule `progressive` hides and SAMA votes, computed anew with NumPy after the paper and its authors' code.

Random numbers are SplitMix64's, keyed as the class CounterRandom says, in the place of PyTorch's; all else is independent. Run with
NumPy 2.4.6.
"""
import json
import pathlib

import numpy

BITS = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15
random = numpy.random.default_rng(23)


def finish(bits):
    z = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & BITS
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & BITS
    return z ^ (z >> 31)


def mix(a, b):
    return finish(a + STEP * (b + 1) & BITS)


class Counter:
    def __init__(self, seed, *keys):
        self.state = mix(seed, 0)
        for key in keys:
            self.state = mix(self.state, key)

    def next_int(self, bound):
        while True:
            self.state = self.state + STEP & BITS
            product = (finish(self.state) >> 32) * bound
            if product & 0xFFFFFFFF >= (1 << 32) % bound:
                return product >> 32

    def sample(self, values, count):
        values = list(values)
        for place in range(count):
            other = place + self.next_int(len(values) - place)
            values[place], values[other] = values[other], values[place]
        return values[:count]


def case(tokens, steps, least, most):
    order = Counter(1, tokens).sample(range(tokens), tokens)
    gaps = random.normal(0.1, 1, tokens).round(3)
    hidden, anew, votes = numpy.zeros(tokens, bool), [], []
    for step in range(steps):
        wanted = max(1, int(round((least + (most - least) * (step + 1) / (steps + 1)) * tokens)))
        new = sorted(order[hidden.sum():wanted])
        if not new:
            continue
        hidden[new] = True
        of = gaps[hidden]
        size = min(8, len(of))
        subsets = Counter(1, len(of), len(anew))
        votes.append(numpy.mean([of[subsets.sample(range(len(of)), size)].sum() > 0 for _ in range(128)]))
        anew.append(new)
    score = numpy.average(votes, weights=1 / numpy.arange(1, len(votes) + 1))
    return {"tokens": tokens, "steps": steps, "least": least, "most": most, "anew": anew, "gaps": gaps[hidden].tolist(), "score": score}


cases = [case(*of) for of in [(1, 4, 0.05, 0.5), (7, 4, 0.05, 0.5), (28, 4, 0.05, 0.5), (28, 16, 0.05, 0.5), (60, 8, 0.05, 0.5),
                              (200, 4, 0.05, 0.5), (40, 1, 0.3, 1.0)]]
pathlib.Path(__file__).with_name("sama.json").write_text(
    '{"made_with": ' + json.dumps({"numpy": numpy.__version__}) + ', "cases": [\n' + ",\n".join(" " + json.dumps(c) for c in cases) + "\n]}\n")
