"""Where somebody's agreement is in force, no file says what they answer for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from accord.domain.periods import Frequency, Period
from accord.domain.schedules import periods_within
from accord.foundation.imports import Remark
from accord.goals.queries.agreements import days_in_force
from accord.goals.services.kpi_import.schedule import Stretch
from accord.metrics.models import Metric


class Days(NamedTuple):
    """The first and last day of an agreement that is in force."""

    first: date
    last: date


def beside_agreements(
    settled: Sequence[Stretch], metrics: Mapping[str, Metric], today: date
) -> tuple[list[Stretch], list[Remark]]:
    """Refuse the rows that begin while the person's agreement is in force, and end those before it that run into it.

    So a series never has a target from a file and one from an agreement for the same period.
    """
    agreements = _agreements({stretch.row.subject[1] for stretch in settled if stretch.row.subject[0] == "employee"})
    kept: list[Stretch] = []
    remarks: list[Remark] = []
    for stretch in settled:
        kind, person = stretch.row.subject
        days = agreements.get(person, []) if kind == "employee" else []
        if holding := _holding(stretch, days, today):
            remarks.append(_refusal(stretch, holding))
            continue
        shorter = _between(stretch, days, today, Frequency(metrics[stretch.row.metric].frequency))
        if shorter.last != stretch.last and not stretch.is_open:
            remarks.append(_shortened(shorter))
        kept.append(shorter)
    return kept, remarks


def _agreements(people: set[int]) -> dict[int, list[Days]]:
    found: defaultdict[int, list[Days]] = defaultdict(list)
    for person, first, last in days_in_force():
        if person in people:
            found[person].append(Days(first, last))
    return found


def _begins(stretch: Stretch, today: date) -> date:
    """The day that decides which cycle, and so which agreement, a row belongs to."""
    return Period(stretch.first).end if stretch.row.starts else today


def _holding(stretch: Stretch, agreements: Iterable[Days], today: date) -> Days | None:
    day = _begins(stretch, today)
    return next((days for days in agreements if days.first <= day <= days.last), None)


def _between(stretch: Stretch, agreements: Iterable[Days], today: date, frequency: Frequency) -> Stretch:
    """The row without the periods of agreements before and after it."""
    day = _begins(stretch, today)
    for days in agreements:
        keys = periods_within(days.first, days.last, frequency)
        if keys is None:
            continue
        if days.last < day:
            stretch = replace(stretch, first=max(stretch.first, keys[1] + 1))
        else:
            stretch = replace(stretch, last=min(stretch.last, keys[0] - 1))
    return stretch


def _refusal(stretch: Stretch, days: Days) -> Remark:
    sentence = _(
        "%(name)s has an agreement signed by both from %(first)s to %(last)s; it changes by a signed amendment only."
    )
    values = {"name": stretch.row.subject_name, "first": days.first.isoformat(), "last": days.last.isoformat()}
    return Remark(stretch.row.row, "employee_no", "agreement_in_force", sentence, values)


def _shortened(stretch: Stretch) -> Remark:
    sentence = _("“%(metric)s” of %(name)s ends with %(last)s here: from then on the signed agreement holds.")
    row = stretch.row
    values = {"name": row.subject_name, "metric": row.metric, "last": Period(stretch.last).label}
    return Remark(row.row, "valid_to", "agreement_follows", sentence, values, is_refusal=False)
