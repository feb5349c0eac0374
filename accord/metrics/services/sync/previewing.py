"""What rows would become under a rule, before anything is written."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accord.domain.numbers import from_micro
from accord.domain.periods import Period
from accord.domain.row_mapping import Counted, Found, Lookup, Rule, Span, by_field, explain_refusal
from accord.foundation.language import readers_language
from accord.metrics.models import Connection, Identity, MappedRow, Metric
from accord.metrics.services.sync.arriving import Arriving, Row
from accord.metrics.services.sync.counting import Outcome, count_rows, landed_lookups
from accord.metrics.services.sync.names import Named, as_named, candidates, match, reach_of, subject_of
from accord.metrics.services.sync.rules import counter_of, understood
from accord.metrics.services.sync.totals import Group, totals
from accord.metrics.services.working_days import is_published
from accord.people.models import Employee, OrgUnit

MOST_CANDIDATES = 5


@dataclass(frozen=True)
class PreviewValue:
    """A value that the rows would give: whose (`subject` as in services.series), which period, from how many rows."""

    subject: int
    whose: str
    period: Period
    value: Decimal
    rows: int


@dataclass(frozen=True)
class Unmatched:
    """A name of the source that nobody is known by, in how many rows it stands, and who it might be."""

    by: str
    name: str
    rows: int
    candidates: tuple[Employee, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A row that cannot count, by its key, and why; `str()` is the sentence in the current language."""

    key: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return explain_refusal(self.code, self.values, readers_language())


@dataclass(frozen=True)
class Preview:
    """`counted` of `read` rows give the values; `left_out` do not meet the filters or are not over yet."""

    read: int
    counted: int
    left_out: int
    values: tuple[PreviewValue, ...]
    unmatched: tuple[Unmatched, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[Refusal, ...] = ()


def preview(
    connection: Connection,
    stream: str,
    rule: Mapping[str, Any],
    metric: Metric,
    rows: Sequence[Row],
    others: Mapping[str, Sequence[Row]] | None = None,
) -> Preview:
    """What `rows` would become under `rule`; nothing is written. Raises RuleNotUnderstood with all problems.

    `others` are rows of the streams that the rule looks up; without them those that were landed count.
    """
    read = understood(rule, stream, metric)
    arrived = _arrived(rows, read.fields())
    numbered = list(enumerate(cells for _, cells in arrived.cells()))
    lookups = landed_lookups(connection, read, numbered) if others is None else _given_lookups(read, others)
    outcome = count_rows(counter_of(read, metric, connection, timezone.now()), numbered, lookups)
    named = {pk: as_named(read.by, each.name) for pk, each in outcome.given.items()}
    subjects = _subjects(connection, set(named.values()))
    waiting = Tally(name for name in named.values() if name not in subjects)
    refused = (*(Refusal(*each) for each in arrived.refused), *(Refusal(*each) for each in outcome.refused))
    return Preview(
        read=arrived.read,
        counted=len(outcome.given),
        left_out=outcome.left_out,
        values=_values(read, metric, outcome, {pk: subjects.get(name, MappedRow.NOBODY) for pk, name in named.items()}),
        unmatched=_unmatched(waiting),
        refused=refused,
        notes=_notes(read, outcome),
    )


def _arrived(rows: Sequence[Row], fields: frozenset[str]) -> Arriving:
    arrived = Arriving(fields)
    arrived.add(rows)
    return arrived


def _given_lookups(rule: Rule, others: Mapping[str, Sequence[Row]]) -> list[tuple[Lookup, Found]]:
    found = []
    for lookup in rule.lookups:
        there = _arrived(others.get(lookup.stream, ()), rule.fields_of(lookup.stream))
        found.append((lookup, by_field((cells for _, cells in there.cells()), lookup.theirs)))
    return found


def _subjects(connection: Connection, names: set[Named]) -> dict[Named, int]:
    """Whose each name is: as it was said or matched before, or as it would be matched now."""
    known = {
        (each.by, each.name): each
        for each in Identity.objects.filter(connection=connection, name__in={name for _, name in names})
    }
    open_names = [
        Identity(connection=connection, by=by, name=name)
        for by, name in sorted(names)
        if (by, name) not in known or known[by, name].is_waiting
    ]
    match(open_names, reach_of(connection))
    subjects = {(each.by, each.name): subject_of(each) for each in (*open_names, *known.values())}
    ignored = {name for name, each in known.items() if each.is_ignored}
    return {name: subject for name, subject in subjects.items() if subject != MappedRow.NOBODY or name in ignored}


def _values(rule: Rule, metric: Metric, outcome: Outcome, subjects: Mapping[int, int]) -> tuple[PreviewValue, ...]:
    rows: dict[Group, list[Counted]] = defaultdict(list)
    for pk, each in outcome.given.items():
        if subjects[pk] != MappedRow.NOBODY:
            rows[subjects[pk], each.period].append(Counted(each.at, each.value or 0, each.weight or 0))
    found, labels = totals(rule, metric, rows).values, _labels({subject for subject, _ in rows})
    return tuple(
        PreviewValue(group[0], labels.get(group[0], ""), Period(group[1]), from_micro(value), len(rows[group]))
        for group, value in sorted(found.items(), key=lambda item: (labels.get(item[0][0], ""), item[0][1]))
    )


def _labels(subjects: set[int]) -> dict[int, str]:
    people = Employee.objects.filter(pk__in=[pk for pk in subjects if pk > 0]).values_list("pk", "name")
    units = OrgUnit.objects.filter(pk__in=[-pk for pk in subjects if pk < 0]).values_list("pk", "path")
    return {**dict(people), **{-pk: path for pk, path in units}}


def _unmatched(waiting: Tally[Named]) -> tuple[Unmatched, ...]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for by, name in waiting:
        by_kind[by].append(name)
    could_be = {by: candidates(by, names) for by, names in by_kind.items()}
    wanted = {pk for found in could_be.values() for subjects in found.values() for pk in subjects if pk > 0}
    people = Employee.objects.in_bulk(list(wanted))
    return tuple(
        Unmatched(
            by,
            name,
            rows,
            tuple(people[pk] for pk in could_be[by].get(name, ())[:MOST_CANDIDATES] if pk in people),
        )
        for (by, name), rows in waiting.most_common()
    )


def _notes(rule: Rule, outcome: Outcome) -> tuple[Refusal, ...]:
    """That the days off of a year are not known yet, where working time is measured in it."""
    if not (isinstance(rule.value, Span) and rule.value.hours and rule.value.has_days_off):
        return ()
    years = sorted({Period(each.period).start.year for each in outcome.given.values()})
    unknown = ", ".join(str(year) for year in years if not is_published(year))
    return (Refusal("", "days_off_unknown", {"years": unknown}),) if unknown else ()
