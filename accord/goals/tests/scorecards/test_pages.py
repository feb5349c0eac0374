"""The pages of scorecards: who may open them, and what they show."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.goals.models import Scorecard
from accord.goals.queries.own_data import own_scorecards
from accord.goals.queries.scorecard_pages import goal_asked
from accord.goals.services.scorecards.scoring import score_cycle
from accord.goals.tests.scorecards.builders import AFTER, AMENDED, WEEK, kpi, measure, metric, quarter, signed
from accord.metrics.models import Series
from tests.cast import Cast, employee
from tests.ladder import Ladder

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages are opened on one day."""
    for module in ("scorecards", "kpis"):
        monkeypatch.setattr(f"accord.goals.views.{module}.organisation_day", lambda: TODAY)


def opened(person: object, name: str, *args: object, **query: object) -> str:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person.user)  # type: ignore[attr-defined]
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def amended(cast: Cast) -> Cast:
    """小张 with an amendment in the middle of the quarter, and seven weeks of values."""
    first = signed(cast.xiaozhang, [{"target": 100, "weight": "0.6"}, {"of": metric("拜访数"), "weight": "0.4"}])
    later = [{"target": 120, "weight": "0.5"}, {"of": metric("拜访数"), "weight": "0.5"}]
    signed_at = datetime(2026, 11, 6, tzinfo=UTC)
    signed(cast.xiaozhang, later, effective_on=AMENDED, agreement=first.agreement, signed_at=signed_at)
    for series in Series.objects.all():
        measure(series, [90] * 6 + [120])
    return cast


class TestMyScorecard(Ladder):
    url_name = "goals:scorecard"
    may_open = ("xiaozhang", "manager_li", "stranger", "administrator")
    hidden_from = ()


class TestScorecardOfAPerson(Ladder):
    url_name = "goals:scorecard_person"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> None:
        measure(kpi(cast.xiaozhang, 100), [90] * 7)

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.pk]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert "90.00" in response.content.decode()


class TestFrozenScorecard(Ladder):
    url_name = "goals:scorecard_frozen"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> Scorecard:
        measure(kpi(cast.xiaozhang, 100), [90] * 13)
        score_cycle(quarter(), AFTER)
        return Scorecard.objects.get()

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert self.thing.digest in response.content.decode()


def test_both_periods_of_an_amended_cycle_stand_side_by_side(amended: Cast) -> None:
    page = opened(amended.xiaozhang, "goals:scorecard")
    assert "10-01 至 11-08 按原合约" in page
    assert "11-09 起按变更后" in page
    # (39 × 90 + 11 × (0.5 × 100 + 0.5 × 120)) ÷ 50
    assert "按天数加权：(39 天 × 90.00 + 11 天 × 110.00) ÷ 50 天，得 94.40 分。" in page


def test_each_line_explains_itself_and_opens_to_the_origin_of_its_values(amended: Cast) -> None:
    page = opened(amended.xiaozhang, "goals:scorecard")
    assert "计入 6 期合计。实际 540，目标 600，完成率 90.00%，得 90.00 分。" in page
    series = Series.objects.get(metric__name="签约额")
    assert reverse("metrics:origin", args=[series.pk, WEEK.key]) in page
    assert "未结束" in page


def test_what_it_would_take_can_be_asked_for_any_total(amended: Cast) -> None:
    page = opened(amended.xiaozhang, "goals:scorecard", goal="97")
    assert "还差多少" in page
    assert "只靠这一项使总分达到 97" in page
    assert "已无法达到" in opened(amended.xiaozhang, "goals:scorecard", goal="150")


@pytest.mark.parametrize("text", ["", "abc", "NaN", "-5", "0", "1e999999", "5000"])
def test_a_total_that_nobody_can_mean_is_read_as_a_hundred(text: str) -> None:
    assert goal_asked(text) == 100
    assert goal_asked("92.5") == Decimal("92.50")


def test_the_printed_page_opens_every_line(amended: Cast) -> None:
    assert 'class="score-line" id' in opened(amended.xiaozhang, "goals:scorecard")
    assert opened(amended.xiaozhang, "goals:scorecard", print="1").count(" open>") == 4


