"""Lights counted by unit: in every unit above, where people were then, and never mixed up with another's line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accord.alerts.models import UnitStatus
from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import after, aim, kpi, measure, week
from accord.domain.group_status import BANDS
from accord.domain.status import light_of
from accord.people.models import OrgUnit, Placement
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db

NOW = week(41)


def judge(period=NOW) -> None:
    evaluate([period], after(period))


def counts(unit: OrgUnit, period=NOW) -> tuple[int, int, int, int]:
    rows = list(UnitStatus.objects.filter(org_unit=unit, period=period.key))
    return tuple(sum(getattr(row, name) for row in rows) for name in ("red", "yellow", "green", "expected"))


def headed(unit: OrgUnit, head) -> OrgUnit:
    OrgUnit.objects.filter(pk=unit.pk).update(head=head)
    return unit


def test_a_light_counts_in_every_unit_above_and_in_no_other(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang), {NOW: 60})
    measure(kpi(cast.colleague), {NOW: 80})
    kpi(cast.manager_li)
    judge()
    assert counts(cast.east) == counts(cast.sales) == counts(cast.company) == (1, 1, 0, 3)
    assert counts(cast.service) == (0, 0, 0, 0)
    judge()
    assert counts(cast.east) == (1, 1, 0, 3)


def test_people_count_where_they_were_placed_then(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    measure(one, {NOW - 1: 60, NOW: 60})
    Placement.objects.filter(employee=cast.xiaozhang).update(valid_to=NOW.start - timedelta(days=1))
    Placement.objects.create(
        employee=cast.xiaozhang, org_unit=cast.service, position=cast.stranger.position, valid_from=NOW.start
    )
    judge(NOW - 1)
    judge()
    assert counts(cast.east, NOW - 1) == counts(cast.service) == (1, 0, 0, 1)
    assert counts(cast.east) == counts(cast.service, NOW - 1) == (0, 0, 0, 0)
    assert UnitStatus.objects.get(org_unit=cast.service, period=NOW.key).position == cast.stranger.position


def test_a_unit_answers_for_its_own_kpi_under_the_position_of_its_head(cast: Cast) -> None:
    headed(cast.east, cast.manager_li)
    measure(kpi(cast.east), {NOW: 100})
    measure(kpi(cast.service), {NOW: 100})
    judge()
    row = UnitStatus.objects.get(org_unit=cast.east, period=NOW.key)
    assert (row.green, row.position, row.of_one_line) == (1, cast.manager_li.position, True)
    assert UnitStatus.objects.get(org_unit=cast.service, period=NOW.key).position is None


def test_a_unit_is_of_one_line_while_its_head_leads_all_who_count_in_it(cast: Cast) -> None:
    headed(cast.east, cast.manager_li)
    headed(cast.company, cast.executive_chen)
    measure(kpi(cast.xiaozhang), {NOW: 60})
    judge()
    flags = dict(UnitStatus.objects.filter(period=NOW.key).values_list("org_unit", "of_one_line"))
    assert flags == {cast.east.pk: True, cast.sales.pk: False, cast.company.pk: True}
    guest = employee("A013", "借调者", cast.east, cast.stranger_manager)
    kpi(guest)
    judge()
    flags = dict(UnitStatus.objects.filter(period=NOW.key).values_list("org_unit", "of_one_line"))
    assert flags == {cast.east.pk: False, cast.sales.pk: False, cast.company.pk: True}


@pytest.mark.parametrize("lower", [False, True])
def test_bands_hold_what_attainment_says_and_agree_with_the_lights(cast: Cast, lower: bool) -> None:
    attained = ("0.3", "0.5", "0.749999", "0.75", "0.85", "0.949999", "0.95", "1", "1.05", "1.2", "1.9")
    expected = [0] * len(BANDS)
    for number, share in enumerate(attained):
        person = employee(f"B{number:03d}", f"新人{number}", cast.east, cast.manager_li)
        one = kpi(person, 100, direction="down" if lower else "up")
        value = 100 * (2 - Decimal(share) if lower else Decimal(share))
        measure(one, {NOW: value})
        light = light_of(value, Decimal(100), lower)
        (band,) = (
            place
            for place, band in enumerate(BANDS)
            if band.light is light
            and (band.lower is None or Decimal(share) >= Decimal(str(band.lower)))
            and (band.upper is None or Decimal(share) < Decimal(str(band.upper)))
        )
        expected[band] += 1
    judge()
    rows = UnitStatus.objects.filter(org_unit=cast.east)
    assert [sum(getattr(row, f"band_{place}") for row in rows) for place in range(len(BANDS))] == expected
    assert sum(row.red for row in rows) == expected[0] + expected[1]


def test_what_has_no_attainment_lies_in_no_band(cast: Cast) -> None:
    one = kpi(cast.xiaozhang)
    aim(one, 0)
    measure(one, {NOW: 0})
    judge()
    row = UnitStatus.objects.get(org_unit=cast.east, period=NOW.key)
    assert (row.green, sum(getattr(row, f"band_{place}") for place in range(len(BANDS)))) == (1, 0)
