"""The tree that a target runs down: units and people with their shares, by the rules of the settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from accord.domain.decomposition.bases import Basis, by_hand, by_last
from accord.domain.decomposition.chains import Child, Node
from accord.domain.decomposition.settings import Settings
from accord.domain.decomposition.sums import EXACT
from accord.goals.queries.decomposition.history import Reached
from accord.goals.queries.decomposition.roster import Member, Roster
from accord.metrics.models import Metric
from accord.people.models import OrgUnit

_ONE, _ZERO = Decimal(1), Decimal(0)
_FINE = Decimal(1).scaleb(-12)


@dataclass(frozen=True)
class Pull:
    """What a node brings into the split of the node above it; None where nothing was reached before."""

    present: Decimal
    capacity: Decimal
    last: Decimal | None
    rates: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A unit, the people directly in a unit that has others below it (`d3`), or a person, with what lies below."""

    key: str
    pull: Pull
    unit: OrgUnit | None = None
    member: Member | None = None
    below: tuple[Branch, ...] = ()
    leaders: tuple[Member, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.member is not None


@dataclass(frozen=True)
class Ground:
    """What shares are worked out from: settings, what was reached, and the metrics it was reached in."""

    settings: Settings
    reached: Reached
    base: Metric
    rates: Sequence[Metric]
    lock_numbers: Mapping[int, int]


def grow(roster: Roster, ground: Ground) -> tuple[Branch, Node] | None:
    """The tree from the root down, as it is shown and as it is split; None where nobody carries the metric."""
    places: defaultdict[int, list[Member]] = defaultdict(list)
    leaders: defaultdict[int, list[Member]] = defaultdict(list)
    for member in roster.members:
        if member.carries:
            (leaders if member.leads else places)[member.leads or member.employee.org_unit_id].append(member)
    branches: dict[int, Branch] = {}
    below: defaultdict[int, list[Branch]] = defaultdict(list)
    known = {unit.pk for unit in roster.units}
    for unit in reversed(roster.units):
        units = tuple(reversed(below[unit.pk]))
        people = tuple(_person(member, ground) for member in places[unit.pk])
        if not units and not people:
            continue
        if units and people:
            units, people = (*units, _gathered(f"d{unit.pk}", unit, people, (), ground)), ()
        branch = _gathered(f"u{unit.pk}", unit, units or people, tuple(leaders[unit.pk]), ground)
        branches[unit.pk] = branch
        if unit.parent_id in known:
            below[unit.parent_id].append(branch)
    root = branches.get(roster.root.pk)
    return (root, _node(root, Child(_ONE), ground)) if root else None


def walk(branch: Branch, depth: int = 0) -> Iterator[tuple[Branch, int]]:
    """A branch and all below it, from the top down, each with its depth."""
    yield branch, depth
    for each in branch.below:
        yield from walk(each, depth + 1)


def _person(member: Member, ground: Ground) -> Branch:
    pk = member.employee.pk
    capacity = ground.settings.weights.get(member.key, _ONE) * member.present
    rates = tuple(ground.reached.get((rate.pk, pk)) for rate in ground.rates)
    return Branch(
        member.key, Pull(member.present, capacity, ground.reached.get((ground.base.pk, pk)), rates), member=member
    )


def _gathered(
    key: str, unit: OrgUnit, below: tuple[Branch, ...], leaders: tuple[Member, ...], ground: Ground
) -> Branch:
    """What a unit brings: its people taken together, each rate weighted by what was reached at it."""
    pulls = [branch.pull for branch in below]
    is_known = any(pull.last is not None for pull in pulls)
    with localcontext(EXACT):
        lasts = _lasts(pulls, people=below[0].is_person)
        rates = tuple(_mean([pull.rates[place] for pull in pulls], lasts) for place in range(len(ground.rates)))
        capacity = ground.settings.weights.get(key, sum((pull.capacity for pull in pulls), _ZERO))
        pull = Pull(
            sum((pull.present for pull in pulls), _ZERO),
            capacity,
            sum(lasts, _ZERO) if is_known else None,
            rates,
        )
    return Branch(key, pull, unit=unit, below=below, leaders=leaders)


def _lasts(pulls: Sequence[Pull], *, people: bool) -> list[Decimal]:
    """What each reached before. A newcomer counts as the mean of the others, a new unit as their mean by the head."""
    present = [pull.present for pull in pulls]
    if people:
        return by_last([pull.last for pull in pulls], present)
    with localcontext(EXACT):
        by_head = [pull.last / pull.present if pull.last is not None and pull.present else None for pull in pulls]
        return by_last([None if each is None else each.quantize(_FINE) for each in by_head], present)


def _mean(values: Sequence[Decimal | None], weights: Sequence[Decimal]) -> Decimal | None:
    """The weighted mean of the values there are."""
    pairs = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None and weight]
    if not pairs:
        return None
    whole = sum((weight for _, weight in pairs), _ZERO)
    return (sum((value * weight for value, weight in pairs), _ZERO) / whole).quantize(_FINE)


def _node(branch: Branch, child: Child, ground: Ground) -> Node:
    children = _children(branch.below, ground)
    nodes = tuple(_node(each, one, ground) for each, one in zip(branch.below, children, strict=True))
    return Node(branch.key, child, nodes)


def _children(branches: Sequence[Branch], ground: Ground) -> list[Child]:
    """What the branches below one are to each other."""
    shares = _shares(branches, ground.settings)
    ones = [_ONE] * len(branches)
    columns = []
    for place in range(len(ground.rates)):
        values = [branch.pull.rates[place] for branch in branches]
        columns.append(by_last(values, ones) if ground.settings.own_rates else ones)
    locks = [_locks(branch.key, ground) for branch in branches]
    rates = list(zip(*columns, strict=True)) if columns else [()] * len(branches)
    return [Child(*one) for one in zip(shares, rates, locks, strict=True)]


def _shares(branches: Sequence[Branch], settings: Settings) -> list[Decimal]:
    people = bool(branches) and branches[0].is_person
    basis = settings.people if people else settings.units
    pulls = [branch.pull for branch in branches]
    present = [pull.present for pull in pulls]
    if basis == Basis.LAST:
        return _lasts(pulls, people=people)
    if basis == Basis.HEADCOUNT:
        return present
    if basis == Basis.CAPACITY:
        return [pull.capacity for pull in pulls]
    if basis == Basis.HAND:
        return by_hand([settings.weights.get(branch.key) for branch in branches])
    return [_ONE] * len(branches)


def _locks(key: str, ground: Ground) -> dict[int, Decimal]:
    cells = ground.settings.locks.get(key, {})
    return {ground.lock_numbers[metric]: value for metric, value in cells.items() if metric in ground.lock_numbers}
