"""The score of one KPI value, by the KPI's own method and the target in force."""

from decimal import Decimal

from accord.domain.scoring import Score, score
from accord.goals.models import Kpi, KpiTarget


def kpi_score(kpi: Kpi, target: KpiTarget, value: Decimal) -> Score:
    """Score `value` against `target`. The score explains itself; raises ScoringError for a target no method can use."""
    given = {
        "direction": "down" if target.lower_is_better else "up",
        "target": str(target.target),
        "threshold": _text(target.threshold),
        "stretch": _text(target.stretch),
    }
    return score(kpi.method, {name: text for name, text in given.items() if text is not None} | kpi.params, str(value))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
