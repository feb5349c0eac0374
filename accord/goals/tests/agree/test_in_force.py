"""Taking effect: which targets hold in which periods, what an amendment changes, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from accord.domain.periods import Period
from accord.foundation.models import Event
from accord.goals.errors import agreements as errors
from accord.goals.models import Agreement, AgreementTerms, Kpi, KpiTarget
from accord.goals.queries.agreements import agreement_of, base_of, terms_in_force
from accord.goals.services.agreements.amending import draft_amendment
from accord.goals.services.agreements.in_force import put_in_force
from accord.goals.services.agreements.terms import add_line, agree, edit_line, remove_line
from accord.goals.tests.agree.builders import (
    drafted,
    line,
    metric,
    on,
    quarter,
    signed,
    targets,
    two_lines,
    week,
    wording,
)
from accord.metrics.models import Metric, Series
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db
D = Decimal


def imported(cast: Cast, of: Metric, first: str, last: str, target: str = "20") -> KpiTarget:
    """A KPI that came with a file."""
    series, _ = Series.objects.get_or_create(employee=cast.xiaozhang, metric=of)
    kpi, _ = Kpi.objects.get_or_create(cycle=quarter(), series=series, line=None, defaults={"weight": D("0.5")})
    return KpiTarget.objects.create(
        kpi=kpi,
        series=series,
        from_period=week(first),
        to_period=week(last),
        target=D(target),
        green_from=D(19),
        yellow_from=D(15),
    )


def amended(agreement: Agreement, day: date, target: str, **more: object) -> AgreementTerms:
    """An amendment of the first metric's target, signed by both today."""
    terms = draft_amendment(agreement, agreement.manager, effective_on=day, reason="广告费用上调", **more)
    edit_line(terms, agreement.manager, 0, metric().pk, {"target": D(target)})
    return signed(agreement)


def test_signed_is_in_force_from_the_first_period_that_ends_in_the_agreement(cast: Cast) -> None:
    with on(date(2026, 10, 20)):
        agreement = drafted(cast.xiaozhang)
        terms = signed(agreement)
    assert (terms.state, terms.effective_on, terms.signed_at is not None) == ("signed", date(2026, 10, 1), True)
    # Week 40 ends on 4 October; week 53 ends next year.
    assert targets(agreement, metric()) == [("2026-W40", "2026-W52", D(24))]
    kpi = Kpi.objects.get(series__metric=metric())
    assert (kpi.weight, kpi.method, kpi.line.terms, kpi.cycle) == (D("0.6"), "completion_ratio", terms, quarter())
    target = kpi.targets.get()
    assert (target.green_from, target.yellow_from) == (D("22.8"), D(18))
    [event] = Event.objects.filter(name="kpis.changed")
    assert event.payload == {"ranges": [[week("2026-W40"), week("2026-W52")]]}


def test_putting_in_force_twice_changes_nothing(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        terms = signed(agreement)
        before = list(KpiTarget.objects.order_by("id").values()), Event.objects.count()
        put_in_force(terms)
    assert (list(KpiTarget.objects.order_by("id").values()), Event.objects.count()) == before


def test_the_season_and_every_rhythm_have_their_own_targets(cast: Cast) -> None:
    season = ((week("2026-W45"), week("2026-W46"), "40"), (week("2026-W53"), week("2027-W08"), "1"))
    monthly = metric("活跃渠道数", frequency=3)
    yearly_only = metric("季度指标", frequency=4)
    lines = [replace(line(metric(), "0.5"), schedule=season), line(monthly, "0.3", "8"), line(yearly_only, "0.2", "1")]
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang, lines)
        signed(agreement)
    assert targets(agreement, metric()) == [
        ("2026-W40", "2026-W44", D(24)),
        ("2026-W45", "2026-W46", D(40)),
        ("2026-W47", "2026-W52", D(24)),
    ]
    assert targets(agreement, monthly) == [("2026-10", "2026-12", D(8))]
    assert targets(agreement, yearly_only) == [("2026-Q4", "2026-Q4", D(1))]


