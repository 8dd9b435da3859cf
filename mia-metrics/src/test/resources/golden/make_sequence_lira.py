"""Makes sequence-lira.json, of SequenceLira, beside this file: python make_sequence_lira.py
Full covariance matrices and NumPy's solver; made with Python 3.11 and NumPy 2.4.
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(23)
lengths = [1, 2, 5, 12, 3, 8]
models = 7
saw = [[True, True, False, True, False, True], [True, False, True, False, True, True], [False, True, True, True, False, False],
       [False, False, False, False, True, True], [True, True, False, False, False, False], [False, False, True, True, True, False],
       [True, False, False, True, True, True]]


def draw(length, seen):
    noise = random.normal(size=length)
    for token in range(1, length):
        noise[token] = 0.6 * noise[token - 1] + 0.8 * noise[token]
    return np.round(-2 + noise + seen * 0.7, 4)


references = [[draw(length, saw[model][index]) for index, length in enumerate(lengths)] for model in range(models)]
target = [draw(length, index < 3) for index, length in enumerate(lengths)]


def log_densities(seen):
    said = [np.array([references[model][index] for model in range(models) if saw[model][index] == seen]) for index in range(len(lengths))]
    beside = [values - values.mean(0) for values in said]
    variance = sum((values ** 2).sum() for values in beside) / sum((len(values) - 1) * values.shape[1] for values in beside)
    correlation = (sum((values[:, 1:] * values[:, :-1]).sum() for values in beside)
                   / sum((len(values) - 1) * (values.shape[1] - 1) for values in beside) / variance)
    densities = []
    for index, length in enumerate(lengths):
        places = np.arange(length)
        covariance = variance * correlation ** np.abs(places[:, None] - places[None])
        distance = target[index] - said[index].mean(0)
        densities.append(-(np.linalg.slogdet(covariance)[1] + distance @ np.linalg.solve(covariance, distance)) / 2)
    return np.array(densities)


pathlib.Path(__file__).with_name("sequence-lira.json").write_text(json.dumps(
    {"target": [values.tolist() for values in target], "references": [[values.tolist() for values in model] for model in references],
     "trainedOn": saw, "scores": (log_densities(True) - log_densities(False)).tolist()}, separators=(",", ":")) + "\n")
