"""Who stands below a unit, who of them carries a metric, and for how many days of the cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accord.domain.decomposition.bases import days_present, presence
from accord.domain.decomposition.settings import Settings
from accord.goals.models import AssessmentModelVersion, Decomposition, RecommendedKpi
from accord.goals.queries.assessment_models import metrics_in
from accord.people.models import Employee, OrgUnit, OrgUnitClosure


@dataclass(frozen=True)
class Member:
    """Somebody below the root. `leads` is the unit whose whole they answer for, instead of a part of their own."""

    employee: Employee
    version: AssessmentModelVersion | None
    carries: bool
    days: int
    present: Decimal
    leads: int | None = None

    @property
    def key(self) -> str:
        """The key of their node."""
        return f"e{self.employee.pk}"


@dataclass(frozen=True)
class Roster:
    """The units from the root down, parents first, and all people in them by number."""

    root: OrgUnit
    units: Sequence[OrgUnit]
    members: Sequence[Member]


def roster(decomposition: Decomposition, settings: Settings) -> Roster:
    """Everybody below the root who works here in the cycle; the same four statements for ten and for ten thousand."""
    units = units_below(decomposition.root)
    versions = published_versions()
    recommended = set(_recommending(decomposition.metric_id))
    heads = {unit.head_id: unit.pk for unit in reversed(units) if unit.head_id}
    cycle = decomposition.cycle
    of = days_present(cycle.starts_on, cycle.ends_on, None, None)
    members = []
    for person in people_below(decomposition.root):
        version = versions.get(person.position_id)
        held = metrics_in(version.body) if version else set()
        away = settings.away.get(f"e{person.pk}", of if person.status == Employee.Status.ON_LEAVE else 0)
        days = days_present(cycle.starts_on, cycle.ends_on, person.hired_on, person.left_on, away)
        carries = decomposition.metric_id in held if version else person.position_id in recommended
        if days or person.status == Employee.Status.ON_LEAVE:
            members.append(Member(person, version, carries, days, presence(days, of), heads.get(person.pk)))
    return Roster(decomposition.root, units, _with_leaders(members, units))


def units_below(root: OrgUnit) -> list[OrgUnit]:
    """The units in the tree of `root`, those nearer to it first."""
    rows = OrgUnitClosure.objects.filter(ancestor=root).select_related("descendant")
    return [row.descendant for row in rows.order_by("depth", "descendant__path")]


def people_below(root: OrgUnit) -> QuerySet[Employee]:
    """The people in the tree of `root` who work here, by number."""
    tree = OrgUnitClosure.objects.filter(ancestor=root).values("descendant_id")
    people = Employee.objects.filter(org_unit__in=tree).exclude(status=Employee.Status.LEFT)
    return people.select_related("position", "org_unit").order_by("employee_no", "id")


def published_versions() -> dict[int, AssessmentModelVersion]:
    """The published version of the model of each position that has one."""
    state = AssessmentModelVersion.State.PUBLISHED
    versions = AssessmentModelVersion.objects.filter(state=state, assessment_model__positions__isnull=False)
    pairs = versions.values_list("assessment_model__positions", "pk").order_by("published_at", "pk")
    found = {version.pk: version for version in versions.select_related("assessment_model").distinct()}
    return {position: found[pk] for position, pk in pairs}


def _recommending(metric_id: int) -> Iterable[int]:
    """The positions whose map recommends a metric."""
    rows = RecommendedKpi.objects.filter(metric=metric_id)
    return rows.values_list("core_output__position", flat=True).distinct()


def _with_leaders(members: Sequence[Member], units: Sequence[OrgUnit]) -> list[Member]:
    """Heads answer for their unit only where somebody else below it carries a part; otherwise they carry one."""
    above = _lines_up(units)
    leading = {member.leads: member for member in members if member.leads and member.carries}
    served = {
        unit
        for member in members
        if member.carries
        for unit in above[member.employee.org_unit_id]
        if unit in leading and leading[unit] is not member
    }
    return [member if member.leads in served else _plain(member) for member in members]


def _plain(member: Member) -> Member:
    return Member(member.employee, member.version, member.carries, member.days, member.present)


def _lines_up(units: Sequence[OrgUnit]) -> Mapping[int, tuple[int, ...]]:
    """The units above each, itself first, up to the root."""
    found: dict[int, tuple[int, ...]] = {}
    for unit in units:
        found[unit.pk] = (unit.pk, *found.get(unit.parent_id or 0, ()))
    return found
