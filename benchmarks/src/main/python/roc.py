#!/usr/bin/env python3
"""scikit-learn's roc_curve and auc of 10 million scores, as MetricsBenchmark.rocAndAuc; prints the seconds of each turn."""
import time

import numpy as np
from sklearn.metrics import auc, roc_curve

generator = np.random.default_rng(1)
scores = np.concatenate([generator.random(5_000_000) + 0.1, generator.random(5_000_000)])
labels = np.repeat([1, 0], 5_000_000)
for turn in range(5):
    start = time.perf_counter()
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    area = auc(fpr, tpr)
    print(f"{time.perf_counter() - start:.3f} s, AUC {area:.6f}")
