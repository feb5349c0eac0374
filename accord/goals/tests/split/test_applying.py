"""Handing out: draft agreements for everybody, the record of it, and what two people at once may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.domain.assessment_model import Dimension, Item, Model
from accord.domain.decomposition.bases import Season
from accord.domain.decomposition.settings import Settings, read_settings
from accord.domain.wording import Text
from accord.foundation.models import Event
from accord.goals.errors.decomposition import (
    CannotDecompose,
    DecompositionApplied,
    DecompositionChanged,
    NobodyCarries,
)
from accord.goals.models import (
    AgreementLine,
    AgreementTerms,
    AssessmentModel,
    AssessmentModelVersion,
    Cycle,
    Decomposition,
    Kpi,
    KpiTarget,
)
from accord.goals.services.decomposition.applying import apply
from accord.goals.services.decomposition.changing import change
from accord.goals.services.decomposition.starting import discard, start
from accord.goals.tests.split.builders import BEFORE, Shop, begun, reach, shop
from accord.metrics.models import Metric, Series
from accord.people.models import Employee, Position
from accord.workflow.models import ArchiveAbout, ArchiveEntry
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Shop:
    return shop(cast, {"北美组": 3, "欧洲组": 1})


def lines_of(person: Employee) -> dict[str, AgreementLine]:
    lines = AgreementLine.objects.filter(terms__agreement__employee=person).select_related("metric")
    return {line.metric.name: line for line in lines}


def model_for(position: str, *items: Item) -> AssessmentModelVersion:
    model = AssessmentModel.objects.create(code="store", name="店铺运营")
    model.positions.add(Position.objects.get(name=position))
    body = Model((Dimension("result", Text("业绩结果"), items),)).as_json()
    return AssessmentModelVersion.objects.create(assessment_model=model, number=1, body=body, state="published")


def test_everybody_who_carries_the_metric_gets_a_draft_agreement(made, cast) -> None:
    drafted = apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    assert len(drafted.created) == 6
    line = lines_of(made.people["欧洲组"][0])["GMV"]
    assert (line.weight, line.terms.state) == (1, AgreementTerms.State.DRAFT)
    assert line.terms.agreement.manager == made.leaders["欧洲组"]
    assert cycle_total(line, made.cycle) == 250
    assert cycle_total(lines_of(made.leaders["北美组"])["GMV"], made.cycle) == 750


def cycle_total(line: AgreementLine, cycle: Cycle) -> Decimal:
    """What the targets of all weeks of the cycle come to."""
    weeks = 13
    others = {key: Decimal(target) for first, last, target in line.schedule for key in range(first, last + 1)}
    return sum(others.values()) + (weeks - len(others)) * line.target


def test_the_whole_table_is_kept_and_announced(made, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    apply(decomposition, 0, cast.executive_chen)
    decomposition.refresh_from_db()
    assert decomposition.state == Decomposition.State.APPLIED
    rows = {row["name"]: row for row in decomposition.result["rows"]}
    assert rows["北美组"]["values"] == {str(made.gmv.pk): "750"}
    assert (rows["北美组1"]["outcome"], rows["北美组主管"]["leads"]) == ("created", True)
    assert decomposition.result["others"][0] == {
        "key": f"e{made.head.pk}", "name": "周敏", "no": "S001", "position": "运营总监", "outcome": "skipped",
        "reason": "没有承接该指标，也没有考核模型",
    }  # fmt: skip
    event = Event.objects.get(name="decomposition.applied")
    assert event.payload == {"decomposition_id": decomposition.pk, "created": 6, "updated": 0, "skipped": 1}
    entry = ArchiveEntry.objects.get(kind="decomposition.applied")
    assert ArchiveAbout.objects.filter(entry=entry).count() == 7


def test_the_model_of_the_position_decides_lines_and_weights(made, cast) -> None:
    quality = Metric.objects.create(name="客户满意度", unit="%", aggregation="mean")
    items = (
        Item(made.gmv.pk, Decimal("0.6"), Decimal(26), target_max=Decimal(30), threshold=Decimal(13), why="主业"),
        Item(quality.pk, Decimal("0.4"), Decimal(92)),
    )
    version = model_for("店铺运营", *items)
    apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    lines = lines_of(made.people["欧洲组"][0])
    assert {name: line.weight for name, line in lines.items()} == {"GMV": Decimal("0.6"), "客户满意度": Decimal("0.4")}
    assert (lines["GMV"].target, lines["GMV"].target_max) == (Decimal("19.23"), Decimal(30))
    assert lines["GMV"].threshold == Decimal("9.615")
    assert (lines["客户满意度"].target, lines["GMV"].why) == (Decimal(92), "主业")
    assert lines["GMV"].terms.agreement.model_version == version


def test_a_model_without_the_metric_still_makes_the_agreement(made, cast) -> None:
    model_for("运营总监", Item(made.factors[1].pk, Decimal(1), Decimal("2.4")))
    apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    assert list(lines_of(made.head)) == ["转化率"]


def test_a_model_that_left_the_metric_out_overrules_the_position_map(made, cast) -> None:
    model_for("店铺运营", Item(made.factors[1].pk, Decimal(1), Decimal("2.4")))
    decomposition = begun(made, cast.executive_chen)
    apply(decomposition, 0, cast.executive_chen)
    assert list(lines_of(made.people["北美组"][0])) == ["转化率"]
    # Nobody but the leaders is left to carry it, so each carries a part.
    assert cycle_total(lines_of(made.leaders["北美组"])["GMV"], made.cycle) == 500


def test_without_a_model_the_kpis_of_the_last_cycle_come_along(made, cast) -> None:
    person = made.people["北美组"][0]
    last = Cycle.objects.create(name="2026-Q3", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))
    for metric, weight, target in ((made.factors[1], "0.7", "2.4"), (made.factors[2], "0.3", "190")):
        series = Series.objects.create(metric=metric, employee=person)
        kpi = Kpi.objects.create(cycle=last, series=series, weight=Decimal(weight))
        bounds = {name: Decimal(target) for name in ("target", "green_from", "yellow_from")}
        KpiTarget.objects.create(
            kpi=kpi,
            series=series,
            from_period=BEFORE[0].key,
            to_period=BEFORE[-1].key,
            **bounds,
        )
    apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    lines = lines_of(person)
    assert {name: line.weight for name, line in lines.items()} == {
        "GMV": Decimal("0.33"), "转化率": Decimal("0.469"), "客单价": Decimal("0.201"),
    }  # fmt: skip


def test_the_season_of_what_was_reached_fills_the_schedule(made, cast) -> None:
    person = made.people["欧洲组"][0]
    for each in (person, *made.people["北美组"]):
        reach(each, made.gmv, "10", "30", "20")
    decomposition = begun(made, cast.executive_chen)
    settings = replace(read_settings(decomposition.settings), season=Season.BEFORE)
    change(decomposition, 0, settings, cast.executive_chen)
    apply(decomposition, 1, cast.executive_chen)
    line = lines_of(person)["GMV"]
    heaviest = max(line.schedule, key=lambda run: Decimal(run[2]))
    assert heaviest == [made_week(7), made_week(7), "28.85"]
    assert cycle_total(line, made.cycle) == 250


def made_week(place: int) -> int:
    """The key of a week of the cycle, counted from 1."""
    return 2_000_000 + (date(2026, 9, 28) - date(1, 1, 1)).days // 7 + place - 1


def test_who_joins_within_the_cycle_has_targets_from_then_on(made, cast) -> None:
    person = made.people["欧洲组"][0]
    Employee.objects.filter(pk=person.pk).update(hired_on=date(2026, 12, 14))
    apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    line = lines_of(person)["GMV"]
    assert line.terms.agreement.starts_on == date(2026, 12, 14)
    share = Decimal(1000) * 18 / (92 * 3 + 18)
    assert line.target == pytest.approx(share / 2, abs=Decimal("0.01"))


def test_the_factors_of_a_product_come_to_those_who_have_them(made, cast) -> None:
    visitors, conversion, value = made.factors
    items = [Item(metric.pk, Decimal("0.25"), Decimal(1)) for metric in (made.gmv, visitors, conversion, value)]
    model_for("店铺运营", *items)
    for rate, reached in ((conversion, "2.4"), (value, "190")):
        reach(made.people["北美组"][0], rate, reached)
    apply(begun(made, cast.executive_chen, product=True), 0, cast.executive_chen)
    lines = lines_of(made.people["北美组"][0])
    assert lines["转化率"].target == Decimal("2.4")
    assert abs(lines["客单价"].target - 190) < Decimal("0.01")
    assert lines["访客数"].schedule
    assert not lines["转化率"].schedule


def test_somebody_on_leave_for_the_whole_cycle_gets_none_and_the_reason(made, cast) -> None:
    away = made.people["北美组"][0]
    Employee.objects.filter(pk=away.pk).update(status=Employee.Status.ON_LEAVE)
    decomposition = begun(made, cast.executive_chen)
    apply(decomposition, 0, cast.executive_chen)
    row = next(row for row in decomposition.result["rows"] if row["key"] == f"e{away.pk}")
    assert (row["outcome"], row["reason"]) == ("skipped", "整个周期休假")
    assert not lines_of(away)


def test_handing_out_again_from_another_one_brings_drafts_up_to_date(made, cast) -> None:
    apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    again = begun(made, cast.executive_chen, "2000")
    drafted = apply(again, 0, cast.executive_chen)
    assert (len(drafted.created), len(drafted.updated)) == (0, 6)
    assert cycle_total(lines_of(made.people["欧洲组"][0])["GMV"], made.cycle) == 500


def test_only_one_of_two_wins(made, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    twin = Decomposition.objects.get(pk=decomposition.pk)
    settings = read_settings(decomposition.settings)
    change(decomposition, 0, settings, cast.executive_chen, target=Decimal(900))
    with pytest.raises(DecompositionChanged):
        change(twin, 0, settings, cast.executive_chen)
    with pytest.raises(DecompositionChanged):
        apply(twin, 0, cast.executive_chen)
    with pytest.raises(DecompositionChanged):
        discard(twin, 0, cast.executive_chen)
    apply(decomposition, 1, cast.executive_chen)
    for edition in (1, 2):
        with pytest.raises(DecompositionApplied):
            apply(twin, edition, cast.executive_chen)
    with pytest.raises(DecompositionApplied):
        change(twin, 2, settings, cast.executive_chen)
    assert Event.objects.filter(name="decomposition.applied").count() == 1


def test_a_lock_beyond_the_total_changes_nothing_and_names_the_unit(made, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    person = made.people["北美组"][0]
    locks = {f"e{person.pk}": {made.gmv.pk: Decimal(800)}}
    with pytest.raises(CannotDecompose) as refused:
        change(decomposition, 0, replace(read_settings(decomposition.settings), locks=locks), cast.executive_chen)
    assert str(refused.value) == "北美组无法这样拆解：锁定的合计 800 已超过总数 750.00，请调低或解锁其中一项"
    assert Decomposition.objects.get(pk=decomposition.pk).edition == 0


def test_a_unit_without_anybody_who_carries_it_is_refused(made, cast) -> None:
    with pytest.raises(NobodyCarries):
        start(made.cycle, cast.service, made.plain, Decimal(10), cast.executive_chen)


def test_a_draft_can_be_discarded(made, cast) -> None:
    decomposition = begun(made, cast.executive_chen)
    discard(decomposition, 0, cast.executive_chen)
    assert not Decomposition.objects.exists()


def test_seventy_people_are_set_up_with_as_many_statements_as_ten(cast) -> None:
    made = shop(cast, {"北美组": 4, "欧洲组": 4})
    with CaptureQueriesContext(
        connection,
    ) as few:
        apply(begun(made, cast.executive_chen), 0, cast.executive_chen)
    Decomposition.objects.all().delete()
    AgreementLine.objects.all().delete()
    many = [_more(made, place) for place in range(60)]
    with CaptureQueriesContext(connection) as all_of_them:
        drafted = apply(begun(made, cast.executive_chen, "2600"), 0, cast.executive_chen)
    assert len(drafted.created) == 60
    assert len(many) + len(drafted.updated) == 70
    assert len(all_of_them) <= len(few) + 4
    settings: Settings = read_settings(Decomposition.objects.get().settings)
    assert settings.locks == {}


def _more(made: Shop, place: int) -> Employee:
    group = made.groups["北美组"]
    boss = made.leaders["北美组"]
    position = made.people["北美组"][0].position
    return Employee.objects.create(
        employee_no=f"M{place:03d}", name=f"新人{place}", org_unit=group, position=position, manager=boss
    )
