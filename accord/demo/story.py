"""The numbers of 远航电商, week by week: believable noise around the targets, and the slips that the tour tells of."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from accord.demo.company import COMPANY, Person
from accord.demo.targets import QUOTAS, SLIPS, STORE_DEPARTMENT, STORE_GROUPS
from accord.goals.shipped import shipped_metrics

HISTORY = {"week": 39, "month": 9, "quarter": 3}
"""Three quarters of history, in periods of each frequency."""


@dataclass(frozen=True)
class Reading:
    """One value; `ago` counts periods of its frequency back from the newest that has ended.

    `subject` is an employee number or a unit path.
    """

    subject: str
    metric: str
    every: str
    ago: int
    value: float


@dataclass(frozen=True)
class _Trait:
    down: bool
    decimals: int
    unit: str
    every: str


def readings(staff: list[Person]) -> list[Reading]:
    """All values of all weeks, the same for the same people on every call."""
    traits = {
        name: _Trait(
            bool(entry.get("down")), entry.get("decimals", 0), entry.get("unit", ""), entry.get("every", "week")
        )
        for name, entry in shipped_metrics().items()
    }
    slips = _slips(staff)
    found = [
        Reading(person.employee_no, metric, trait.every, ago, _value(person, metric, target, ago, slips, trait))
        for person in staff
        for metric, _, target in QUOTAS.get(person.position, ())
        for trait in (traits[metric],)
        for ago in range(HISTORY[trait.every])
    ]
    found = _with_true_gmv(found, staff)
    return found + list(_units(found, staff))


def _value(
    person: Person, metric: str, target: float, ago: int, slips: dict[tuple[str, str], dict[int, float]], trait: _Trait
) -> float:
    share = slips.get((person.employee_no, metric), {}).get(ago) or _usual(person, metric, ago)
    value = target * (2 - share) if trait.down else target * share
    if trait.unit == "%" and not trait.down:
        value = min(value, 99.9)
    return round(max(value, 0), trait.decimals)


def _usual(person: Person, metric: str, ago: int) -> float:
    """Attainment in an ordinary week: mostly a little above the target, now and then below."""
    dice = random.Random(f"{person.employee_no} {metric} {ago}")  # noqa: S311 (a story, not a secret)
    strength = random.Random(f"{person.employee_no} {metric}").gauss(1.075, 0.02)  # noqa: S311
    return min(max(dice.gauss(strength, 0.035), 0.8), 1.3)


def _slips(staff: list[Person]) -> dict[tuple[str, str], dict[int, float]]:
    order: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in staff:
        for metric, _, _ in QUOTAS.get(person.position, ()):
            order[person.org_unit.rpartition("/")[2], metric].append(person.employee_no)
    return {(order[group, metric][which], metric): slip.attainment for (group, metric, which), slip in SLIPS.items()}


def _with_true_gmv(found: list[Reading], staff: list[Person]) -> list[Reading]:
    """GMV of a store is what its visitors, conversion and order value make it, in units of ten thousand."""
    stores = {person.employee_no for person in staff if person.position == "店铺运营"}
    by_key = {(each.subject, each.metric, each.ago): each.value for each in found}
    return [
        replace(each, value=_gmv(by_key, each)) if each.metric == "GMV" and each.subject in stores else each
        for each in found
    ]


def _gmv(by_key: dict[tuple[str, str, int], float], each: Reading) -> float:
    visitors, conversion, order = (by_key[each.subject, metric, each.ago] for metric in ("访客数", "转化率", "客单价"))
    return round(visitors * conversion / 100 * order / 10_000, 2)


def _units(found: list[Reading], staff: list[Person]) -> Iterator[Reading]:
    """The store groups and their department as units: visitors and GMV add up, the rates follow from the orders."""
    by_key = {(each.subject, each.metric, each.ago): each.value for each in found}
    for unit in (STORE_DEPARTMENT, *STORE_GROUPS):
        path = f"{COMPANY}/{unit}"
        stores = [each.employee_no for each in staff if _is_within(each.org_unit, path) and each.position == "店铺运营"]
        for ago in range(HISTORY["week"]):
            visitors = sum(by_key[store, "访客数", ago] for store in stores)
            orders = sum(by_key[store, "访客数", ago] * by_key[store, "转化率", ago] / 100 for store in stores)
            gmv = sum(by_key[store, "GMV", ago] for store in stores)
            yield Reading(path, "访客数", "week", ago, visitors)
            yield Reading(path, "GMV", "week", ago, round(gmv, 2))
            yield Reading(path, "转化率", "week", ago, round(orders / visitors * 100, 2))
            yield Reading(path, "客单价", "week", ago, round(gmv * 10_000 / orders, 2))


def _is_within(unit: str, path: str) -> bool:
    return unit == path or unit.startswith(f"{path}/")
