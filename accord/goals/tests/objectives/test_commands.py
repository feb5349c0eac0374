"""What is done with objectives: rows and facts, and what is refused in a sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accord.foundation.models import Event
from accord.goals.errors import objectives as errors
from accord.goals.models import KeyResult, KeyResultCheckIn, Objective
from accord.goals.services.objectives.breaking_down import KpiDraft, break_down
from accord.goals.services.objectives.checking_in import Line, check_in
from accord.goals.services.objectives.closing import close_objective
from accord.goals.services.objectives.key_results import KeyResultDraft, set_key_results
from accord.goals.services.objectives.placing import place_below
from accord.goals.services.objectives.share import set_okr_share
from accord.goals.services.objectives.writing import Words, delete_objective, edit_objective, make_objective
from accord.goals.tests.objectives.builders import (
    FIRST,
    LAST,
    MIDDLE,
    cycle_around,
    key_result_of,
    metric_named,
    objective_of,
)
from accord.workflow.models import ArchiveEntry
from tests.cast import Cast

D = Decimal


def draft(title: str = "复购率", weight: str = "1", **more: object) -> KeyResultDraft:
    given: dict[str, object] = {"title": title, "weight": D(weight), "target": D(28), "start": D(22)}
    return KeyResultDraft(**(given | more))  # type: ignore[arg-type]


def facts(name: str) -> list[dict[str, object]]:
    return [event.payload for event in Event.objects.filter(name=name).order_by("pk")]


class TestWriting:
    def test_a_persons_objective_is_theirs(self, cast: Cast) -> None:
        words = Words("开拓新客", "老客增长见顶", owner=cast.colleague)
        made = make_objective(cycle_around(), cast.xiaozhang, words, cast.manager_li)
        assert (made.owner, made.employee, made.made_by) == (cast.xiaozhang, cast.xiaozhang, cast.manager_li)
        assert facts("objective.made") == [{"objective_id": made.pk}]

    def test_a_units_objective_falls_to_its_head_unless_somebody_is_named(self, cast: Cast) -> None:
        cast.east.head = cast.manager_li
        cycle = cycle_around()
        assert make_objective(cycle, cast.east, Words("提升复购"), cast.hrbp_wang).owner == cast.manager_li
        named = make_objective(cycle, cast.east, Words("提升复购", owner=cast.xiaozhang), cast.hrbp_wang)
        assert named.owner == cast.xiaozhang

    def test_editing_changes_words_and_edition(self, cast: Cast) -> None:
        objective = objective_of(cast.east, owner=cast.manager_li)
        words = Words("提升老客复购率", objective.why, owner=cast.xiaozhang)
        assert edit_objective(objective, 0, words, cast.manager_li) == 1
        objective.refresh_from_db()
        assert (objective.title, objective.owner) == ("提升老客复购率", cast.xiaozhang)
        assert facts("objective.changed") == [{"objective_id": objective.pk, "changed": ["title", "owner"]}]

    def test_whoever_comes_second_is_told(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        edit_objective(objective, 0, Words("先改的"), cast.xiaozhang)
        with pytest.raises(errors.ObjectiveChanged, match="先改的"):
            edit_objective(objective, 0, Words("后改的"), cast.manager_li)
        objective.refresh_from_db()
        assert objective.title == "先改的"

    def test_deleting(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        key_result_of(objective)
        delete_objective(objective, 0, cast.xiaozhang)
        assert not Objective.objects.exists()
        with pytest.raises(errors.ObjectiveGone):
            edit_objective(objective, 0, Words("晚了"), cast.xiaozhang)

    def test_nothing_is_deleted_from_under_others(self, cast: Cast) -> None:
        above = objective_of(cast.company)
        objective_of(cast.east, parent=above)
        with pytest.raises(errors.ObjectiveHasObjectivesBelow), transaction.atomic():
            delete_objective(above, 0, cast.executive_chen)
        assert Objective.objects.count() == 2
        assert facts("objective.deleted") == []

    def test_what_was_reported_on_stays(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        check_in(key_result_of(objective), Line(D(3), 7), cast.xiaozhang)
        with pytest.raises(errors.ObjectiveHasCheckIns):
            delete_objective(objective, 0, cast.xiaozhang)


class TestPlacing:
    def test_below_another_and_back_to_the_top(self, cast: Cast) -> None:
        above, below = objective_of(cast.company), objective_of(cast.xiaozhang)
        edition = place_below(below, 0, above, cast.xiaozhang)
        below.refresh_from_db()
        assert below.parent == above
        place_below(below, edition, None, cast.xiaozhang)
        below.refresh_from_db()
        assert below.parent is None
        assert [(fact["before"], fact["after"]) for fact in facts("objective.moved")] == [
            (None, above.pk),
            (above.pk, None),
        ]

    def test_no_rings(self, cast: Cast) -> None:
        top = objective_of(cast.company)
        middle = objective_of(cast.sales, parent=top)
        low = objective_of(cast.east, parent=middle)
        for parent in (top, middle, low):
            with pytest.raises(errors.RingOfObjectives):
                place_below(top, 0, parent, cast.executive_chen)
        place_below(low, 0, top, cast.executive_chen)
        place_below(middle, 0, low, cast.executive_chen)

    def test_not_below_one_of_another_cycle(self, cast: Cast) -> None:
        earlier = cycle_around("2026-Q3", FIRST - timedelta(days=92), FIRST - timedelta(days=1))
        old = objective_of(cast.company, cycle=earlier)
        with pytest.raises(errors.ParentInOtherCycle):
            place_below(objective_of(cast.xiaozhang), 0, old, cast.xiaozhang)
        with pytest.raises(errors.ParentInOtherCycle):
            make_objective(cycle_around(), cast.xiaozhang, Words("新"), cast.xiaozhang, old)

    def test_not_below_one_that_is_gone(self, cast: Cast) -> None:
        above = objective_of(cast.company)
        Objective.objects.filter(pk=above.pk).delete()
        with pytest.raises(errors.ObjectiveGone):
            place_below(objective_of(cast.xiaozhang), 0, above, cast.xiaozhang)


class TestKeyResults:
    def test_they_are_set_as_a_whole(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        edition = set_key_results(objective, 0, [draft(weight="0.6"), draft("老客", "0.4")], cast.xiaozhang)
        first, second = objective.key_results.order_by("order")
        assert (first.title, first.weight) == ("复购率", D("0.6"))
        again = [draft("老客下单", "0.5", pk=second.pk), draft("新加的", "0.5")]
        assert set_key_results(objective, edition, again, cast.xiaozhang) == 2
        assert [each.title for each in objective.key_results.order_by("order")] == ["老客下单", "新加的"]
        assert facts("objective.key_results_set")[1] == {"objective_id": objective.pk, "results": 2}

    @pytest.mark.parametrize("weights", [("0.5", "0.499999"), ("0.5", "0.6"), ("0.9",)])
    def test_weights_sum_to_exactly_one(self, cast: Cast, weights: tuple[str, ...]) -> None:
        objective = objective_of(cast.xiaozhang)
        with pytest.raises(errors.WeightsNotOne):
            set_key_results(objective, 0, [draft(weight=weight) for weight in weights], cast.xiaozhang)
        assert not KeyResult.objects.exists()

    def test_the_target_lies_in_the_direction(self, cast: Cast) -> None:
        with pytest.raises(errors.KeyResultLeadsNowhere):
            set_key_results(objective_of(cast.xiaozhang), 0, [draft(kind="decrease")], cast.xiaozhang)

    def test_a_milestone_goes_from_nought_to_one(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        set_key_results(objective, 0, [draft(kind="milestone")], cast.xiaozhang)
        result = objective.key_results.get()
        assert (result.start, result.target) == (0, 1)

    def test_one_that_was_reported_on_stays_with_weight_nought(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        old = key_result_of(objective)
        check_in(old, Line(D(3), 7), cast.xiaozhang)
        with pytest.raises(errors.KeyResultHasCheckIns), transaction.atomic():
            set_key_results(objective, 0, [draft("换一个")], cast.xiaozhang)
        set_key_results(objective, 0, [draft("换一个"), draft(weight="0", pk=old.pk)], cast.xiaozhang)
        old.refresh_from_db()
        assert (old.weight, old.current) == (0, 3)

    def test_those_of_another_objective_are_out_of_reach(self, cast: Cast) -> None:
        other = key_result_of(objective_of(cast.colleague))
        with pytest.raises(errors.KeyResultGone):
            set_key_results(objective_of(cast.xiaozhang), 0, [draft(pk=other.pk)], cast.xiaozhang)


class TestBreakingDown:
    def test_a_key_result_is_broken_into_kpis(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        metric = metric_named("售后响应时间", unit="小时", direction="down")
        kpis = [KpiDraft(metric.pk, cast.xiaozhang.position_id, D(2)), KpiDraft(metric.pk)]
        edition = break_down(result, 0, kpis, cast.xiaozhang)
        assert [(kpi.metric, kpi.target) for kpi in result.kpis.order_by("id")] == [(metric, 2), (metric, None)]
        break_down(result, edition, kpis[:1], cast.xiaozhang)
        assert result.kpis.count() == 1
        assert facts("key_result.broken_down")[0] == {
            "key_result_id": result.pk,
            "kpis": [[metric.pk, cast.xiaozhang.position_id], [metric.pk, None]],
        }

    def test_they_outlive_a_change_of_the_key_results(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        result = key_result_of(objective)
        break_down(result, 0, [KpiDraft(metric_named("回访数").pk)], cast.xiaozhang)
        set_key_results(objective, 1, [draft(pk=result.pk)], cast.xiaozhang)
        assert result.kpis.count() == 1

    def test_whoever_comes_second_is_told(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        break_down(result, 0, [], cast.xiaozhang)
        with pytest.raises(errors.ObjectiveChanged):
            break_down(result, 0, [KpiDraft(metric_named("回访数").pk)], cast.manager_li)

    def test_the_same_kpi_twice(self, cast: Cast) -> None:
        kpi = KpiDraft(metric_named("回访数").pk)
        with pytest.raises(errors.SameKpiTwice):
            break_down(key_result_of(objective_of(cast.xiaozhang)), 0, [kpi, kpi], cast.xiaozhang)


class TestCheckIn:
    def test_the_newest_line_holds(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        check_in(result, Line(D(3), 7, " 老客活动上线 "), cast.xiaozhang)
        said = check_in(result, Line(D(4), 5), cast.xiaozhang)
        result.refresh_from_db()
        assert (result.current, result.confidence) == (4, 5)
        assert KeyResultCheckIn.objects.first().note == "老客活动上线"  # type: ignore[union-attr]
        assert facts("key_result.checked_in")[1] == {"key_result_id": result.pk, "check_in_id": said.pk}

    def test_a_correction_takes_the_place_of_the_line_it_names(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        early = check_in(result, Line(D(3), 7), cast.xiaozhang)
        late = check_in(result, Line(D(40), 5), cast.xiaozhang)
        check_in(result, Line(D(2), 6), cast.xiaozhang, corrects=early)
        result.refresh_from_db()
        assert (result.current, result.confidence) == (40, 5)
        check_in(result, Line(D(4), 8), cast.xiaozhang, corrects=late)
        result.refresh_from_db()
        assert (result.current, result.confidence) == (4, 8)
        with pytest.raises(errors.CheckInCorrected):
            check_in(result, Line(D(5), 8), cast.xiaozhang, corrects=late)
        assert KeyResultCheckIn.objects.count() == 4

    def test_a_value_is_needed_unless_a_metric_says_it(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        with pytest.raises(errors.ValueMissing):
            check_in(key_result_of(objective), Line(None, 7), cast.xiaozhang)
        measured = key_result_of(objective, metric=metric_named("复购率"), current=D(6))
        check_in(measured, Line(D(99), 7), cast.xiaozhang)
        measured.refresh_from_db()
        assert (measured.current, measured.confidence) == (6, 7)

    def test_nothing_is_reported_on_a_closed_one(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        result = key_result_of(objective)
        close_objective(objective, 0, D("0.7"), "复盘", cast.xiaozhang)
        with pytest.raises(errors.ObjectiveClosed):
            check_in(result, Line(D(4), 5), cast.xiaozhang)

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_the_database_keeps_every_line(self, cast: Cast, change: str) -> None:
        said = check_in(key_result_of(objective_of(cast.xiaozhang)), Line(D(3), 7), cast.xiaozhang)
        lines = KeyResultCheckIn.objects.filter(pk=said.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            lines.update(note="改写") if change == "update" else lines.delete()
        said.refresh_from_db()
        assert said.note == ""


class TestClosing:
    def test_score_and_progress_are_two_things(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        key_result_of(objective, current=D(9))
        close_objective(objective, 0, D("0.7"), "方法对了，启动晚了三周。", cast.xiaozhang)
        objective.refresh_from_db()
        assert (objective.state, objective.score, objective.closed_by) == ("closed", D("0.7"), cast.xiaozhang)
        assert facts("objective.closed") == [{"objective_id": objective.pk}]

    def test_closed_is_closed(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        close_objective(objective, 0, D(1), "复盘", cast.xiaozhang)
        for again in (
            lambda: close_objective(objective, 1, D(0), "再来", cast.xiaozhang),
            lambda: edit_objective(objective, 1, Words("改"), cast.xiaozhang),
            lambda: set_key_results(objective, 1, [draft()], cast.xiaozhang),
            lambda: place_below(objective, 1, None, cast.xiaozhang),
        ):
            with pytest.raises(errors.ObjectiveClosed):
                again()


class TestShare:
    def test_it_is_set_with_a_reason_and_kept(self, cast: Cast) -> None:
        cycle = cycle_around()
        assert cycle.okr_share == 0
        set_okr_share(cycle, D(0), D("0.2"), "管理层会议决定试行", cast.executive_chen, MIDDLE)
        cycle.refresh_from_db()
        assert cycle.okr_share == D("0.2")
        assert facts("cycle.okr_share_set") == [{"cycle_id": cycle.pk, "before": "0", "after": "0.2"}]
        assert ArchiveEntry.objects.get(kind="cycle.okr_share_set").subject == f"cycles:{cycle.pk}"

    def test_whoever_comes_second_is_told(self, cast: Cast) -> None:
        cycle = cycle_around()
        set_okr_share(cycle, D(0), D("0.2"), "试行", cast.executive_chen, MIDDLE)
        with pytest.raises(errors.ShareChanged):
            set_okr_share(cycle, D(0), D("0.3"), "试行", cast.hrbp_wang, MIDDLE)

    def test_a_past_cycle_stays_as_it_was(self, cast: Cast) -> None:
        cycle = cycle_around()
        with pytest.raises(errors.CycleIsOver):
            set_okr_share(cycle, D(0), D("0.2"), "补设", cast.executive_chen, LAST + timedelta(days=1))
        set_okr_share(cycle, D(0), D("0.2"), "最后一天", cast.executive_chen, LAST)
