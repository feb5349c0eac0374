"""Reads of the competency framework and of where people stand in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, Q

from accord.coaching.models import Competency, CompetencyAssessment, CompetencyExpectation, CompetencyLevel
from accord.foundation.models import User
from accord.foundation.queries.events import is_newest_by
from accord.people.models import Employee

Side = CompetencyAssessment.Side


@dataclass(frozen=True)
class Stand:
    """One competency of one person: what is expected, how they see it, how their manager does."""

    competency: Competency
    levels: Sequence[CompetencyLevel]
    expected: int | None
    own: CompetencyAssessment | None
    managers: CompetencyAssessment | None
    past: Sequence[CompetencyAssessment] = field(default=())

    @property
    def now(self) -> int | None:
        """Where they stand: as the manager sees it, who saw it last and from outside, or else as they do."""
        said = self.managers or self.own
        return said.level if said else None

    @property
    def gap(self) -> int:
        """By how many levels it is below what is expected; 0 where it is not, or nobody has said."""
        return max(0, self.expected - self.now) if self.expected and self.now else 0

    @property
    def differs(self) -> bool:
        """Whether the two sides see it differently: something to talk about."""
        return bool(self.own and self.managers and self.own.level != self.managers.level)


def framework() -> list[Competency]:
    """All competencies in use, with their levels; two statements."""
    return list(Competency.objects.filter(is_retired=False).prefetch_related("levels"))


def named_in(*texts: str) -> list[Competency]:
    """The competencies in use that are named in one of `texts`."""
    return named_among(Competency.objects.filter(is_retired=False), *texts)


def named_among(competencies: Iterable[Competency], *texts: str) -> list[Competency]:
    """Those whose name, Chinese or English, stands in one of `texts`. Nothing is guessed."""
    said = "\n".join(texts).casefold()
    return [each for each in competencies if _is_named(each, said)]


def _is_named(competency: Competency, said: str) -> bool:
    english = competency.name_en.casefold()
    return competency.name.casefold() in said or bool(english and re.search(rf"\b{re.escape(english)}\b", said))


def expected_of(person: Employee, competencies: Collection[int] | None = None) -> dict[int, int]:
    """The level expected of a person by competency: the word for everybody, their family's before it, and what is
    expected of people with reports before both.
    """
    whose = Q(family=None, is_of_managers=False)
    if person.position.family_id:
        whose |= Q(family=person.position.family_id)
    if person.reports.exclude(status=Employee.Status.LEFT).exists():
        whose |= Q(is_of_managers=True)
    rows = CompetencyExpectation.objects.filter(whose)
    if competencies is not None:
        rows = rows.filter(competency__in=competencies)
    # The last word counts.
    said = sorted(rows, key=lambda row: (row.is_of_managers, row.family_id is not None))
    return {row.competency_id: row.level for row in said}


def framework_of(person: Employee) -> list[Competency]:
    """The competencies in use that something is expected of `person` in; all of them where nothing is said."""
    every, expected = list(Competency.objects.filter(is_retired=False)), expected_of(person)
    return [each for each in every if each.pk in expected] or every


def newest_of(people: Collection[int]) -> dict[tuple[int, int, str], CompetencyAssessment]:
    """The newest assessment by person, competency and side."""
    rows = CompetencyAssessment.objects.filter(employee__in=people)
    newest = rows.order_by().values("employee", "competency", "side").annotate(newest=Max("id")).values("newest")
    found = CompetencyAssessment.objects.filter(pk__in=newest).select_related("made_by")
    return {(each.employee_id, each.competency_id, each.side): each for each in found}


def stands_of(person: Employee) -> list[Stand]:
    """Where `person` stands in what is expected of their family, or was ever assessed; the widest gap first."""
    expected, newest = expected_of(person), newest_of([person.pk])
    assessed = {competency for _, competency, _ in newest}
    past = _past(person)
    stands = [
        Stand(
            competency=each,
            levels=list(each.levels.all()),
            expected=expected.get(each.pk),
            own=newest.get((person.pk, each.pk, Side.SELF)),
            managers=newest.get((person.pk, each.pk, Side.MANAGER)),
            past=past[each.pk],
        )
        for each in framework()
        if each.pk in expected or each.pk in assessed
    ]
    return sorted(stands, key=lambda stand: -stand.gap)


def _past(person: Employee) -> defaultdict[int, list[CompetencyAssessment]]:
    found: defaultdict[int, list[CompetencyAssessment]] = defaultdict(list)
    for each in CompetencyAssessment.objects.filter(employee=person).select_related("made_by").order_by("-id")[:200]:
        found[each.competency_id].append(each)
    return found


@dataclass(frozen=True)
class Report:
    """Somebody who reports to the reader, and how far the assessments of both sides are."""

    person: Employee
    own: int
    managers: int


def reports_of(manager: Employee) -> list[Report]:
    """The people who report to `manager` today; two statements, however many there are."""
    here = manager.reports.exclude(status=Employee.Status.LEFT).select_related("position").order_by("employee_no")
    people = list(here[:200])
    newest = newest_of([each.pk for each in people])
    sides = Counter((employee, side) for employee, _, side in newest)
    return [Report(each, sides[each.pk, Side.SELF], sides[each.pk, Side.MANAGER]) for each in people]


def was_just_changed(competency: Competency, by: User) -> bool:
    """Whether the last that happened to a competency of the framework was done by `by`."""
    return is_newest_by(by, "competency.changed", f"competencies:{competency.pk}")
