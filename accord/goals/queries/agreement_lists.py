"""Lists of agreements: where each stands, in the same few statements for ten as for ten thousand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import pgettext_lazy

from accord.foundation.errors import Text
from accord.foundation.requests import whole_number
from accord.goals.models import Agreement, AgreementTerms, Cycle
from accord.goals.queries.agreements import agreements_in_full
from accord.people.models import Employee, OrgUnit, OrgUnitClosure
from accord.workflow.models import DocumentParty

State = AgreementTerms.State

STANDS: dict[str, Text] = {
    "unproposed": pgettext_lazy("agreement", "not proposed yet"),
    "discussing": pgettext_lazy("agreement", "not agreed yet"),
    "signing": pgettext_lazy("agreement", "not signed yet"),
    "in_force": pgettext_lazy("agreement", "in force"),
    "refused": pgettext_lazy("agreement", "refused or lapsed"),
}
"""Where an agreement stands, in the order in which it goes on."""

NONE = "none"
"""Nobody has drafted anything yet."""


@dataclass(frozen=True)
class Row:
    """One agreement in a list, with the wording that is being worked on or the newest one."""

    agreement: Agreement
    stand: str
    terms: AgreementTerms | None

    @property
    def is_being_amended(self) -> bool:
        """Whether a change of what is in force is under way."""
        return self.stand == "in_force" and self.terms is not None and self.terms.state in AgreementTerms.UNFINISHED


def with_stands(agreements: QuerySet[Agreement]) -> QuerySet[Any]:
    """Agreements with `stand`, where they stand: a key of STANDS."""
    newest = AgreementTerms.objects.filter(agreement=OuterRef("pk")).order_by("-number")
    signed = AgreementTerms.objects.filter(agreement=OuterRef("pk"), state=State.SIGNED)
    return agreements.annotate(
        newest_state=Subquery(newest.values("state")[:1]), newest_proposed=Subquery(newest.values("proposed_at")[:1])
    ).annotate(
        stand=Case(
            When(Exists(signed), then=Value("in_force")),
            When(newest_state=State.DRAFT, newest_proposed=None, then=Value("unproposed")),
            When(newest_state=State.DRAFT, then=Value("discussing")),
            When(newest_state=State.SIGNING, then=Value("signing")),
            default=Value("refused"),
            output_field=CharField(),
        ),
        # What still waits for somebody comes first in a list.
        is_settled=Case(When(Exists(signed), then=Value(1)), default=Value(0)),
    )


def waiting_first(agreements: QuerySet[Agreement]) -> QuerySet[Any]:
    """Agreements with where they stand, those in force last, by unit and number."""
    order = ("is_settled", "employee__org_unit__path", "employee__employee_no", "starts_on")
    return with_stands(agreements).order_by(*order)


def counts_by_stand(agreements: QuerySet[Agreement]) -> dict[str, int]:
    """How many of some agreements stand where, in one statement."""
    rows = with_stands(agreements).order_by().values_list("stand").annotate(many=Count("pk"))
    found: dict[str, int] = dict(rows)
    return {stand: found.get(stand, 0) for stand in STANDS}


def rows_of(agreements: Sequence[Agreement]) -> list[Row]:
    """Agreements that carry their `stand` as rows, each with its newest wording; two statements for any number."""
    newest = newest_terms([agreement.pk for agreement in agreements])
    return [Row(agreement, getattr(agreement, "stand", ""), newest.get(agreement.pk)) for agreement in agreements]


def newest_terms(agreements: Iterable[int]) -> Mapping[int, AgreementTerms]:
    """The newest wording of each of some agreements, with who has signed."""
    rows = (
        AgreementTerms.objects.filter(agreement__in=list(agreements))
        .select_related("agreement__cycle", "agreement__employee", "agreement__manager", "document")
        .prefetch_related("document__parties__employee")
        .order_by("agreement", "number")
    )
    return {terms.agreement_id: terms for terms in rows}


def waiting_for(person: Employee) -> QuerySet[AgreementTerms]:
    """The wordings whose next step is `person`'s: to put before the other, to agree to or to sign."""
    manages, is_theirs = Q(agreement__manager=person), Q(agreement__employee=person)
    draft, proposed = Q(state=State.DRAFT), Q(proposed_at__isnull=False)
    to_sign = DocumentParty.objects.filter(
        document=OuterRef("document"), employee=person, state=DocumentParty.State.WAITING
    )
    return (
        AgreementTerms.objects.select_related("agreement__cycle", "agreement__employee__user")
        .filter(
            (draft & ~proposed & manages)
            | (draft & proposed & manages & Q(manager_agreed_at=None))
            | (draft & proposed & is_theirs & Q(employee_agreed_at=None))
            | (Q(state=State.SIGNING) & Exists(to_sign))
        )
        .order_by(F("proposed_at").asc(nulls_last=True), "agreement__employee__employee_no", "pk")
    )


