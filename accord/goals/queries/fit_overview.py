"""What does not fit among all KPIs of a cycle, in force or still being agreed: set-based, for ten or 100,000 people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accord.domain.fit import LIGHTEST, MOST_KPIS, Code, Finding, FitFacts, FitLine, findings, too_light, too_many
from accord.domain.periods import Frequency, Period
from accord.goals.models import AgreementLine, AgreementTerms, Cycle, FitOverride, Kpi, KpiTarget
from accord.goals.queries.fit import OfFinding
from accord.goals.queries.fit_facts import facts_of
from accord.people.models import Employee, Position

_MOST_NAMES = 1_000
Pair = tuple[int, int | None]
"""A position and a metric; None for the whole of what somebody carries."""


@dataclass(frozen=True)
class Scope:
    """Whose KPIs are looked at: rows, and the ways from a row to the person, the metric and the key result."""

    rows: QuerySet[Any]
    person: str
    metric: str
    key_result: str

    def grouped(self, **counts: Any) -> QuerySet[Any]:
        """The rows by position, metric and unit."""
        named = {
            "position": F(f"{self.person}__position"),
            "about": F(self.metric),
            "unit": F(f"{self.person}__org_unit__name"),
        }
        grouped = self.rows.values(**named).annotate(people=Count(self.person, distinct=True), **counts)
        ordered: QuerySet[Any] = grouped.order_by()
        return ordered


@dataclass
class FitGroup(OfFinding):
    """One thing that does not fit, for everybody of one position who carries it."""

    finding: Finding
    units: dict[str, int] = field(default_factory=dict)
    names: list[tuple[int, str]] = field(default_factory=list)
    kept: int = 0

    @property
    def people(self) -> int:
        """How many carry it and have no word for it."""
        return sum(self.units.values()) - self.kept

    @property
    def more(self) -> int:
        """How many of them are not named."""
        return max(0, self.people + self.kept - len(self.names))


@dataclass(frozen=True)
class FitOfPosition:
    """What does not fit a position."""

    position: Position
    groups: Sequence[FitGroup]

    @property
    def people(self) -> int:
        return max(group.people for group in self.groups)


def in_force(people: QuerySet[Employee], cycle: Cycle, today: date) -> Scope:
    """The KPIs in force on a day, from signed agreements and from files alike."""
    holds = Q()
    for frequency in Frequency:
        period = Period.of(today, frequency).key
        holds |= Q(from_period__lte=period, to_period__gte=period)
    targets = KpiTarget.objects.filter(holds, kpi=OuterRef("pk"))
    rows = Kpi.objects.filter(Exists(targets), cycle=cycle, series__employee__in=people)
    return Scope(rows, "series__employee", "series__metric", "line__key_result")


def being_agreed(people: QuerySet[Employee], cycle: Cycle, reader: int | None = None) -> Scope:
    """The lines of the agreements that are still being agreed or signed; none of a draft that `reader` is not shown
    yet, because it is about them.
    """
    rows = AgreementLine.objects.filter(
        terms__state__in=AgreementTerms.UNFINISHED,
        terms__agreement__cycle=cycle,
        terms__agreement__employee__in=people,
    )
    if reader is not None:
        prepared = Q(terms__state=AgreementTerms.State.DRAFT, terms__proposed_at=None)
        rows = rows.exclude(prepared, terms__agreement__employee=reader)
    return Scope(rows, "terms__agreement__employee", "metric", "key_result")


def overview(scope: Scope, cycle: Cycle) -> list[FitOfPosition]:
    """What does not fit, position by position, the most people first. A constant number of statements."""
    light = Count(scope.person, distinct=True, filter=Q(weight__lt=LIGHTEST))
    counted = list(scope.grouped(light=light, linked=Count(scope.key_result)))
    positions = {row["position"] for row in counted}
    facts = facts_of(positions, {row["about"] for row in counted}, cycle)
    groups = _by_rule(counted, facts)
    _add_light(groups, counted, facts)
    _add_many(groups, scope, facts)
    _take_off_kept(groups, scope, cycle)
    _name(groups, scope)
    return _by_position(groups)


Groups = defaultdict[int, list[FitGroup]]


def _by_rule(counted: Sequence[dict[str, Any]], facts: dict[int, FitFacts]) -> Groups:
    """The rules that ask about position and metric alone, each asked once for everybody."""
    lines: defaultdict[int, dict[int, FitLine]] = defaultdict(dict)
    for row in counted:
        line = FitLine(row["about"], None, row["linked"] or None)
        known = lines[row["position"]].get(row["about"])
        lines[row["position"]][row["about"]] = line if known is None or line.key_result_id else known
    groups: Groups = defaultdict(list)
    for position, carried in lines.items():
        found = findings(facts[position], list(carried.values()))
        # How many KPIs one person carries is asked below; here everybody's stand together.
        for finding in (each for each in found if each.code != Code.TOO_MANY):
            groups[position].append(FitGroup(finding, _units(counted, position, finding.metric_id)))
    return groups


def _units(
    counted: Iterable[dict[str, Any]], position: int, metric: int | None, count: str = "people"
) -> dict[str, int]:
    """How many people of which unit; for the whole, as many as carry the metric that most carry."""
    units: dict[str, int] = {}
    for row in counted:
        if row["position"] == position and metric in (None, row["about"]) and row[count]:
            units[row["unit"]] = max(units.get(row["unit"], 0), row[count])
    return units


def _add_light(groups: Groups, counted: Sequence[dict[str, Any]], facts: dict[int, FitFacts]) -> None:
    for position, metric in sorted({(row["position"], row["about"]) for row in counted if row["light"]}):
        finding = too_light(facts[position].metrics[metric].name, metric)
        groups[position].append(FitGroup(finding, _units(counted, position, metric, "light")))


def _add_many(groups: Groups, scope: Scope, facts: dict[int, FitFacts]) -> None:
    named = {
        "who": F(scope.person),
        "position": F(f"{scope.person}__position"),
        "unit": F(f"{scope.person}__org_unit__name"),
    }
    many = scope.rows.values(**named).annotate(kpis=Count("pk")).filter(kpis__gt=MOST_KPIS).order_by()
    units: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    most: defaultdict[int, int] = defaultdict(int)
    for row in many:
        units[row["position"]][row["unit"]] += 1
        most[row["position"]] = max(most[row["position"]], row["kpis"])
    for position, found in units.items():
        groups[position].append(FitGroup(too_many(most[position]), dict(found)))


def _take_off_kept(groups: Groups, scope: Scope, cycle: Cycle) -> None:
    """Those who said in their agreement why it may stand are not counted again."""
    words = FitOverride.objects.filter(
        agreement__cycle=cycle, agreement__employee__in=scope.rows.values(scope.person).distinct()
    )
    counted = words.values("code", "metric", "agreement__employee__position").order_by()
    kept: dict[tuple[int, str, int | None], int] = {
        (row["agreement__employee__position"], row["code"], row["metric"]): row["people"]
        for row in counted.annotate(people=Count("agreement__employee", distinct=True))
    }
    for position, found in groups.items():
        for group in found:
            stands = kept.get((position, group.code, group.finding.metric_id), 0)
            group.kept = min(stands, sum(group.units.values()))


def _name(groups: Groups, scope: Scope) -> None:
    """Some of the people by name, for those who want to talk to them."""
    wanted = {(position, group.finding.metric_id) for position, found in groups.items() for group in found}
    pairs = Q(pk__in=[])
    for position, metric in wanted:
        about = {scope.metric: metric} if metric else {}
        pairs |= Q(**{f"{scope.person}__position": position}, **about)
    columns = (f"{scope.person}__position", scope.metric, scope.person, f"{scope.person}__name")
    named: defaultdict[Pair, dict[int, str]] = defaultdict(dict)
    rows = scope.rows.filter(pairs).order_by(f"{scope.person}__employee_no").values_list(*columns)
    for position, metric, person, name in rows[:_MOST_NAMES] if wanted else []:
        named[position, metric][person] = named[position, None][person] = name
    for position, found in groups.items():
        for group in found:
            if group.code not in (Code.TOO_LIGHT, Code.TOO_MANY):
                group.names = list(named[position, group.finding.metric_id].items())[:4]


def _by_position(groups: Groups) -> list[FitOfPosition]:
    rows = Position.objects.filter(pk__in=groups).select_related("family")
    found = [FitOfPosition(position, [each for each in groups[position.pk] if each.people]) for position in rows]
    return sorted((each for each in found if each.groups), key=lambda each: (-each.people, each.position.pk))
