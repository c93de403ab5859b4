"""Independent implementations of what metrics/statistics computes: a JSON object of inputs on stdin, one of results on stdout."""

import json
import sys

import krippendorff
import numpy as np
from scipy import stats
from statsmodels.api import OLS
from statsmodels.stats.inter_rater import cohens_kappa, to_table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint


def clustered_mean(values, clusters):
    fit = OLS(values, np.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": np.unique(clusters, return_inverse=True)[1]}
    )
    return {"mean": fit.params[0], "se": fit.bse[0]}


def sign_flip(sums):
    return stats.permutation_test(
        (sums,), np.sum, permutation_type="samples", n_resamples=np.inf
    ).pvalue


def kappa(pairs, wt):
    table = to_table(np.array(pairs))[0]
    return cohens_kappa(table, wt=wt, return_results=False)


def alpha(units, level):
    width = max(map(len, units))
    data = [[unit[i] if i < len(unit) else np.nan for unit in units] for i in range(width)]
    return krippendorff.alpha(reliability_data=data, level_of_measurement=level)


def pearson(pairs):
    result = stats.pearsonr(*zip(*pairs))
    interval = result.confidence_interval(0.95)
    return {"r": result.statistic, "low": interval.low, "high": interval.high}


def results(given):
    return {
        "clustered": clustered_mean(given["values"], given["clusters"]),
        "sign_flip": sign_flip(given["sums"]),
        "holm": list(multipletests(given["ps"], method="holm")[1]),
        "yekutieli": [bool(x) for x in multipletests(given["ps"], alpha=given["q"], method="fdr_by")[0]],
        "kappa_nominal": kappa(given["pairs"], None),
        "kappa_linear": kappa(given["pairs"], "linear"),
        "kappa_quadratic": kappa(given["pairs"], "quadratic"),
        "alpha": {level: alpha(given["units"], level) for level in ("nominal", "ordinal", "interval")},
        "pearson": pearson(given["pairs"]),
        "spearman": stats.spearmanr(*zip(*given["pairs"])).statistic,
        "wilson": list(proportion_confint(given["successes"], given["n"], method="wilson")),
        "power": TTestPower().power(given["effect"], given["df"] + 1, 0.05),
        "ranks": list(stats.rankdata(given["values"])),
    }


json.dump(results(json.load(sys.stdin)), sys.stdout)
