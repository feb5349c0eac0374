"""A rate by its two parts, which add up over people and units where the rate itself does not."""

from __future__ import annotations

import numpy as np

from accord.domain.driver_tree.coefficients import ratios


def rate_weights(above: tuple[float, ...], below: tuple[float, ...]) -> tuple[float, float] | None:
    """What a change of numerator and of denominator moves above/below by, each a pair of before and after.

    With them, Σ weight × change of the part is the change of the rate, exactly. None where a denominator is zero.
    """
    if not all(below):
        return None
    numerators, denominators = np.array([above]).T, np.array([below]).T
    with np.errstate(all="ignore"):
        by_above, by_below = ratios(numerators / denominators, numerators, denominators, np.ones(1))
    return float(by_above[0]), float(by_below[0])
