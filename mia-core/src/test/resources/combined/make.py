"""Writes combined.json: what the combined attack must score, computed anew with NumPy and scikit-learn from the attack's documentation.

Its generator of random numbers is SplitMix64, of which the class CounterRandom says how it is keyed. Run with NumPy 2.4.6 and
scikit-learn 1.9.1.
"""
import json
import pathlib

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

BITS = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15
random = numpy.random.default_rng(22)


def finish(bits):
    z = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & BITS
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & BITS
    return z ^ (z >> 31)


def mix(a, b):
    return finish(a + STEP * (b + 1) & BITS)


class Counter:
    def __init__(self, seed, key):
        self.state = mix(mix(seed, 0), key)

    def next_int(self, bound):
        while True:
            self.state = self.state + STEP & BITS
            product = (finish(self.state) >> 32) * bound
            if product & 0xFFFFFFFF >= (1 << 32) % bound:
                return product >> 32

    def shuffled(self, values):
        values = list(values)
        for place in range(len(values)):
            other = place + self.next_int(len(values) - place)
            values[place], values[other] = values[other], values[place]
        return values


def features(target, reference):
    gap = target - reference
    gains, losses = gap[gap > 0].sum(), -gap[gap < 0].sum()
    return [gap.mean(), gap.sum(), target.mean(), numpy.heaviside(gap, 0.5).mean(), numpy.log((gains + 1) / (losses + 1)),
            (-reference * gap).sum() / -reference.sum(), gap.min()]


def scores(sentences, seed):
    """Of sentences in the order of their sets and ids."""
    numbers = {}
    groups = numpy.array([numbers.setdefault(s["patient"], len(numbers)) for s in sentences])
    parts = numpy.array([s["set"] for s in sentences])
    x = numpy.array([features(numpy.array(s["target"]), numpy.mean(s["references"], axis=0)) for s in sentences])
    arcs = numpy.empty(len(sentences), int)
    for part in range(3):
        order = Counter(seed, part).shuffled(sorted(set(groups[parts == part])))
        for place, group in enumerate(order):
            arcs[groups == group] = (4 * place + 1 + part) * 11 // (4 * len(order))
    scored = numpy.empty(len(sentences))
    for arc in range(11):
        own = arcs == arc
        if not own.any():
            continue
        ahead = (arcs - arc) % 11
        learned = (ahead >= 1) & (ahead <= 5) & (parts < 2)
        mean, deviation = x[learned].mean(axis=0), x[learned].std(axis=0)
        constant = deviation < 1e-12
        z = numpy.where(constant, 0, (x - mean) / numpy.where(constant, 1, deviation))
        fit = LogisticRegression(C=1, tol=1e-13, max_iter=10000, solver="newton-cholesky").fit(z[learned], parts[learned] == 0)
        odds = fit.decision_function(z)
        middle = (odds[learned & (parts == 0)].mean() + odds[learned & (parts == 1)].mean()) / 2
        scored[own] = (odds[own] - middle) / odds[learned].std()
    return scored.tolist()


sentences = []
for part, patients in enumerate([9, 7, 4]):
    for patient in range(patients):
        for row in range(random.integers(1, 4)):
            tokens = random.integers(2, 7)
            references = -random.gamma(2, 1, (2, tokens))
            target = -abs(references.mean(axis=0) + random.normal(0.4 if part == 0 else 0, 0.8, tokens))
            sentences.append({"set": part, "patient": f"{part}-{patient}", "id": f"{random.integers(10**6):06}",
                              "target": target.round(3).tolist(), "references": references.round(3).tolist()})
sentences.sort(key=lambda s: (s["set"], s["id"]))
tokens = numpy.concatenate([numpy.mean(s["references"], axis=0) for s in sentences])
blind = [dict(s, target=[tokens.mean()] * len(s["target"])) for s in sentences]
for s, seen, unseen in zip(sentences, scores(sentences, 7), scores(blind, 7)):
    s["score"], s["blind"] = seen, unseen
made_with = {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__}
lines = ",\n".join(" " + json.dumps(s) for s in sentences)
pathlib.Path(__file__).with_name("combined.json").write_text(
    '{"made_with": ' + json.dumps(made_with) + ', "seed": 7, "sentences": [\n' + lines + "\n]}\n")
