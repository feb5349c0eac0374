"""Settling the schedule of one series: which target holds from which period to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency, Period
from accord.foundation.imports import Remark
from accord.goals.periods import always, forever
from accord.goals.services.kpi_import.rows import KpiRow, bounds


@dataclass(frozen=True)
class Stretch:
    """A row with the period keys, both inclusive, for which it holds; `is_open` when it named no end."""

    row: KpiRow
    first: int
    last: int
    is_open: bool


def stretches(rows: Sequence[KpiRow], frequency: Frequency) -> tuple[list[Stretch], list[Remark]]:
    """Order the rows of one series in time. A row without an end holds until the next one begins.

    Refuses a row that ends before it begins, that begins where another does, or that runs into the next one.
    """
    refusals: list[Remark] = []
    found: list[Stretch] = []
    for row in rows:
        stretch = _stretch(row, frequency)
        if stretch.last < stretch.first:
            refusals.append(_refusal(row, "ends_before_start", _("The row ends before it begins.")))
        else:
            found.append(stretch)
    found.sort(key=lambda stretch: (stretch.first, stretch.row.row))
    return _without_overlaps(found, refusals), refusals


def _stretch(row: KpiRow, frequency: Frequency) -> Stretch:
    first, last = bounds(row, frequency)
    return Stretch(
        row,
        first.key if first else always(frequency),
        last.key if last else forever(frequency),
        is_open=last is None,
    )


def _without_overlaps(ordered: list[Stretch], refusals: list[Remark]) -> list[Stretch]:
    kept: list[Stretch] = []
    for stretch in ordered:
        previous = kept[-1] if kept else None
        if previous and stretch.first <= previous.last:
            if not previous.is_open or stretch.first == previous.first:
                refusals.append(_overlap(stretch.row, previous.row))
                continue
            kept[-1] = replace(previous, last=stretch.first - 1)
        kept.append(stretch)
    return kept


def _overlap(row: KpiRow, other: KpiRow) -> Remark:
    sentence = _("“%(metric)s” of %(subject)s already has a target for this time in row %(other)s.")
    return _refusal(row, "overlap", sentence, subject=row.subject_name, metric=row.metric, other=str(other.row))


def _refusal(row: KpiRow, code: str, sentence: str, **values: str) -> Remark:
    return Remark(row.row, "valid_from", code, sentence, values)


def label(key: int) -> str:
    """The period of a bound as people write it; empty for an open side."""
    frequency = Frequency(key // 1_000_000)
    return "" if key in (always(frequency), forever(frequency)) else Period(key).label