@pytest.mark.parametrize("target", ["0", "-12.5"])
def test_zero_and_negative_targets_turn_the_light_at_the_target(cast: Cast, target: str) -> None:
    net = line(metric("净利润"), "0.5", target, method="difference", params={"unit": "1", "points_per_unit": "1"})
    down = metric("退货差额", direction="down")
    other = line(down, "0.5", target, method="all_or_nothing", params={"full": "100"})
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang, [net, other])
        signed(agreement)
    for row in KpiTarget.objects.all():
        assert (row.green_from, row.yellow_from) == (D(target), D(target))
    assert KpiTarget.objects.get(series__metric=down).lower_is_better


def test_somebody_who_joins_in_mid_cycle_answers_for_the_periods_that_are_left(cast: Cast) -> None:
    joiner = employee("A090", "新人", cast.east, cast.manager_li, since=date(2026, 11, 11))
    with on(date(2026, 11, 16)):
        agreement = drafted(joiner, [line(metric())])
        signed(agreement)
    assert targets(agreement, metric()) == [("2026-W46", "2026-W52", D(24))]


def test_what_was_imported_ends_where_the_agreement_begins(cast: Cast) -> None:
    imported(cast, metric(), "2026-W30", "2027-W08")
    left_out = metric("客单价")
    imported(cast, left_out, "2026-W30", "2026-W39")
    imported(cast, left_out, "2026-W40", "2027-W01")
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
        put_in_force(wording(agreement))
    # What the file says of the time after the agreement goes on after it.
    assert targets(agreement, metric()) == [
        ("2026-W30", "2026-W39", D(20)),
        ("2026-W40", "2026-W52", D(24)),
        ("2026-W53", "2027-W08", D(20)),
    ]
    assert targets(agreement, left_out) == [("2026-W30", "2026-W39", D(20)), ("2026-W53", "2027-W01", D(20))]
    tail = KpiTarget.objects.get(series__metric=metric(), from_period=week("2026-W53"))
    assert (tail.kpi.line, tail.green_from, tail.yellow_from) == (None, D(19), D(15))
    with on(date(2026, 10, 28)):
        amended(agreement, date(2026, 11, 9), "30")
    assert targets(agreement, metric())[-1] == ("2026-W53", "2027-W08", D(20))


