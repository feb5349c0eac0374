"""What a node hands down to its parts: by how much the change of a part moves the node, so that nothing is left over.

For each formula Σ coefficient × change of the part = change of the node, exactly:

- sum: the scale;
- product, all values positive: L(G)/L(f), the log-mean Divisia method, L the logarithmic mean of before and after;
- product with a zero or a negative value: the Shapley value, the mean of the product of the other factors over all
  orders in which the factors may change;
- ratio: L(R)/L(num) and -L(R)/L(den), and where a value is not positive the Shapley values of num and 1/den;
- weighted mean: the ratio of Σ weight × value to Σ weight, each product by its own coefficients.

Every array has two rows, before and after.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from accord.domain.driver_tree.flat import Block, Floats, Places

MOST_FACTORS = 1000
"""Of a product with a zero or a negative value; with positive values there is no limit."""


def log_mean(values: Floats) -> Floats:
    """The logarithmic mean of positive values before and after; symmetric to the last bit, and stable near equality."""
    low, high = np.minimum(values[0], values[1]), np.maximum(values[0], values[1])
    gap = high - low
    mean = np.asarray(gap / np.log1p(gap / low))
    np.copyto(mean, low, where=gap == 0)
    if mean.size and not mean.min() > 0:
        # Further apart than a number can say: the quotient is infinite, its logarithm is not.
        mean = np.where(mean > 0, mean, gap / (np.log(high) - np.log(low)))
    return mean


def products(block: Block, made: Floats, parts: Floats, scale: Floats) -> Floats:
    """The coefficients of the factors of products; `made` are the products, `parts` the factors in a row."""
    if parts.min() > 0:
        return np.repeat(log_mean(made), block.counts) / log_mean(parts)
    positive = np.minimum.reduceat(parts.min(axis=0), block.starts) > 0
    found = np.empty(parts.shape[1])
    of_positive = np.repeat(positive, block.counts)
    with_log = np.repeat(log_mean(made[:, positive]), block.counts[positive])
    found[of_positive] = with_log / log_mean(parts[:, of_positive])
    others = np.flatnonzero(~positive)
    for count in np.unique(block.counts[others]):
        alike = others[block.counts[others] == count]
        places: Places = block.starts[alike][:, None] + np.arange(count)
        found[places] = shapley(parts[0][places], parts[1][places]) * scale[alike][:, None]
    return found


def shapley(before: Floats, after: Floats) -> Floats:
    """The Shapley coefficients of the factors of products, a row each.

    The coefficient of a factor is ∫₀¹ Π of the others ((1-t)·before + t·after) dt, for each set of others that have
    changed already has the weight ∫ tˢ(1-t)ⁿ⁻¹⁻ˢ dt. Under the integral stands a polynomial of degree n-1, which ⌈n/2⌉
    nodes of Gauss and Legendre integrate exactly.
    """
    found = np.zeros_like(before)
    for at, weight in zip(*_quadrature((before.shape[1] + 1) // 2), strict=True):
        mixed = (1 - at) * before + at * after
        ones = np.ones((len(mixed), 1))
        left = np.cumprod(np.hstack([ones, mixed[:, :-1]]), axis=1)
        right = np.cumprod(np.hstack([ones, mixed[:, :0:-1]]), axis=1)[:, ::-1]
        found += weight * left * right
    return found


@lru_cache(maxsize=64)
def _quadrature(nodes: int) -> tuple[Floats, Floats]:
    """The nodes and weights of Gauss and Legendre between 0 and 1."""
    at, weights = np.polynomial.legendre.leggauss(nodes)
    return (at + 1) / 2, weights / 2


def ratios(made: Floats, above: Floats, below: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """The coefficients of the numerators and of the denominators of ratios."""
    if above.min() > 0 and below.min() > 0:
        logs = log_mean(made)
        return logs / log_mean(above), -logs / log_mean(below)
    above_found = (1 / below[0] + 1 / below[1]) / 2 * scale
    below_found = -(above[0] + above[1]) / 2 / below[0] / below[1] * scale
    positive = (above.min(axis=0) > 0) & (below.min(axis=0) > 0)
    logs = log_mean(made[:, positive])
    above_found[positive] = logs / log_mean(above[:, positive])
    below_found[positive] = -logs / log_mean(below[:, positive])
    return above_found, below_found


def means(block: Block, made: Floats, parts: Floats, scale: Floats) -> Floats:
    """The coefficients of weights and values, in turn, of weighted means."""
    weights, values = parts[:, 0::2], parts[:, 1::2]
    weighted = weights * values
    starts, counts = block.starts // 2, block.counts // 2
    above = np.add.reduceat(weighted, starts, axis=1)
    below = np.add.reduceat(weights, starts, axis=1)
    of_above, of_below = (np.repeat(each, counts) for each in ratios(made, above, below, scale))
    by_weight, by_value = values.mean(axis=0), weights.mean(axis=0)
    positive = (weights.min(axis=0) > 0) & (values.min(axis=0) > 0)
    logs = log_mean(weighted[:, positive])
    by_weight[positive] = logs / log_mean(weights[:, positive])
    by_value[positive] = logs / log_mean(values[:, positive])
    found = np.empty(parts.shape[1])
    found[0::2] = of_above * by_weight + of_below
    found[1::2] = of_above * by_value
    return found
