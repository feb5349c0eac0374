"""The frozen form of a card: texts from which it can be worked out again without anything else.

Numbers of record are whole millionths, as the database holds them; keys are sorted and there are no blanks, so that
equal inputs have equal texts and the digest over them tells whether anything was changed. What is the same in every
period is written once, and periods without a gap by the first of them.
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
            "period": _periods([due.period for due in line.dues]),
            "series": line.series,
            "stretch": _column(due.stretch for due in line.dues),
            "target": _column(due.target for due in line.dues),
            "threshold": _column(due.threshold for due in line.dues),
            "v": VERSION,
            "value": _micro(due.value for due in line.dues),
            "weight": to_micro(line.weight),
        }
    )


def freeze(card: Card) -> str:
    """Return a card as text: what it is beside its lines, and each of them on a line of its own."""
    outline = freeze_outline(card, [len(phase.lines) for phase in card.phases])
    return "\n".join((outline, *(freeze_line(line) for phase in card.phases for line in phase.lines)))


def freeze_outline(card: Card, sizes: Sequence[int]) -> str:
    """Return what a card is beside its lines, of which each phase has as many as `sizes` says."""
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
                    "lines": size,
                    "missing": str(phase.missing),
                }
                for phase, size in zip(card.phases, sizes, strict=True)
            ],
            "v": VERSION,
        }
    )


def freeze_results(results: Iterable[tuple[Decimal | None, ...]]) -> str:
    """Return what the lines came to, each its actual, target and score, as text."""
    return "\n".join(json.dumps(_micro(numbers), separators=(",", ":")) for numbers in results)


def thaw(text: str) -> Card:
    """Read a frozen card with its lines. Raises NotReadableError."""
    card, *lines = text.split("\n")
    return thaw_card(card, [thaw_line(line) for line in lines])


def thaw_results(text: str) -> list[tuple[Decimal | None, ...]]:
    """Read what the lines came to. Raises NotReadableError."""
    try:
        rows = [json.loads(row) for row in text.split("\n") if row]
        return [tuple(None if number is None else from_micro(number) for number in row) for row in rows]
    except (TypeError, ValueError) as error:
        raise NotReadableError(str(error)) from error


def thaw_line(text: str) -> Line:
    """Read a frozen line. Raises NotReadableError."""
    try:
        given = json.loads(text)
        many = len(given["value"])
        columns = [_read(given[name], many) for name in ("target", "threshold", "stretch", "value")]
        parts = zip(_read(given["numerator"], many), _read(given["denominator"], many), strict=True)
        dues = zip(_keys(given["period"], many), *columns, parts, strict=True)
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


def digest_of(text: str) -> str:
    """Return the digest over a frozen card with its lines, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _micro(values: Iterable[Decimal | None]) -> list[int | None]:
    return [None if value is None else to_micro(value) for value in values]


def _column(values: Iterable[Decimal | None]) -> list[int | None] | int | None:
    """The numbers of all periods, or the one number that they all are."""
    column = _micro(values)
    return column[0] if column and column.count(column[0]) == len(column) else column


def _periods(keys: list[int]) -> list[int] | int:
    """The keys of all periods, or the first one where the others follow it without a gap."""
    return keys[0] if keys and keys == list(range(keys[0], keys[0] + len(keys))) else keys


def _read(column: list[int | None] | int | None, many: int) -> list[Any]:
    numbers = column if isinstance(column, list) else [column] * many
    return [None if number is None else from_micro(number) for number in numbers]


def _keys(given: list[int] | int, many: int) -> Sequence[int]:
    return range(given, given + many) if isinstance(given, int) else given
