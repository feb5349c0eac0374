"""The pages of rules and of the watch list."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.alerts.models import Alert, AlertBudget, AlertSwitch, Backtest, Rule
from accord.alerts.queries.own_data import own_data
from accord.alerts.services.backtesting import try_all
from accord.alerts.services.evaluation import evaluate
from accord.alerts.services.switching import switch_rule
from accord.alerts.tests.builders import after, kpi, measure, week
from accord.goals.models import Kpi
from accord.metrics.models import Metric
from accord.people.models import Employee
from tests.cast import Cast, client_of
from tests.ladder import Ladder

FIRST = week(20)
FALL = [101, 100, 101, 100, 101, 98, 96, 94]
LAST = FIRST + len(FALL) - 1
LATER = after(LAST)
KEEPERS = ("hrbp_wang", "administrator")
OTHERS = ("xiaozhang", "manager_li", "executive_chen", "auditor")


def fallen(person: Employee, **metric: object) -> Kpi:
    """A KPI that kept getting worse, and missed its target in the end."""
    one = kpi(person, 97, **metric)
    switch_rule(one.series.metric, Rule.FALLING, True, None)
    AlertSwitch.objects.update(since=FIRST.start)
    measure(one, {FIRST + step: value for step, value in enumerate(FALL)})
    return one


def watched(person: Employee) -> Alert:
    """An alert that goes beyond the month of whoever leads `person`."""
    AlertBudget.objects.update_or_create(pk=AlertBudget.ONLY, defaults={"per_month": 1})
    for value in (50, 90):
        one = kpi(person)
        measure(one, {FIRST: value, FIRST + 1: value})
    evaluate([FIRST, FIRST + 1], LATER)
    return Alert.objects.get(is_watched=True)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


class TestRules(Ladder):
    url_name = "alerts:rules"
    may_open = KEEPERS
    hidden_from = ()
    refused_to = OTHERS


class OfMetric(Ladder):
    may_open = KEEPERS
    hidden_from = ()
    refused_to = OTHERS

    def make(self, cast: Cast) -> Metric:
        return kpi(cast.xiaozhang).series.metric

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestHistory(OfMetric):
    url_name = "alerts:rule_history"


class TestSwitch(OfMetric):
    url_name = "alerts:switch_rule"
    method = "post"

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk, "falling"]

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"on": "1"}


class TestBudget(Ladder):
    url_name = "alerts:save_budget"
    method = "post"
    may_open = ("hrbp_wang",)
    hidden_from = ()
    refused_to = OTHERS

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"per_month": "6", "edition": "0"}


class TestTryNow(TestBudget):
    url_name = "alerts:try_rules"


class TestWatchList(Ladder):
    url_name = "alerts:watch_list"
    may_open = ("manager_li", "xiaozhang", "stranger", "administrator")
    hidden_from = ()


class TestTakeUp(Ladder):
    url_name = "alerts:take_up"
    method = "post"
    may_open = ("manager_li",)
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")
    refused_to = ("xiaozhang", "hrbp_wang", "executive_chen")

    def make(self, cast: Cast) -> Alert:
        return watched(cast.xiaozhang)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]


def english(person: Employee) -> Client:
    person.user.language = "en"
    person.user.save()
    return client_of(person)


def test_a_rule_is_tried_before_it_is_switched(cast: Cast) -> None:
    one = fallen(cast.xiaozhang, name="甲访客数")
    metric = one.series.metric
    page, history = reverse("alerts:rules"), reverse("alerts:rule_history", args=[metric.pk])
    hrbp = english(cast.hrbp_wang)
    assert "no history yet" in text_of(hrbp, page)
    assert "No history yet" in text_of(hrbp, history)
    evaluate([FIRST + step for step in range(len(FALL))], LATER)
    assert try_all() == 1
    assert {row.rule: sum(row.counts) for row in Backtest.objects.all()} == {"two_misses": 1, "falling": 1}
    assert "a month and manager" in text_of(hrbp, page)
    shown = text_of(hrbp, history)
    assert "1 alerts on 1 series of 1 managers" in shown
    assert cast.xiaozhang.name in shown, "an example they may see"
    as_administrator = text_of(english(cast.administrator), history)
    assert cast.xiaozhang.name not in as_administrator
    assert "none about people or units whose numbers you may see" in as_administrator


def test_switching_twice_or_to_what_is_no_rule(cast: Cast) -> None:
    metric, hrbp = kpi(cast.xiaozhang).series.metric, client_of(cast.hrbp_wang)
    address = reverse("alerts:switch_rule", args=[metric.pk, "falling"])
    for _ in range(2):
        assert hrbp.post(address, {"on": "1"}).status_code == 302
    row = AlertSwitch.objects.get()
    assert (row.is_on, row.changed_by) == (True, cast.hrbp_wang.user)
    assert hrbp.post(reverse("alerts:switch_rule", args=[metric.pk, "rising"]), {"on": "1"}).status_code == 404


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({"per_month": "6", "edition": "0"}, 302),
        ({"per_month": "6", "edition": "7"}, 409),
        ({"per_month": "100", "edition": "0"}, 422),
        ({"per_month": "", "edition": ""}, 422),
        ({"per_month": "9" * 400, "edition": "0"}, 422),
    ],
)
def test_the_budget_is_saved_or_says_why_not(cast: Cast, payload: dict[str, str], status: int) -> None:
    assert client_of(cast.hrbp_wang).post(reverse("alerts:save_budget"), payload).status_code == status
    assert AlertBudget.objects.filter(per_month=6, edition=1).exists() is (status == 302)


def test_what_is_watched_is_on_the_list_and_on_today_until_it_is_taken_up(cast: Cast) -> None:
    alert, manager = watched(cast.xiaozhang), english(cast.manager_li)
    address, today = reverse("alerts:alert", args=[alert.pk]), reverse("insights:today")
    take_up = reverse("alerts:take_up", args=[alert.pk])
    for page in (reverse("alerts:watch_list"), today, address):
        assert take_up in text_of(manager, page), page
    for person in (cast.xiaozhang, cast.hrbp_wang):
        assert take_up not in text_of(client_of(person), address)
        assert address not in text_of(client_of(person), reverse("alerts:watch_list"))
    assert manager.post(take_up).status_code == 302
    assert manager.post(take_up).status_code == 409
    assert take_up not in text_of(manager, today)
    assert address not in text_of(manager, reverse("alerts:watch_list"))


def test_whoever_takes_over_a_person_takes_over_what_is_watched(cast: Cast) -> None:
    alert = watched(cast.xiaozhang)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(manager=cast.executive_chen)
    assert reverse("alerts:alert", args=[alert.pk]) in text_of(
        client_of(cast.executive_chen), reverse("alerts:watch_list")
    )


def test_pages_say_which_rule_it_was_and_how_often_it_is_wrong(cast: Cast) -> None:
    fallen(cast.xiaozhang, decimals=0)
    evaluate([FIRST + step for step in range(len(FALL))], LATER)
    try_all()
    reader = english(cast.manager_li)
    fall = Alert.objects.get(rule=Rule.FALLING)
    page = text_of(reader, reverse("alerts:alert", args=[fall.pk]))
    assert "got worse 3 times in a row after 2026-W24, until 2026-W27" in page
    assert "at most 4.2% of all periods" in page
    misses = text_of(reader, reverse("alerts:alert", args=[Alert.objects.get(rule=Rule.TWO_MISSES).pk]))
    assert "chance alone would raise such an alert every 20 periods" in misses
    assert "from 101 in 2026-W24 to 94 in 2026-W27" in text_of(reader, reverse("alerts:alerts"))
    (mine,) = [told for told in own_data(cast.xiaozhang.user) if told["rule"] == "falling"]
    assert (mine["periods"], mine["values"]) == (["2026-W24", "2026-W27"], ["101", "94"])


@pytest.mark.parametrize("many", [10, 20])
def test_the_lists_ask_the_same_for_many(
    cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    AlertBudget.objects.create(pk=AlertBudget.ONLY, per_month=1)
    for _ in range(many + 1):
        measure(kpi(cast.xiaozhang), {FIRST: 80, FIRST + 1: 80})
    evaluate([FIRST, FIRST + 1], LATER)
    try_all()
    for person, name in ((cast.manager_li, "watch_list"), (cast.hrbp_wang, "rules")):
        client = client_of(person)
        text_of(client, reverse(f"alerts:{name}"))
        with django_assert_max_num_queries(13):
            text_of(client, reverse(f"alerts:{name}"))
