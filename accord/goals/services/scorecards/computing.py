"""From the frames of some people to what is frozen of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

import polars as pl
from polars import col

from accord.domain.scorecard import Card, Phase
from accord.domain.scorecard.columnar import frozen, gather, phase_totals, results, with_scores
from accord.domain.scorecard.freezing import digest_of, freeze_outline
from accord.domain.scorecard.totals import mean_of_days, with_objectives
from accord.domain.scoring.methods.weighted_total import Missing
from accord.goals.services.scorecards.reading import Inputs


@dataclass(frozen=True)
class Outline:
    """What all cards of a run share: the day, whether it is the end, and what objectives weigh."""

    on: date
    is_final: bool
    okr_share: Decimal
    objectives: Mapping[int, Decimal]

    def card(self, employee: int, phases: Sequence[Phase]) -> Card:
        return Card(tuple(phases), self.on, self.is_final, self.okr_share, self.objectives.get(employee))


@dataclass(frozen=True)
class Frozen:
    """The card of one employee as it will be stored; `is_whole` says that every period has its value."""

    employee: int
    total: Decimal | None
    inputs: str
    results: str
    digest: str
    is_whole: bool


def compute(inputs: Inputs, outline: Outline) -> list[Frozen]:
    """Score the people of `inputs` with the second engine, in the order of their keys; no statement is made."""
    gathered = gather(inputs.dues)
    lines = with_scores(inputs.lines, gathered, outline.is_final)
    phases = phase_totals(lines, inputs.phases).join(
        _sizes(inputs, lines), on="phase", how="left", maintain_order="left"
    )
    texts = lines.select("phase", inputs=frozen(lines, gathered), results=results(lines))
    of_phase = texts.group_by("phase").agg(col("inputs").str.join("\n"), col("results").str.join("\n"))
    return list(_cards(phases.join(of_phase, on="phase", how="left", maintain_order="left"), outline))


def _sizes(inputs: Inputs, lines: pl.DataFrame) -> pl.DataFrame:
    """For each phase: how many lines it has, whether any has a score, and whether every period has its value."""
    gaps = inputs.dues.group_by("line").agg(col("value").is_null().any().alias("gaps"))
    return (
        lines.select("line", "phase", "score")
        .join(gaps, on="line", how="left")
        .group_by("phase")
        .agg(
            pl.len().cast(pl.Int64).alias("size"),
            col("score").is_not_null().any().alias("is_scored"),
            (~col("gaps").fill_null(value=True)).all().alias("is_whole"),
        )
    )


_PHASE = ("card", "first", "last", "missing", "size", "score", "is_scored", "is_whole", "inputs", "results")
_Row = tuple[int, date, date, str, int, Decimal | None, bool, bool, str | None, str | None]


@dataclass(frozen=True)
class _Shape:
    """What the cards of all people with the same days and the same number of lines have in common."""

    card: Card
    inputs: str
    days: Sequence[int]


def _cards(phases: pl.DataFrame, outline: Outline) -> Iterator[Frozen]:
    shapes: dict[object, _Shape] = {}
    rows = phases.select(_PHASE).with_columns(
        col("size").fill_null(0), *(col(name).fill_null(value=False) for name in ("is_scored", "is_whole"))
    )
    for employee, own in groupby(rows.iter_rows(), key=itemgetter(0)):
        parts = list(own)
        # Nearly all people have the same days: what they have in common is worked out once.
        key = (outline.objectives.get(employee), *(part[1:5] for part in parts))
        shape = shapes.get(key) or shapes.setdefault(key, _shape(employee, parts, outline))
        text = "\n".join((shape.inputs, *(part[8] for part in parts if part[8])))
        came_to = "\n".join(part[9] for part in parts if part[9])
        is_whole = all(part[7] for part in parts)
        yield Frozen(employee, _total(shape, parts), text, came_to, digest_of(text), is_whole)


def _shape(employee: int, parts: Sequence[_Row], outline: Outline) -> _Shape:
    card = outline.card(employee, [Phase(part[1], part[2], (), Missing(part[3])) for part in parts])
    days = [phase.days(card.on, card.is_final) for phase in card.phases]
    return _Shape(card, freeze_outline(card, [part[4] for part in parts]), days)


def _total(shape: _Shape, parts: Sequence[_Row]) -> Decimal | None:
    """The total of the cycle: see `domain.scorecard.totals.score_card`. The mean of one phase is its own total."""
    card = shape.card
    if len(parts) == 1 and shape.days[0] and not card.okr_share:
        return parts[0][5]
    counted = [
        (days, part[5]) for days, part in zip(shape.days, parts, strict=True) if card.is_final or (days and part[6])
    ]
    return with_objectives(mean_of_days(counted), card)