def test_an_amendment_holds_from_its_day_and_leaves_what_was_before(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        first = signed(agreement)
    with on(date(2026, 10, 28)):
        second = amended(agreement, date(2026, 11, 9), "30")
    assert second.is_amendment
    assert targets(agreement, metric()) == [("2026-W40", "2026-W45", D(24)), ("2026-W46", "2026-W52", D(30))]
    assert terms_in_force(agreement, date(2026, 11, 8)) == first
    assert terms_in_force(agreement, date(2026, 11, 9)) == second
    assert terms_in_force(agreement, date(2026, 11, 9), known_at=first.signed_at) == first
    assert terms_in_force(agreement, date(2027, 1, 1)) is None
    assert terms_in_force(agreement, date(2026, 11, 9), known_at=first.signed_at - timedelta(seconds=1)) is None
    assert base_of(second) == first
    assert "目标：每周不低于 24 万元 → 每周不低于 30 万元" in second.document.paper.content["rows"][0]["value"]
    assert second.document.paper.content["rows"][1]["value"].startswith("不变。")


def test_signed_late_it_holds_from_the_day_of_signing_and_says_so_beforehand(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    with on(date(2026, 10, 28)):
        terms = draft_amendment(agreement, cast.xiaozhang, effective_on=date(2026, 11, 2), reason="新店开业")
        edit_line(terms, cast.xiaozhang, 0, metric().pk, {"target": D(18)})
    with on(date(2026, 11, 20)):
        late = signed(agreement)
    assert late.effective_on == date(2026, 11, 20)
    assert "若签署晚于上述日期，则自签署日起生效" in late.document.paper.text
    # Week 47 ends on 22 November, after the day of signing: it is judged by the new target.
    assert targets(agreement, metric()) == [("2026-W40", "2026-W46", D(24)), ("2026-W47", "2026-W52", D(18))]


def test_retroactive_only_where_both_have_signed_that(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    with on(date(2026, 11, 20)):
        plain = draft_amendment(agreement, cast.xiaozhang, effective_on=date(2026, 10, 12), reason="更正")
        assert plain.effective_on == date(2026, 11, 20)
        AgreementTerms.objects.filter(pk=plain.pk).update(state="withdrawn")
        terms = amended(agreement, date(2026, 10, 12), "18", is_retroactive=True)
    assert terms.effective_on == date(2026, 10, 12)
    assert "双方对此知悉并同意" in terms.document.paper.text
    assert targets(agreement, metric()) == [("2026-W40", "2026-W41", D(24)), ("2026-W42", "2026-W52", D(18))]


def test_an_amendment_can_exchange_a_line(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    other = metric("客单价", unit="元")
    with on(date(2026, 11, 2)):
        terms = draft_amendment(agreement, cast.xiaozhang, effective_on=date(2026, 11, 2), reason="职责调整")
        remove_line(terms, cast.xiaozhang, 0, metric("回款率").pk)
        add_line(terms, cast.xiaozhang, 1, line(other, "0.4", "190"))
        second = signed(agreement)
    assert targets(agreement, metric("回款率"))[-1][1] == "2026-W44"
    assert targets(agreement, other) == [("2026-W45", "2026-W52", D(190))]
    told = [row["value"] for row in second.document.paper.content["rows"]]
    assert told[1].startswith("新增。")
    assert told[2].startswith("移出。")


def test_the_last_signed_wins_and_later_ones_that_never_held_are_taken_out(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    with on(date(2026, 10, 12)):
        amended(agreement, date(2026, 12, 1), "30")
        amended(agreement, date(2026, 11, 2), "28")
    assert targets(agreement, metric()) == [("2026-W40", "2026-W44", D(24)), ("2026-W45", "2026-W52", D(28))]
    in_force = terms_in_force(agreement, date(2026, 12, 15))
    assert in_force
    assert in_force.lines.get(metric=metric()).target == 28


def test_an_amendment_needs_a_reason_a_day_something_signed_and_a_change(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        ask = {"effective_on": date(2026, 11, 2), "reason": "业务变化"}
        with pytest.raises(errors.NotSigned):
            draft_amendment(agreement, cast.xiaozhang, **ask)
        signed(agreement)
        with pytest.raises(errors.ReasonMissing):
            draft_amendment(agreement, cast.xiaozhang, **ask | {"reason": " "})
        with pytest.raises(errors.OutsideAgreement):
            draft_amendment(agreement, cast.xiaozhang, **ask | {"effective_on": date(2027, 1, 1)})
        with pytest.raises(errors.NotYourAgreement):
            draft_amendment(agreement, cast.hrbp_wang, **ask)
        terms = draft_amendment(agreement, cast.xiaozhang, **ask)
        with pytest.raises(errors.UnderWay):
            draft_amendment(agreement, cast.manager_li, **ask)
        with pytest.raises(errors.NothingChanged):
            agree(terms, cast.xiaozhang, 0)


def test_targets_of_a_series_never_overlap_whatever_was_signed(cast: Cast) -> None:
    imported(cast, metric(), "2026-W01", "2026-W45")
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
        for day, target in ((date(2026, 11, 30), "31"), (date(2026, 11, 2), "29"), (date(2026, 11, 16), "27")):
            amended(agreement, day, target)
    rows = list(KpiTarget.objects.filter(series__metric=metric()).order_by("from_period"))
    assert all(one.to_period + 1 == two.from_period for one, two in pairwise(rows))
    assert rows[0].from_period == Period(week("2026-W01")).key


def test_the_agreement_of_a_day_is_the_one_that_runs_then(cast: Cast) -> None:
    agreement = drafted(cast.xiaozhang)
    assert agreement_of(cast.xiaozhang, quarter(), date(2026, 11, 1)) == agreement
    assert agreement_of(cast.xiaozhang, quarter(), date(2026, 9, 1)) == agreement
    assert agreement_of(cast.colleague, quarter(), date(2026, 11, 1)) is None
    assert wording(agreement).lines.count() == len(two_lines())


def test_an_amendment_that_begins_before_one_signed_already_says_that_it_takes_its_place(cast: Cast) -> None:
    with on(date(2026, 10, 5)):
        agreement = drafted(cast.xiaozhang)
        signed(agreement)
    with on(date(2026, 10, 28)):
        first = amended(agreement, date(2026, 12, 7), "40")
        assert "取代" not in first.document.paper.text
        second = amended(agreement, date(2026, 11, 9), "30")
    assert "此前双方已签署的第 2 版（自 2026-12-07 起）由本变更取代" in second.document.paper.text
    assert targets(agreement, metric())[-1] == ("2026-W46", "2026-W52", D(30))
    assert terms_in_force(agreement, date(2026, 12, 8)) == second
