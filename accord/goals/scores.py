"""The score of one KPI value, by the KPI's own method and the target in force."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from accord.domain.scorecard.lines import level_rule
from accord.domain.scoring import SCORES, Score
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


def rule_params(
    method: str, params: Mapping[str, object], lower_is_better: bool, levels: Mapping[str, Decimal | None]
) -> dict[str, object]:
    """What `read_rule` needs: `params`, with the direction and those of target, threshold, stretch the method reads."""
    known = {field.name for field in fields(SCORES[method])} if method in SCORES else set()
    given: dict[str, object] = {"direction": "down" if lower_is_better else "up"}
    given |= {name: str(level) for name, level in levels.items() if level is not None}
    return {name: value for name, value in given.items() if name in known} | dict(params)
