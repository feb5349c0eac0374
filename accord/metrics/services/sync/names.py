"""Whose rows they are: what a source calls somebody, and who that is here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.db.models import Count

from accord.domain.row_mapping import By
from accord.metrics.models import Connection, Identity, MappedRow
from accord.metrics.services.frames import FEW
from accord.people.access import ImportReach, import_reach
from accord.people.models import Employee, OrgUnit

Named = tuple[str, str]
"""How somebody is named, and the name."""

_FOLDED = frozenset({By.EMPLOYEE_NO, By.EMAIL, By.ACCOUNT})
_LONGEST = 200


def as_named(by: By, name: str) -> Named:
    """The name in the one spelling that it is kept in."""
    text = " ".join(name.split())
    if by is By.UNIT_PATH:
        text = re.sub(r"\s*/\s*", "/", text).strip("/")
    return by.value, (text.casefold() if by in _FOLDED else text)[:_LONGEST]


def identities_of(of: Connection, names: Collection[Named]) -> dict[Named, Identity]:
    """The identity of each of `names`; those that were not there yet are made, and matched if that is possible."""
    known = _known(of, names)
    missing = [Identity(connection=of, by=by, name=name) for by, name in sorted(set(names) - known.keys())]
    if missing:
        match(missing, reach_of(of))
        Identity.objects.bulk_create(missing, ignore_conflicts=True, batch_size=500)
        known = _known(of, names)
    return known


def match_waiting(of: Connection) -> list[int]:
    """Try those who wait for a match once more, as people join and addresses are added; the keys of those matched."""
    waiting = list(Identity.objects.filter(connection=of, employee=None, org_unit=None, is_ignored=False))
    matched = match(waiting, reach_of(of)) if waiting else []
    Identity.objects.bulk_update(matched, ["employee", "org_unit"], batch_size=500)
    return [identity.pk for identity in matched]


def match(identities: Iterable[Identity], reach: ImportReach | None) -> list[Identity]:
    """Say who `identities` are where that is beyond doubt and within `reach`; returns those that were matched."""
    matched = []
    for by, some in _by_kind(identities).items():
        found = candidates(by, [identity.name for identity in some])
        for identity in some:
            subjects = found.get(identity.name, ())
            if len(subjects) == 1 and is_within(subjects[0], reach):
                _settle(identity, subjects[0])
                matched.append(identity)
    return matched


def candidates(by: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The subjects that could be meant by each of `names`; people who left among them, for their rows are history."""
    if by == By.UNIT_PATH:
        return {path: (-pk,) for pk, path in OrgUnit.objects.filter(path__in=list(names)).values_list("pk", "path")}
    found: dict[str, list[int]] = {}
    wanted = set(names)
    people = Employee.objects.order_by("pk")
    if by == By.NAME and len(wanted) <= FEW:
        people = people.filter(name__in=wanted)
    for pk, number, mail, name in people.values_list("pk", "employee_no", "email", "name").iterator(5_000):
        for spelling in _spellings(by, number, mail or "", name):
            if spelling in wanted and pk not in found.setdefault(spelling, []):
                found[spelling].append(pk)
    return {name: tuple(subjects) for name, subjects in found.items() if subjects}


def subject_of(identity: Identity) -> int:
    """Whose rows of this identity are; MappedRow.NOBODY while that is not known."""
    if identity.is_ignored:
        return MappedRow.NOBODY
    return identity.employee_id or -(identity.org_unit_id or 0)


def reach_of(of: Connection) -> ImportReach | None:
    """About whom the owner of a connection may bring in numbers; None is everybody.

    A connection without an owner was made by whoever runs the installation. Somebody who left, or who has no account,
    may vouch for nobody: new names wait for somebody who may.
    """
    if of.owner is None:
        return None
    if of.owner.user is None:
        return ImportReach(frozenset(), frozenset())
    return import_reach(of.owner.user)


def is_within(subject: int, reach: ImportReach | None) -> bool:
    """Whether `subject` is within `reach`."""
    return reach is None or (subject in reach.employees if subject > 0 else -subject in reach.units)


def count_rows_of(identities: Collection[int]) -> None:
    """Write down in how many rows each of `identities` stands."""
    counted = MappedRow.objects.filter(identity__in=list(identities)).values("identity").annotate(rows=Count("pk"))
    rows = {row["identity"]: row["rows"] for row in counted}
    changed = []
    for identity in Identity.objects.filter(pk__in=list(identities)):
        if identity.rows != rows.get(identity.pk, 0):
            identity.rows = rows.get(identity.pk, 0)
            changed.append(identity)
    Identity.objects.bulk_update(changed, ["rows"], batch_size=500)


def _known(of: Connection, names: Collection[Named]) -> dict[Named, Identity]:
    identities = Identity.objects.filter(connection=of)
    if len(names) <= 500:
        identities = identities.filter(name__in={name for _, name in names})
    wanted = set(names)
    return {(each.by, each.name): each for each in identities if (each.by, each.name) in wanted}


def _by_kind(identities: Iterable[Identity]) -> dict[str, list[Identity]]:
    found: dict[str, list[Identity]] = {}
    for identity in identities:
        found.setdefault(identity.by, []).append(identity)
    return found


def _spellings(by: str, number: str, mail: str, name: str) -> set[str]:
    if by == By.EMPLOYEE_NO:
        return {number.casefold()}
    if by == By.EMAIL:
        return {mail.casefold()} if mail else set()
    if by == By.NAME:
        return {" ".join(name.split())}
    # An account is usually the part of the address before the @, and in some systems the number.
    return {mail.partition("@")[0].casefold(), number.casefold(), mail.casefold()} - {""}


def _settle(identity: Identity, subject: int) -> None:
    if subject > 0:
        identity.employee_id = subject
    else:
        identity.org_unit_id = -subject
