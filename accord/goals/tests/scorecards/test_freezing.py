"""Freezing the scorecards of everybody, taking the place of one after a correction, and working one out again."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accord.domain.scorecard import score_card
from accord.domain.scorecard.freezing import freeze, freeze_results
from accord.foundation.models import Event
from accord.goals.jobs.scorecards import freeze_finished
from accord.goals.models import Kpi, Scorecard, ScorecardRun
from accord.goals.queries.scorecard_inputs import cards_of
from accord.goals.services.scorecards import scoring
from accord.goals.services.scorecards.rebuilding import rebuild
from accord.goals.services.scorecards.scoring import score_cycle
from accord.goals.tests.objectives.builders import key_result_of, objective_of
from accord.goals.tests.scorecards.builders import (
    AFTER,
    AMENDED,
    LAST,
    WEEK,
    kpi,
    measure,
    metric,
    quarter,
    signed,
)
from accord.metrics.models import Metric, Series
from accord.people.models import Employee
from accord.workflow.models import ArchiveEntry
from tests.cast import Cast

D = Decimal
SOON = date(2027, 1, 2)
LATER = datetime(2026, 11, 6, tzinfo=UTC)


@pytest.fixture
def company(cast: Cast) -> Cast:
    """小张 with an amendment, 小林 with a file and a ratio, 李经理 who moved, 外人 with objectives and levels."""
    first = signed(cast.xiaozhang, [{"target": 100, "weight": "0.6"}, {"of": metric("拜访数"), "weight": "0.4"}])
    amended = [{"target": 120, "weight": "0.5", "params": {"cap": "150"}}, {"of": metric("拜访数"), "weight": "0.5"}]
    signed(cast.xiaozhang, amended, effective_on=AMENDED, agreement=first.agreement, signed_at=LATER)
    orders, visitors = metric("订单数"), metric("访客数")
    rate = metric("转化率", unit="%", aggregation=Metric.Aggregation.RATIO, numerator=orders, denominator=visitors)
    kpi(cast.colleague, 20, of=rate, weight="0.5")
    bands = {"bands": [{"from": "5", "score": "80"}, {"from": "10", "score": "100"}]}
    kpi(cast.colleague, 10, of=orders, weight="0.5", method="step_bands", params=bands)
    signed(cast.manager_li, [{"target": 100}], ends_on=date(2026, 11, 8))
    tickets = metric("响应时长", direction=Metric.Direction.DOWN, aggregation="mean", decimals=0)
    signed(cast.manager_li, [{"target": 20, "of": tickets}], effective_on=AMENDED, starts_on=AMENDED, signed_at=LATER)
    kpi(cast.stranger, 100, method="threshold_target_stretch", threshold=80, stretch=120, weight="0.5")
    kpi(cast.stranger, 3, of=metric("月度复盘", frequency=3, aggregation="last"), weight="0.5")
    Series.objects.create(metric=visitors, employee=cast.colleague)
    for place, series in enumerate(Series.objects.order_by("id")):
        weekly = series.metric.frequency == Metric.Rhythm.WEEK
        measure(series, [(90 + place * 7 + week * 3) % 40 + 60 for week in range(13 if weekly else 3)])
    key_result_of(objective_of(cast.stranger, cycle=quarter(okr_share=D("0.2"))), current=D(5))
    return cast


def people() -> list[Employee]:
    return list(Employee.objects.filter(series__kpis__isnull=False).distinct().order_by("pk"))


@pytest.mark.parametrize("today", [AFTER, date(2026, 11, 20), date(2026, 10, 14)])
def test_what_is_frozen_is_what_the_page_shows_to_the_last_character(company: Cast, today: date) -> None:
    as_of = min(today, date(2027, 1, 1))
    cards = cards_of(people(), quarter(), as_of, is_final=today > LAST)
    scored = score_cycle(quarter(), today)
    assert (scored.written, scored.waiting) == (4, 0)
    for person in people():
        stored = Scorecard.objects.get(employee=person)
        card = cards[person.pk]
        expected = score_card(card)
        lines = [line for phase in expected.phases for line in phase.lines]
        assert stored.total == expected.total
        assert stored.inputs == freeze(card)
        assert stored.results == freeze_results(line.results for line in lines)
        assert rebuild(stored).holds


def test_scoring_again_changes_nothing(company: Cast) -> None:
    score_cycle(quarter(), AFTER)
    again = score_cycle(quarter(), date(2027, 2, 2))
    assert (again.written, again.same, again.run) == (0, 4, None)
    assert (ScorecardRun.objects.count(), Scorecard.objects.count()) == (1, 4)


def test_a_correction_makes_a_new_one_that_names_the_old_one(company: Cast) -> None:
    score_cycle(quarter(), AFTER)
    before = Scorecard.objects.get(employee=company.xiaozhang)
    measure(Series.objects.get(employee=company.xiaozhang, metric__name="签约额"), {WEEK: 300})
    again = score_cycle(quarter(), AFTER)
    assert (again.written, again.same) == (1, 3)
    after = Scorecard.objects.get(supersedes=before)
    assert after.total != before.total
    assert (rebuild(before).holds, rebuild(after).holds) == (True, True)


def test_a_final_scorecard_waits_for_the_last_values_but_not_for_ever(company: Cast) -> None:
    contracts = Series.objects.get(employee=company.xiaozhang, metric__name="签约额")
    measure(contracts, {WEEK + 12: None})
    scored = score_cycle(quarter(), SOON)
    assert (scored.written, scored.waiting) == (3, 1)
    measure(contracts, {WEEK + 12: 80})
    scored = score_cycle(quarter(), SOON)
    assert (scored.written, scored.same, scored.waiting) == (1, 3, 0)


def test_what_never_came_is_told_as_missing(company: Cast) -> None:
    visits = Series.objects.get(employee=company.xiaozhang, metric__name="拜访数")
    measure(visits, {WEEK + week: None for week in range(13)})
    assert score_cycle(quarter(), LAST + scoring.PATIENCE).written == 4
    stored = Scorecard.objects.get(employee=company.xiaozhang)
    assert (stored.total, stored.results.count(",null]")) == (None, 2)


def test_a_run_is_announced_and_its_digest_kept(company: Cast) -> None:
    score_cycle(quarter(), AFTER)
    run = ScorecardRun.objects.get()
    entry = ArchiveEntry.objects.get(kind="scorecards.final")
    assert (entry.subject, run.people, len(run.digest)) == (f"scorecard_runs:{run.pk}", 4, 64)
    event = Event.objects.get(name="scorecards.frozen")
    assert event.payload == {"run_id": run.pk, "cycle_id": quarter().pk, "kind": "final", "people": 4}


def test_the_database_refuses_to_change_a_frozen_scorecard(company: Cast) -> None:
    score_cycle(quarter(), AFTER)
    rows = Scorecard.objects.all()
    for act in (lambda: rows.update(inputs="{}"), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda card: setattr(card, "total", D("100.00")), "总分"),
        (lambda card: setattr(card, "results", card.results.replace("]", "0]", 1)), "明细"),
        (lambda card: setattr(card, "results", card.results.replace("[", "[1", 1)), "明细"),
        (lambda card: setattr(card, "results", card.results.rpartition("\n")[0]), "明细"),
        (lambda card: setattr(card, "inputs", card.inputs.replace('"value":[', '"value":[9')), "摘要"),
        (lambda card: setattr(card, "inputs", card.inputs + "\n{}"), "无法读取"),
        (lambda card: setattr(card, "results", "["), "无法读取"),
    ],
)
def test_whatever_is_changed_afterwards_is_found(company: Cast, change, words: str) -> None:  # type: ignore[no-untyped-def]
    score_cycle(quarter(), AFTER)
    card = Scorecard.objects.get(employee=company.xiaozhang)
    change(card)
    rebuilt = rebuild(card)
    assert not rebuilt.holds
    assert any(words in str(each.sentence) for each in rebuilt.mismatches)


def test_it_is_worked_out_again_without_the_live_tables(company: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    score_cycle(quarter(), AFTER)
    card = Scorecard.objects.get(employee=company.xiaozhang)
    Kpi.objects.update(weight=0, method="no_such_method")
    with django_assert_num_queries(0):
        assert rebuild(card).holds


def test_more_people_cost_no_more_statements(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_AT_ONCE", 1)
    one_by_one = score_cycle(quarter(), AFTER)
    assert one_by_one.written == 4
    monkeypatch.undo()
    assert score_cycle(quarter(), AFTER).same == 4


def test_a_cycle_without_kpis_has_nobody_to_score(cast: Cast) -> None:
    scored = score_cycle(quarter(), AFTER)
    assert (scored.written, scored.run, ScorecardRun.objects.count()) == (0, None, 0)


def test_every_night_the_cycles_that_ended_lately_are_scored(company: Cast) -> None:
    quarter("2026-Q1", date(2026, 1, 1), date(2026, 3, 31))
    assert [scored.cycle.name for scored in scoring.score_finished(AFTER)] == ["2026-Q4"]
    assert scoring.score_finished(LAST) == []
    freeze_finished.call()


def test_the_command_says_what_it_did(company: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("scorecards", "2026-Q4", "--json")
    report = json.loads(capsys.readouterr().out)
    assert (report["cycle"], report["kind"], report["written"], report["waiting"]) == ("2026-Q4", "so_far", 4, 0)
    call_command("scorecards", "2026-Q4")
    assert "4" in capsys.readouterr().out
    call_command("scorecards")
    with pytest.raises(CommandError, match="1999"):
        call_command("scorecards", "1999")
