"""A version tried on a cycle that is over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.domain.periods import Frequency, Period
from accord.domain.status import light_bounds
from accord.goals.access.assessment_models import people_to_assign
from accord.goals.models import AssessmentModelVersion, Cycle, Kpi, KpiTarget
from accord.goals.queries.model_simulation import Simulation, distribution_chart, simulate
from accord.goals.tests.model.builders import body, draft, item, metric, model
from accord.metrics.models import Batch, Measurement, Series, Source
from accord.people.models import Employee, Position
from tests.cast import Cast, employee

TODAY = date(2026, 11, 28)


def ended() -> Cycle:
    return Cycle.objects.get_or_create(name="2026-Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))[0]


def measured(person: Employee, name: str, value: str, weight: str, target: str) -> None:
    """Give somebody a KPI with the same value in every month of the third quarter."""
    which = metric(name, frequency=Frequency.MONTH, aggregation="mean")
    series = Series.objects.get_or_create(metric=which, employee=person)[0]
    kpi = Kpi.objects.create(cycle=ended(), series=series, weight=Decimal(weight))
    months = [Period.of(date(2026, month, 1), Frequency.MONTH).key for month in (7, 8, 9)]
    green, yellow = light_bounds(Decimal(target), False)
    KpiTarget.objects.create(
        kpi=kpi,
        series=series,
        from_period=months[0],
        to_period=months[-1],
        target=Decimal(target),
        green_from=green,
        yellow_from=yellow,
    )
    batch = Batch.objects.create(source=Source.objects.get_or_create(name="CRM")[0], file_name="values.csv")
    Measurement.objects.bulk_create(
        Measurement(series=series, period=month, value=Decimal(value), batch=batch, row=1) for month in months
    )


def stricter(cast: Cast) -> AssessmentModelVersion:
    """A draft that asks for twice the contract value and for visits."""
    which = metric("签约额", frequency=Frequency.MONTH, aggregation="mean")
    visits = metric("拜访数", frequency=Frequency.MONTH, aggregation="mean")
    return draft(model(cast.hrbp_wang, body(item(which, "0.5", "200"), item(visits, "0.5", "10"))))


def tried(cast: Cast, version: AssessmentModelVersion, actor: Employee) -> Simulation:
    people = people_to_assign(actor.user, Position.objects.filter(name="销售代表"))
    return simulate(version, ended(), people, TODAY)


def test_it_says_who_would_move_by_how_much_and_who_has_no_total(cast: Cast) -> None:
    measured(cast.xiaozhang, "签约额", "100", "0.5", "100")
    measured(cast.xiaozhang, "拜访数", "12", "0.5", "10")
    measured(cast.colleague, "签约额", "100", "1", "100")
    found = tried(cast, stricter(cast), cast.hrbp_wang)
    moved = {each.employee.name: (each.before, each.after, each.change) for each in found.moved}
    assert moved == {"小张": (Decimal("110.00"), Decimal("85.00"), Decimal("-25.00"))}
    assert [(each.employee.name, each.before) for each in found.unscored] == [("小林", Decimal("100.00"))]
    assert "拜访数" in found.unscored[0].why
    assert (found.risers, found.fallers) == (0, 1)
    assert found.means == (Decimal("110.00"), Decimal("85.00"))
    assert [(band.label, band.before, band.after) for band in found.bands if band.before or band.after] == [
        ("80–90", 0, 1),
        ("≥ 110", 1, 0),
    ]
    assert distribution_chart(found)["series"][1]["data"] == [0, 0, 1, 0, 0, 0, 0][: len(found.bands)]


def test_nothing_is_kept_of_it(cast: Cast) -> None:
    measured(cast.xiaozhang, "签约额", "100", "1", "100")
    before = (Kpi.objects.count(), KpiTarget.objects.count())
    tried(cast, stricter(cast), cast.hrbp_wang)
    assert (Kpi.objects.count(), KpiTarget.objects.count()) == before


def test_an_administrator_designs_but_sees_nobodys_scores(cast: Cast) -> None:
    measured(cast.xiaozhang, "签约额", "100", "1", "100")
    version = stricter(cast)
    assert not tried(cast, version, cast.administrator).moved
    client = Client()
    client.force_login(cast.administrator.user)
    page = client.get(reverse("goals:model_simulation", args=[version.pk])).content.decode()
    assert "小张" not in page


def test_more_people_cost_no_more_statements(cast: Cast) -> None:
    version = stricter(cast)
    crowd = [employee(f"B{at:03}", f"员工{at}", cast.east, cast.manager_li) for at in range(20)]
    for person in crowd:
        measured(person, "签约额", "100", "0.5", "100")
        measured(person, "拜访数", "9", "0.5", "10")

    def statements(people: list[Employee]) -> int:
        some = Employee.objects.filter(pk__in=[each.pk for each in people]).select_related("position", "org_unit")
        with CaptureQueriesContext(connection) as asked:
            assert len(simulate(version, ended(), some, TODAY).moved) == len(people)
        return len(asked)

    assert statements(crowd[:5]) == statements(crowd[5:])
