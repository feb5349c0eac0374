"""What tests of decompositions need again and again: a shop with groups of people, metrics, and what they reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.domain.periods import Frequency, Period
from accord.goals.models import CoreOutput, Cycle, Decomposition, RecommendedKpi
from accord.goals.queries.decomposition.choices import Splittable
from accord.goals.services.decomposition.starting import start
from accord.metrics.models import Batch, Measurement, Metric, Series, Source
from accord.people.models import Employee, OrgUnit, Position
from tests.cast import Cast, employee, org_unit

CYCLE = (date(2026, 10, 1), date(2026, 12, 31))
BEFORE = [Period.parse(f"2026-W{week}", Frequency.WEEK) for week in (30, 33, 39)]


@dataclass(frozen=True)
class Shop:
    """A unit `shop` below 销售部 with groups; `people` by group, their leader not among them."""

    cycle: Cycle
    shop: OrgUnit
    groups: Mapping[str, OrgUnit]
    people: Mapping[str, list[Employee]]
    leaders: Mapping[str, Employee]
    head: Employee
    gmv: Metric
    factors: tuple[Metric, ...]

    @property
    def product(self) -> Splittable:
        return Splittable(self.gmv, self.factors)

    @property
    def plain(self) -> Splittable:
        return Splittable(self.gmv)


def shop(cast: Cast, groups: Mapping[str, int], *, position: str = "店铺运营") -> Shop:
    """A shop whose position map recommends GMV; the head of the shop and of each group leads it."""
    gmv = Metric.objects.create(name="GMV", name_en="GMV", unit="万元", decimals=2)
    factors = (
        Metric.objects.create(name="访客数", unit="人", decimals=0),
        Metric.objects.get_or_create(name="转化率", defaults={"unit": "%", "decimals": 2, "aggregation": "mean"})[0],
        Metric.objects.create(name="客单价", unit="元", decimals=2, aggregation="mean"),
    )
    unit = org_unit("远航电商/店铺部")
    head = employee("S001", "周敏", unit, cast.executive_chen, position="运营总监")
    OrgUnit.objects.filter(pk=unit.pk).update(head=head)
    units, people, leaders = {}, {}, {}
    for number, (name, many) in enumerate(groups.items(), start=1):
        group = org_unit(f"远航电商/店铺部/{name}")
        leader = employee(f"S{number}00", f"{name}主管", group, head, position="运营主管")
        OrgUnit.objects.filter(pk=group.pk).update(head=leader)
        units[name], leaders[name] = group, leader
        people[name] = [
            employee(f"S{number}{place:02d}", f"{name}{place}", group, leader, position=position)
            for place in range(1, many + 1)
        ]
    for post in (position, "运营主管"):
        recommend(post, gmv)
    cycle, _ = Cycle.objects.get_or_create(name="2026-Q4", defaults={"starts_on": CYCLE[0], "ends_on": CYCLE[1]})
    unit.refresh_from_db()
    return Shop(cycle, unit, units, people, leaders, head, gmv, factors)


def recommend(position: str, metric: Metric) -> None:
    post, _ = Position.objects.get_or_create(name=position)
    output, _ = CoreOutput.objects.get_or_create(position=post, name="成交额")
    RecommendedKpi.objects.create(core_output=output, metric=metric)


def reach(person: Employee, metric: Metric, *values: str, periods: list[Period] = BEFORE) -> None:
    """What somebody reached in the weeks before the cycle."""
    source, _ = Source.objects.get_or_create(name="ERP")
    batch, _ = Batch.objects.get_or_create(source=source)
    series, _ = Series.objects.get_or_create(metric=metric, employee=person)
    Measurement.objects.bulk_create(
        Measurement(period=period.key, series=series, value=Decimal(value), batch=batch, row=1)
        for period, value in zip(periods, values, strict=False)
    )


def begun(made: Shop, actor: Employee, target: str = "1000", *, product: bool = False) -> Decomposition:
    what = made.product if product else made.plain
    return start(made.cycle, made.shop, what, Decimal(target), actor)
