"""The frozen form of a card: texts from which it can be worked out again without anything else.

Numbers of record are whole millionths, as the database holds them; keys are sorted and there are no blanks, so that
equal inputs have equal texts and the digest over them tells whether anything was changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from accord.domain.numbers import from_micro, to_micro
from accord.domain.scorecard.card import Aggregation, Card, Due, Line, Phase
from accord.domain.scoring.methods.weighted_total import Missing

VERSION = 1


class NotReadableError(ValueError):
    """The text is not what a card was frozen to."""


def as_text(value: Mapping[str, Any]) -> str:
    """Return `value` in the one form that it has: sorted, without blanks, in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def freeze_line(line: Line) -> str:
    """Return everything about a line, its values among it."""
    return as_text(
        {
            "aggregation": str(line.aggregation),
            "decimals": line.decimals,
            "denominator": _column(due.parts and due.parts[1] for due in line.dues),
            "down": line.lower_is_better,
            "kpi": line.kpi,
            "method": line.method,
            "metric": line.metric,
            "numerator": _column(due.parts and due.parts[0] for due in line.dues),
            "params": line.params,
            "percent": line.is_percent,
            "period": [due.period for due in line.dues],
            "series": line.series,
            "stretch": _column(due.stretch for due in line.dues),
            "target": _column(due.target for due in line.dues),
            "threshold": _column(due.threshold for due in line.dues),
            "v": VERSION,
            "value": _column(due.value for due in line.dues),
            "weight": to_micro(line.weight),
        }
    )


def freeze_card(card: Card) -> str:
    """Return what a card is beside its lines; `lines` counts those of each phase."""
    return as_text(
        {
            "final": card.is_final,
            "objectives": None if card.objective_score is None else to_micro(card.objective_score),
            "okr_share": to_micro(card.okr_share),
            "on": card.on.isoformat(),
            "phases": [
                {
                    "first": phase.first.isoformat(),
                    "last": phase.last.isoformat(),
                    "lines": len(phase.lines),
                    "missing": str(phase.missing),
                }
                for phase in card.phases
            ],
            "v": VERSION,
        }
    )


def thaw_line(text: str) -> Line:
    """Read a frozen line. Raises NotReadableError."""
    try:
        given = json.loads(text)
        columns = [_read(given[name]) for name in ("target", "threshold", "stretch", "value")]
        parts = zip(_read(given["numerator"]), _read(given["denominator"]), strict=True)
        dues = zip(given["period"], *columns, parts, strict=True)
        return Line(
            weight=from_micro(given["weight"]),
            method=given["method"],
            params=given["params"],
            aggregation=Aggregation(given["aggregation"]),
            lower_is_better=given["down"],
            decimals=given["decimals"],
            is_percent=given["percent"],
            kpi=given["kpi"],
            metric=given["metric"],
            series=given["series"],
            dues=tuple(
                Due(period, target, threshold, stretch, value, None if None in part else part)
                for period, target, threshold, stretch, value, part in dues
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotReadableError(str(error)) from error


def thaw_card(text: str, lines: Sequence[Line]) -> Card:
    """Read a frozen card, whose lines come in their order. Raises NotReadableError."""
    try:
        given = json.loads(text)
        left = iter(lines)
        phases = tuple(
            Phase(
                date.fromisoformat(phase["first"]),
                date.fromisoformat(phase["last"]),
                tuple(next(left) for _ in range(phase["lines"])),
                Missing(phase["missing"]),
            )
            for phase in given["phases"]
        )
        objectives = given["objectives"]
        return Card(
            phases,
            date.fromisoformat(given["on"]),
            is_final=given["final"],
            okr_share=from_micro(given["okr_share"]),
            objective_score=None if objectives is None else from_micro(objectives),
        )
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise NotReadableError(str(error)) from error


def digest_of(card: str, lines: Iterable[str]) -> str:
    """Return the digest over a frozen card and its lines, in hex."""
    return hashlib.sha256("\n".join((card, *lines)).encode()).hexdigest()


def _column(values: Iterable[Decimal | None]) -> list[int | None]:
    return [None if value is None else to_micro(value) for value in values]


def _read(column: Sequence[int | None]) -> list[Any]:
    return [None if value is None else from_micro(value) for value in column]
