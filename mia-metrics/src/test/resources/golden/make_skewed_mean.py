"""Prints what SkewedMeanTest and HeldOutLossTest expect, by SciPy and, for Holm's correction, R: of the two intervals of a mean, Student's
and Hall's, the ends that lie farther out, Hall's found by search and not by its inverse; and the larger of the two p-values."""
import subprocess
import numpy as np
from scipy import optimize, stats

def mean(name, values, level):
    n, m, s, g = len(values), np.mean(values), np.std(values, ddof=1), stats.skew(values, bias=False)
    hall = lambda mu: np.sqrt(n) * ((m - mu) / s + g * ((m - mu) / s) ** 2 / 3 + g**2 * ((m - mu) / s) ** 3 / 27 + g / (6 * n))
    quantile = stats.t.ppf((1 + level) / 2, n - 1)
    ends = [optimize.brentq(lambda mu: hall(mu) - sign * quantile, m - 100 * s, m + 100 * s, xtol=1e-15, rtol=1e-15) for sign in (1, -1)]
    student = stats.ttest_1samp(values, 0)
    plain = student.confidence_interval(level)
    p = max(student.pvalue, 2 * stats.t.sf(abs(hall(0)), n - 1))
    print(name, level, m, "student", plain.low, plain.high, "both", min(plain.low, ends[0]), max(plain.high, ends[1]), "p", repr(p))
    return p

few_gain = [-2.1, 0.2, 0.31, 0.12, 0.35, 0.18, 0.27, 0.22]
for level in (0.9, 0.95):
    mean("nearly even", [0.31, -0.12, 0.45, 0.08, 0.27, -0.03, 0.5], level)
    mean("few gain", few_gain, level)
    mean("few lose", [-each for each in few_gain], level)
mean("even", [1.0, 2.0, 3.0], 0.95)
# sentences' differences of six patients with 1, 2, 3, 1, 2 and 1 sentences: of the patients' means
patients = [np.mean(some) for some in ([0.2], [0.1, 0.4], [0.3, -0.2, 0.5], [0.6], [0.05, 0.15], [-0.1])]
mean("patients", patients, 0.95)
# 50 patients, of whom some differ by more: versions that differ by that and by some more, corrected together
row = np.array([0.1 * (place % 7) - 0.25 + (1 if place % 10 == 0 else 0) for place in range(50)])
found = [mean(f"version {more}", row + more, 0.95) for more in (0.0, -0.02, -0.4)]
print(subprocess.run(["Rscript", "-e", f"print(p.adjust(c({', '.join(map(repr, map(float, found)))}), 'holm'), digits = 17)"], capture_output=True,
                     text=True, check=True).stdout)
