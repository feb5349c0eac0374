"""The score of one KPI value, by the KPI's own method and the target in force."""

from decimal import Decimal

from accord.domain.scoring import Score
from accord.domain.scoring.levels import level_rule
from accord.goals.models import Kpi, KpiTarget


def kpi_score(kpi: Kpi, target: KpiTarget, value: Decimal) -> Score:
    """Score `value` against `target`. The score explains itself; raises ScoringError for a target no method can use."""
    rule = level_rule(
        kpi.method,
        kpi.params,
        lower_is_better=target.lower_is_better,
        target=target.target,
        threshold=target.threshold,
        stretch=target.stretch,
    )
    return rule.answer(value)
