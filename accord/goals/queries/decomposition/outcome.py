"""What came of a decomposition that was handed out: read from what was stored then, never worked out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.goals.models import Decomposition
from accord.metrics.models import Metric


@dataclass(frozen=True)
class Handed:
    """One line of the stored table; `values` are by metric, None where somebody got none."""

    key: str
    name: str
    depth: int
    values: Sequence[tuple[Metric, Decimal | None]]
    position: str = ""
    number: str = ""
    leads: bool = False
    outcome: str = ""
    reason: str = ""

    @property
    def employee_id(self) -> int | None:
        return int(self.key[1:]) if self.key.startswith("e") else None

    @property
    def is_direct(self) -> bool:
        return self.key.startswith("d")


@dataclass(frozen=True)
class Outcome:
    """Who got what, who got an agreement without a part of this target, and who was left out and why."""

    metrics: Sequence[Metric]
    lines: Sequence[Handed]
    others: Sequence[Handed]
    skipped: Sequence[Handed]
    counts: Mapping[str, int]


def outcome_of(decomposition: Decomposition) -> Outcome:
    """The stored table of a decomposition that was handed out."""
    result: dict[str, Any] = decomposition.result or {}
    known = Metric.objects.in_bulk(result["metrics"])
    metrics = [known[pk] for pk in result["metrics"]]
    lines = [_handed(row, metrics) for row in result["rows"]]
    others = [_handed(row, metrics) for row in result["others"]]
    people = [line for line in (*lines, *others) if line.outcome]
    return Outcome(
        metrics,
        lines,
        [line for line in others if line.outcome != "skipped"],
        [line for line in people if line.outcome == "skipped"],
        Counter(line.outcome for line in people),
    )


def _handed(row: Mapping[str, Any], metrics: Sequence[Metric]) -> Handed:
    values = row.get("values", {})
    return Handed(
        row["key"],
        row["name"],
        row.get("depth", 0),
        [(metric, Decimal(values[str(metric.pk)]) if str(metric.pk) in values else None) for metric in metrics],
        row.get("position", ""),
        row.get("no", ""),
        row.get("leads", False),
        row.get("outcome", ""),
        row.get("reason", ""),
    )
