"""Who a node asks: people found by its rules, all of whom work here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from accord.domain.flow_graph import Approver, By, Node, Then
from accord.foundation.clock import organisation_day
from accord.people.models import Employee, OrgUnitClosure, RoleGrant
from accord.people.queries.standing import held_on
from accord.workflow.models import FlowInstance
from accord.workflow.services.flows.statements import line_above

LEFT = Employee.Status.LEFT
UNIT_ROLES = (RoleGrant.Role.HRBP, RoleGrant.Role.ASSISTANT)
MEANT = (By.SELF, By.STARTER)


@dataclass(frozen=True)
class Found:
    """Keys of employees in the order they are asked. `explicit` are those a rule means as the person or the starter;
    `lacks_somebody` where one of the rules found nobody.
    """

    people: tuple[int, ...]
    explicit: frozenset[int] = frozenset()
    lacks_somebody: bool = False


class Finder:
    """Finds people for the nodes of one instance, each fact about the organisation asked for once."""

    def __init__(self, instance: FlowInstance) -> None:
        self.instance = instance
        # Employee → the place of the rule that found them at the node asked for last.
        self.found_by: dict[int, int] = {}

    def asked(self, node: Node) -> Found:
        """Everybody the rules of `node` find, each once; see `found_by` for which rule it was."""
        people: dict[int, None] = {}
        explicit: set[int] = set()
        lacks_somebody = False
        self.found_by = {}
        for at, rule in enumerate(node.approvers):
            found = self._by(rule, node)
            self.found_by = dict.fromkeys(found, at) | self.found_by
            people |= dict.fromkeys(found)
            lacks_somebody = lacks_somebody or not found
            if rule.by in MEANT:
                explicit |= set(found)
        return Found(tuple(people), frozenset(explicit), lacks_somebody)

    def instead(self, node: Node) -> tuple[int, ...]:
        """Whom the rule for an empty node asks; the administrator where the named have left too."""
        named = _numbered(node.empty.employees) if node.empty.then == Then.NAMED else []
        return tuple(named or administrators()[:1])

    def _by(self, rule: Approver, node: Node) -> list[int]:
        found: dict[By, Callable[[], list[int]]] = {
            By.NAMED: lambda: _numbered(rule.employees),
            By.ROLE: lambda: self._with_role(rule.role),
            By.MANAGER: lambda: self.line[rule.level - 1 : rule.level],
            By.MANAGERS: lambda: self.line[: rule.level],
            By.HEAD: lambda: self._head(rule.level),
            By.HRBP: self._partners,
            By.SELF: lambda: working([self.instance.person_id]),
            By.STARTER: lambda: working([self.instance.starter_id]),
            By.CHOSEN: lambda: working(self.instance.chosen.get(node.key, [])),
        }
        return found[rule.by]()

    @cached_property
    def line(self) -> list[int]:
        """The managers above the person who work here, the nearest first."""
        return line_above(self.instance.person_id)

    @cached_property
    def _units(self) -> list[int]:
        """The unit of the person and all above it, the nearest first."""
        above = OrgUnitClosure.objects.filter(descendant__employees=self.instance.person_id)
        return list(above.order_by("depth").values_list("ancestor_id", flat=True))

    def _head(self, level: int) -> list[int]:
        """The head of the unit `level` up, or of the nearest above it whose head works here.

        Nobody is asked about themselves as the head of their unit: there the unit above answers.
        """
        heads = dict(
            OrgUnitClosure.objects.filter(descendant__employees=self.instance.person_id, depth__gte=level - 1)
            .exclude(Q(ancestor__head=None) | Q(ancestor__head__status=LEFT))
            .values_list("depth", "ancestor__head_id")
        )
        return [heads[depth] for depth in sorted(heads) if heads[depth] != self.instance.person_id][:1]

    def _partners(self) -> list[int]:
        """The HR partners of the nearest unit that has one; not the person themselves."""
        grants = _held(RoleGrant.Role.HRBP).exclude(employee=self.instance.person_id)
        rows = list(grants.filter(org_unit__in=self._units).values_list("org_unit_id", "employee_id"))
        nearest = next((unit for unit in self._units if any(unit == row[0] for row in rows)), None)
        return [person for unit, person in rows if unit == nearest]

    def _with_role(self, role: str) -> list[int]:
        """Everybody with a role; a role over units only where it covers the unit of the person."""
        grants = _held(role)
        if role in UNIT_ROLES:
            grants = grants.filter(org_unit__in=self._units)
        return list(grants.values_list("employee_id", flat=True))


def administrators() -> list[int]:
    """Who answers where nobody is left: the administrators who work here, the one of longest standing first."""
    return list(_held(RoleGrant.Role.ADMINISTRATOR).values_list("employee_id", flat=True))


def successors_of(employee_id: int) -> list[int]:
    """Who may take over from somebody who left, the first choice first: their line, then the administrators."""
    people = dict.fromkeys((*line_above(employee_id), *administrators()))
    return [person for person in people if person != employee_id]


def working(keys: Sequence[int]) -> list[int]:
    """Those of the employees with these keys who work here, in the order given."""
    wanted = [key for key in keys if isinstance(key, int)]
    here = set(Employee.objects.filter(pk__in=wanted).exclude(status=LEFT).values_list("pk", flat=True))
    return [key for key in dict.fromkeys(wanted) if key in here]


def _numbered(numbers: tuple[str, ...]) -> list[int]:
    rows = dict(Employee.objects.filter(employee_no__in=numbers).exclude(status=LEFT).values_list("employee_no", "pk"))
    return [rows[number] for number in numbers if number in rows]


def _held(role: str) -> QuerySet[RoleGrant]:
    """The grants of a role that hold today, of people who work here."""
    grants = RoleGrant.objects.filter(held_on(organisation_day()), role=role).exclude(employee__status=LEFT)
    return grants.order_by("pk")
