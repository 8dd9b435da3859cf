"""Writes logistic.json: log-odds of ridge logistic regressions, by scikit-learn, and checked by SciPy's own minimum of the same sum.

scikit-learn minimises C sum log(1 + exp(-y f)) + |b|^2 / 2, so C = 1 / penalty; features are standardised beforehand, divided by n.
Run with scikit-learn 1.9.1, SciPy 1.17.1 and NumPy 2.4.6.
"""
import json
import pathlib

import numpy
import scipy
import scipy.optimize
import sklearn
from sklearn.linear_model import LogisticRegression

random = numpy.random.default_rng(22)


def case(name, first, second, penalty):
    rows = numpy.vstack([first, second])
    labels = numpy.r_[numpy.ones(len(first)), numpy.zeros(len(second))]
    deviations = rows.std(axis=0)
    z = (rows - rows.mean(axis=0)) / numpy.where(deviations > 0, deviations, 1)
    fit = LogisticRegression(C=1 / penalty, tol=1e-13, max_iter=10000, solver="newton-cholesky").fit(z, labels)
    odds = fit.decision_function(z)

    def loss(b):
        return numpy.logaddexp(0, (1 - 2 * labels) * (b[0] + z @ b[1:])).sum() + penalty / 2 * (b[1:] ** 2).sum()

    def slope(b):
        residual = 1 / (1 + numpy.exp(-(b[0] + z @ b[1:]))) - labels
        return numpy.r_[residual.sum(), residual @ z + penalty * b[1:]]

    at = numpy.r_[fit.intercept_, fit.coef_[0]]
    other = scipy.optimize.minimize(loss, numpy.zeros(len(at)), jac=slope, method="BFGS", options={"gtol": 1e-9})
    assert abs(slope(at)).max() < 1e-8, abs(slope(at)).max()
    assert abs(other.x - at).max() < 1e-6, abs(other.x - at).max()
    return {"name": name, "first": first.tolist(), "second": second.tolist(), "penalty": penalty, "logOdds": odds.tolist()}


def rounded(values):
    return numpy.round(values, 4)


correlated = random.standard_normal((40, 1)) + 0.3 * random.standard_normal((40, 3)) * [1, 5, 0.1]
duplicated = random.standard_normal((24, 2))
cases = [
    case("correlated features of different scales", rounded(correlated[:25] + [0.5, 1, 0]), rounded(correlated[25:]), 1.0),
    case("classes that can be parted", rounded(random.standard_normal((12, 2)) + 5), rounded(random.standard_normal((9, 2)) - 5), 0.01),
    case("the same feature twice and a constant one",
         rounded(numpy.c_[duplicated[:12] + 0.4, duplicated[:12, 0] + 0.4, numpy.full(12, 3)]),
         rounded(numpy.c_[duplicated[12:], duplicated[12:, 0], numpy.full(12, 3)]), 10.0),
    case("one row against many", rounded(random.standard_normal((1, 2)) + 1), rounded(random.standard_normal((30, 2))), 1.0),
]
made_with = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}
pathlib.Path(__file__).with_name("logistic.json").write_text(json.dumps({"made_with": made_with, "cases": cases}, indent=1) + "\n")
