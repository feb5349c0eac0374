"""The fit check is quiet on the demo company, and speaks about the one KPI that does not belong to its position."""

from __future__ import annotations

from datetime import date

import pytest

from accord.demo.targets import QUOTAS
from accord.domain.fit import FitLine
from accord.goals.models import Cycle, Objective
from accord.goals.queries.fit import fits_of
from accord.goals.services.position_map import install_shipped_map
from accord.metrics.queries.library import metrics_by_name
from accord.people.models import Position
from tests.cast import Cast


@pytest.mark.parametrize("has_objectives", [False, True])
def test_no_false_alarm_about_anybody_of_the_demo_company(cast: Cast, has_objectives: bool) -> None:
    install_shipped_map()
    quarter = Cycle.objects.create(name="2026-Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    if has_objectives:
        Objective.objects.create(cycle=quarter, org_unit=cast.company, title="做大复购")
    metrics = metrics_by_name({name for quotas in QUOTAS.values() for name, _weight, _target in quotas})
    carried = []
    for position, quotas in QUOTAS.items():
        row, _ = Position.objects.get_or_create(name=position)
        carried.append((row.pk, [FitLine(metrics[name].pk) for name, _weight, _target in quotas]))
    spoken = [misfit.sentence for misfits in fits_of(carried, quarter) for misfit in misfits]
    assert spoken == []


def test_what_does_not_belong_to_a_position_is_still_seen(cast: Cast) -> None:
    install_shipped_map()
    quarter = Cycle.objects.create(name="2026-Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    metrics = metrics_by_name(["转化率", "研发工时"])
    for position, name in (("客服专员", "转化率"), ("销售代表", "研发工时")):
        line = FitLine(metrics[name].pk)
        (misfits,) = fits_of([(Position.objects.get(name=position).pk, [line])], quarter)
        assert [misfit.code for misfit in misfits] == ["outside_family"], position
