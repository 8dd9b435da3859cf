"""Makes identifiers.json, of the ranks of identifiers, beside this file: python make_identifiers.py
Ranks and p-values by SciPy, all draws one by one; made with Python 3.11, SciPy 1.17.1 and NumPy 2.4.6.
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.default_rng(7)
# patient, mentions, surrogates; the first patient is remembered
sizes = [("p", 2, 5), ("p", 1, 5), ("q", 1, 3), ("r", 3, 5), ("r", 1, 3)]
mentions = [np.round(random.normal(size=(count, surrogates + 1)), 1) for _, count, surrogates in sizes]
mentions[0][:, 0] += 3
mentions[1][0, 0] += 2
mentions[2][0, 2] = mentions[2][0, 0]  # ties
mentions[3][:, 4] = mentions[3][:, 0]
patients = [patient for patient, _, _ in sizes]
names = sorted(set(patients))
ranks = [stats.rankdata(-each.sum(0).round(6)) for each in mentions]
statistics = {
    "SHARE_BEATEN": lambda rank, k: 1 - (rank - 1) / k,
    "EXPOSURE": lambda rank, k: np.log2(k + 1) - np.log2(rank),
    "AVERSION": lambda rank, k: np.log2(k + 1) - np.log2(k + 2 - rank),
    "EXTREMENESS": lambda rank, k: (2 * (rank - 1) / k - 1) ** 2}
of_patient = {name: [index for index, patient in enumerate(patients) if patient == name] for name in names}


def figure(statistic, standing):
    values = [statistics[statistic](rank[standing[index]], len(rank) - 1) for index, rank in enumerate(ranks)]
    return np.mean([np.mean([values[index] for index in of_patient[name]]) for name in names])


def draws(together):
    """Who stands for the true one, of each identity."""
    if not together:
        return itertools.product(*[range(len(rank)) for rank in ranks])
    each = [range(min(len(ranks[index]) for index in of_patient[name])) for name in names]
    return (tuple(drawn[names.index(patient)] for patient in patients) for drawn in itertools.product(*each))


true = (0,) * len(ranks)
tests = {}
for together in (True, False):
    values = {statistic: np.array([figure(statistic, draw) for draw in draws(together)]) for statistic in statistics}
    tests["together" if together else "apart"] = {
        "byChance": {statistic: values[statistic].mean() for statistic in statistics},
        "pValue": np.mean(values["EXPOSURE"] >= figure("EXPOSURE", true) - 1e-9)}


def share_as_large(values):
    return np.array([np.mean(values >= value - 1e-9) for value in values])


def together_p(name):
    count = min(len(ranks[index]) for index in of_patient[name])
    return share_as_large(sum(statistics["EXPOSURE"](ranks[index][:count], len(ranks[index]) - 1) for index in of_patient[name]))[0]


def apart_p(name):
    logs = [np.log(share_as_large(-ranks[index])) for index in of_patient[name]]
    products = np.array([sum(draw) for draw in itertools.product(*logs)])
    return np.mean(products <= sum(each[0] for each in logs) + 1e-9)


tests["together"]["patients"] = [together_p(name) for name in names]
tests["apart"]["patients"] = [apart_p(name) for name in names]
for test in tests.values():
    test["adjusted"] = stats.false_discovery_control(test["patients"], method="bh").tolist()

exposures = [statistics["EXPOSURE"](rank[0], len(rank) - 1) for rank in ranks]
means = np.array([np.mean([exposures[index] for index in of_patient[name]]) for name in names])
weights = random.dirichlet(np.ones(len(means) + 1), 4_000_000)
lower = np.quantile(weights[:, :-1] @ means, 0.025)
upper = np.quantile(weights[:, :-1] @ means + weights[:, -1] * np.log2(6), 0.975)
pathlib.Path(__file__).with_name("identifiers.json").write_text(json.dumps(
    {"patients": patients, "mentions": [each.round(6).tolist() for each in mentions], "ranks": [rank.tolist() for rank in ranks],
     "observed": {statistic: figure(statistic, true) for statistic in statistics}, "tests": tests, "exposures": exposures,
     "interval": [lower, upper]}, separators=(",", ":")) + "\n")
