"""Makes token-gaps.json, of TokenGapStatistic, beside this file:
    python make_token_gaps.py WBC_CHECKOUT EZ_MIA_CHECKOUT
Window votes are what the authors' own code says (github.com/Stry233/WBC, attacks/wbc.py), ratios of gains over losses too
(github.com/JetBrains-Research/ez-mia, mia/ez_score.py, every token taken for one that the target gets wrong); the rest is NumPy's.
Made with Python 3.11, NumPy 2.4 and PyTorch 2.13.
"""
import ast
import importlib.util
import json
import math
import pathlib
import sys

import numpy as np
import torch

WINDOWS = [2, 3, 4, 6, 9, 13, 18, 25, 32, 40]  # of the authors' configs/example.yaml


def method_of(path, name):
    """One method of a file whose imports are not at hand."""
    tree = ast.parse(pathlib.Path(path).read_text())
    node = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name)
    node.returns = None
    for argument in node.args.args:
        argument.annotation = None
    space = {"np": np}
    exec(compile(ast.Module(body=[node], type_ignores=[]), path, "exec"), space)
    return space[name]


window_score = method_of(sys.argv[1] + "/attacks/wbc.py", "_compute_window_score")
spec = importlib.util.spec_from_file_location("ez_score", sys.argv[2] + "/mia/ez_score.py")
ez_score = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ez_score)


def ez_ratio(target, reference):
    """The authors' ratio, if it is defined: they want two tokens, and say 0 where no gap is negative."""
    count = len(target)
    if count < 2 or np.all(target >= reference):
        return None
    return ez_score.error_zone_pos_neg_sum_ratio(torch.tensor(target), torch.tensor(reference), torch.ones(count), torch.zeros(count),
                                                 torch.ones(count), ignore_bos=False)


def example(target, reference):
    gaps = target - reference
    gains, losses = gaps[gaps > 0].sum(), -gaps[gaps < 0].sum()
    weights = np.clip(-reference, 0, None)
    return {"target": target.tolist(), "reference": reference.tolist(),
            "windowVotes": float(np.mean([window_score(None, -target, -reference, size) for size in WINDOWS])),
            "ezRatio": ez_ratio(target, reference),
            "gainsOverLosses": math.log((gains + 1) / (losses + 1)),
            "surprisalWeighted": float(np.average(gaps, weights=weights)) if weights.sum() else 0.0}


random = np.random.default_rng(22)
examples = []
for count in [1, 2, 3, 5, 8, 13, 30, 41, 64]:
    reference = np.round(-random.gamma(1, 2, count), 4)
    examples.append(example(np.minimum(0, np.round(reference + random.normal(0.1, 1, count), 4)), reference))
reference = np.round(-random.gamma(1, 2, 12), 4)
examples.append(example(reference, reference))
examples.append(example(reference / 2, reference))
examples.append(example(reference * 2, reference))
examples.append(example(np.array([-1.0, 0.0]), np.array([0.0, 0.0])))
path = pathlib.Path(__file__).with_name("token-gaps.json")
path.write_text(json.dumps({"windows": WINDOWS, "examples": examples}, separators=(",", ":")).replace('{"target"', '\n{"target"') + "\n")