def test_a_missing_score_is_told_and_is_no_score(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100, weight="0.7"), [90] * 7)
    kpi(cast.xiaozhang, 10, weight="0.3", of=metric("拜访数"))
    page = opened(cast.xiaozhang, "goals:scorecard")
    assert "有 1 项尚无得分，共 2 项，暂不能汇总。" in page
    assert "已出分的指标占权重 70%，折合 90.00 分，仅供参考，不作为得分。" in page


def test_somebody_without_kpis_is_told_how_a_scorecard_comes_about(cast: Cast) -> None:
    quarter()
    assert "这一周期还没有可计分的指标" in opened(cast.xiaozhang, "goals:scorecard")


def test_past_finals_are_listed_and_a_corrected_one_leads_to_its_successor(cast: Cast) -> None:
    past = quarter("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
    one = kpi(cast.xiaozhang, 100, cycle=past)
    measure(one, {WEEK - back: 90 for back in range(1, 14)})
    score_cycle(past, TODAY)
    before = Scorecard.objects.get()
    measure(one, {WEEK - 1: 220})
    score_cycle(past, TODAY)
    page = opened(cast.xiaozhang, "goals:scorecard")
    after = Scorecard.objects.get(supersedes=before)
    assert reverse("goals:scorecard_frozen", args=[after.pk]) in page
    assert reverse("goals:scorecard_frozen", args=[before.pk]) not in page
    assert "已另出一份新的计分卡" in opened(cast.xiaozhang, "goals:scorecard_frozen", before.pk)
    frozen = opened(cast.xiaozhang, "goals:scorecard_frozen", after.pk)
    assert "各项与总分全部一致" in frozen
    assert "100.00" in frozen


def test_a_frozen_scorecard_that_does_not_agree_says_so(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100), [90] * 13)
    score_cycle(quarter(), AFTER)
    stored = Scorecard.objects.get()
    stored.pk = stored.supersedes = None
    stored.as_of, stored.total = TODAY, Decimal(100)
    stored.save(force_insert=True)
    assert "总分与按输入重算的结果不一致" in opened(cast.xiaozhang, "goals:scorecard_frozen", stored.pk)


def test_the_page_of_goals_answers_how_i_stand_and_what_is_next(amended: Cast) -> None:
    page = opened(amended.xiaozhang, "goals:kpis")
    assert "94.40" in page
    assert reverse("goals:scorecard") in page
    assert reverse("goals:check-ins_new") in page
    assert "10-01 至 11-08（变更前）" in page
    assert "94.40" in opened(amended.manager_li, "goals:kpis")


def test_more_lines_and_more_people_cost_no_more_statements(amended: Cast) -> None:
    def statements(who: object, name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            opened(who, name)
        return len(asked)

    opened(amended.manager_li, "goals:kpis")
    before = statements(amended.manager_li, "goals:kpis")
    for number in range(10):
        person = employee(f"B{number:03d}", f"新人{number}", amended.east, amended.manager_li)
        measure(kpi(person, 100), [90] * 7)
    assert statements(amended.manager_li, "goals:kpis") == before
    mine = statements(amended.colleague, "goals:scorecard")
    for number in range(10):
        measure(kpi(amended.colleague, 100, of=metric(f"指标{number}"), weight="0.1"), [90] * 7)
    once = statements(amended.colleague, "goals:scorecard")
    for number in range(10, 20):
        measure(kpi(amended.colleague, 100, of=metric(f"指标{number}"), weight="0"), [90] * 7)
    assert mine <= once == statements(amended.colleague, "goals:scorecard")


def test_a_person_takes_their_scorecards_along(cast: Cast) -> None:
    measure(kpi(cast.xiaozhang, 100), [90] * 13)
    score_cycle(quarter(), AFTER)
    (exported,) = own_scorecards(cast.xiaozhang.user)
    assert (exported["total"], exported["lines"][0]["inputs"]["target"]) == ("90.00", 100_000_000)
