"""Prints what StudentMeanTest and HeldOutLossTest expect: Student's interval of a mean, by SciPy alone."""
import numpy as np
from scipy import stats

def interval(values, level):
    ends = stats.ttest_1samp(values, 0).confidence_interval(level)
    print(level, np.mean(values), ends.low, ends.high)

for level in (0.9, 0.95):
    interval([0.31, -0.12, 0.45, 0.08, 0.27, -0.03, 0.5], level)
interval([1.0, 3.0], 0.95)
# sentences' differences of six patients with 1, 2, 3, 1, 2 and 1 sentences: Student's interval of the patients' means
patients = [[0.2], [0.1, 0.4], [0.3, -0.2, 0.5], [0.6], [0.05, 0.15], [-0.1]]
interval([np.mean(some) for some in patients], 0.95)
