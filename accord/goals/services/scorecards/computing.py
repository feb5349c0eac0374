"""From the frames of some people to what is frozen of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import polars as pl
from polars import col

from accord.domain.scorecard import Card, Phase
from accord.domain.scorecard.columnar import frozen, phase_totals, with_scores
from accord.domain.scorecard.freezing import digest_of, freeze_outline
from accord.domain.scorecard.totals import mean_of_days, with_objectives
from accord.domain.scoring.methods.weighted_total import Missing
from accord.goals.services.scorecards.reading import Inputs

LINES = ("card", "phase", "place", "kpi", "metric", "weight", "actual", "target", "score", "inputs")


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
    digest: str
    is_whole: bool


@dataclass(frozen=True)
class Computed:
    """The cards of some people in the order of their keys, and a row for each of their lines (columns LINES)."""

    cards: Sequence[Frozen]
    lines: pl.DataFrame


def compute(inputs: Inputs, outline: Outline) -> Computed:
    """Score the people of `inputs` with the second engine; no statement is made."""
    lines = with_scores(inputs.lines, inputs.dues, outline.is_final)
    phases = phase_totals(lines, inputs.phases).join(
        _sizes(inputs, lines), on="phase", how="left", maintain_order="left"
    )
    lines = lines.with_columns(frozen(lines, inputs.dues).alias("inputs"))
    lines = lines.join(inputs.phases.select("phase", "card"), on="phase", how="left", maintain_order="left")
    lines = lines.with_columns(
        (col("phase") - col("phase").min().over("card")).alias("phase"),
        pl.int_range(pl.len()).over("card").alias("place"),
    )
    return Computed(list(_cards(phases, lines["inputs"].to_list(), outline)), lines.select(LINES))


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


class _Row(NamedTuple):
    """One phase of one person, as it comes out of the frames."""

    employee: int
    first: date
    last: date
    missing: str
    score: Decimal | None
    size: int
    is_scored: bool
    is_whole: bool

    @property
    def phase(self) -> Phase:
        return Phase(self.first, self.last, (), Missing(self.missing))


def _cards(phases: pl.DataFrame, texts: list[str], outline: Outline) -> Iterator[Frozen]:
    written: dict[object, str] = {}
    at = 0
    rows = phases.select("card", *_Row._fields[1:]).with_columns(
        col("size").fill_null(0), *(col(name).fill_null(value=False) for name in ("is_scored", "is_whole"))
    )
    for employee, own in groupby(map(_Row._make, rows.iter_rows()), key=itemgetter(0)):
        parts = list(own)
        # Nearly all people have the same days: their outlines are written once.
        key = (outline.objectives.get(employee), *((each.first, each.last, each.missing, each.size) for each in parts))
        card = outline.card(employee, [each.phase for each in parts])
        if key not in written:
            written[key] = freeze_outline(card, [each.size for each in parts])
        size = sum(each.size for each in parts)
        digest = digest_of(written[key], texts[at : at + size])
        is_whole = all(each.is_whole for each in parts)
        yield Frozen(employee, _total(card, parts), written[key], digest, is_whole)
        at += size


def _total(card: Card, parts: Sequence[_Row]) -> Decimal | None:
    """The total of the cycle: see `domain.scorecard.totals.score_card`."""
    days = [each.phase.days(card.on, card.is_final) for each in parts]
    counted = [
        (many, each.score) for many, each in zip(days, parts, strict=True) if card.is_final or (many and each.is_scored)
    ]
    return with_objectives(mean_of_days(counted), card)