def waiting_for_each(people: Collection[int]) -> dict[int, list[AgreementTerms]]:
    """The same for many people (their keys), the oldest first for each; two statements."""
    unfinished = AgreementTerms.objects.filter(state__in=AgreementTerms.UNFINISHED)
    terms = unfinished.select_related("agreement__cycle", "agreement__employee").prefetch_related("document__parties")
    sides = Q(agreement__manager__in=people) | Q(agreement__employee__in=people)
    signing = Exists(DocumentParty.objects.filter(document=OuterRef("document"), employee__in=people))
    found: dict[int, list[AgreementTerms]] = {}
    for each in terms.filter(sides | Q(signing)).order_by(F("proposed_at").asc(nulls_last=True), "pk"):
        for person in _next_of(each) & set(people):
            found.setdefault(person, []).append(each)
    return found


def _next_of(terms: AgreementTerms) -> set[int]:
    """Whose step is next, by the rules of `waiting_for`."""
    if terms.state == State.SIGNING:
        parties = terms.document.parties.all() if terms.document else ()
        return {party.employee_id for party in parties if party.state == DocumentParty.State.WAITING}
    sides = [(terms.agreement.manager_id, terms.manager_agreed_at)]
    if terms.proposed_at:
        sides.append((terms.agreement.employee_id, terms.employee_agreed_at))
    return {person for person, agreed_at in sides if person and agreed_at is None}


def agreements_of_people(
    people: QuerySet[Employee], cycle: Cycle, unit: OrgUnit | None = None, search: str = ""
) -> QuerySet[Agreement]:
    """The agreements of some people in a cycle, in a unit and all below it."""
    return agreements_in_full().filter(cycle=cycle, employee__in=_narrowed(people, unit, search))


def people_without(
    people: QuerySet[Employee], cycle: Cycle, unit: OrgUnit | None = None, search: str = ""
) -> QuerySet[Employee]:
    """Those of some people who work here, have a manager, and have no agreement in a cycle."""
    drafted = Agreement.objects.filter(cycle=cycle).values("employee_id")
    missing = _narrowed(people, unit, search).exclude(status=Employee.Status.LEFT).exclude(manager=None)
    missing = missing.exclude(pk__in=drafted)
    return missing.select_related("org_unit", "position", "manager").order_by("org_unit__path", "employee_no")


def _narrowed(people: QuerySet[Employee], unit: OrgUnit | None, search: str) -> QuerySet[Employee]:
    if unit is not None:
        people = people.filter(org_unit__in=OrgUnitClosure.objects.filter(ancestor=unit).values("descendant"))
    if search:
        people = people.filter(Q(name__icontains=search) | Q(employee_no__iexact=search))
    return people


def units_of(people: QuerySet[Employee]) -> QuerySet[OrgUnit]:
    """The units that some people belong to and those above them, by path: what a list can be narrowed to."""
    own = OrgUnitClosure.objects.filter(descendant__in=people.values("org_unit")).values("ancestor")
    return OrgUnit.objects.filter(pk__in=own).order_by("path")


def unit_among(units: QuerySet[OrgUnit], key: str) -> OrgUnit | None:
    """The unit with a key as an address has it, if it is one of these."""
    found = whole_number(key)
    return units.filter(pk=found).first() if found is not None else None
