"""Weights and shares: parts of one whole."""

from collections.abc import Sequence
from decimal import Decimal

from accord.domain.scoring.arithmetic import ONE, ZERO
from accord.domain.scoring.errors import WeightsNotOneError
from accord.domain.scoring.rule import require_not_negative


def require_weights(weights: Sequence[Decimal]) -> None:
    """Raise NegativeParameterError or WeightsNotOneError unless `weights` are shares of one whole."""
    require_not_negative(weight=min(weights, default=ZERO))
    total = sum(weights, ZERO)
    if total != ONE:
        raise WeightsNotOneError(total=total)
