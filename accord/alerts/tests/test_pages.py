"""The pages of alerts."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.alerts.models import Alert
from accord.alerts.queries.own_data import own_data
from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import after, aim, kpi, measure, week
from accord.goals.models import Kpi
from tests.cast import Cast
from tests.ladder import Ladder

W40, W41, W42, W43 = (week(number) for number in range(40, 44))
LATER = after(W43)


def alert_on(subject: object, **values: object) -> Alert:
    """An open alert about a KPI of somebody."""
    one = kpi(subject, **values)  # type: ignore[arg-type]
    measure(one, {W40: 80, W41: 90})
    evaluate([W40, W41], LATER)
    return Alert.objects.get(series=one.series)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


class TestAlertPage(Ladder):
    url_name = "alerts:alert"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def make(self, cast: Cast) -> Alert:
        return alert_on(cast.xiaozhang)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]


class TestAlertList(Ladder):
    url_name = "alerts:alerts"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "stranger", "administrator")
    hidden_from = ()


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    cast.manager_li.user.language = "en"
    cast.manager_li.user.save()
    client.force_login(cast.manager_li.user)
    return client


def test_the_list_holds_the_alerts_one_may_see(reader: Client, cast: Cast) -> None:
    seen, hidden = alert_on(cast.xiaozhang, name="甲签约额"), alert_on(cast.stranger, name="甲解决率")
    own = alert_on(cast.manager_li, name="甲回款率")
    page = text_of(reader, reverse("alerts:alerts"))
    assert reverse("alerts:alert", args=[seen.pk]) in page
    assert reverse("alerts:alert", args=[own.pk]) in page
    assert reverse("alerts:alert", args=[hidden.pk]) not in page
    assert "甲解决率" not in page
    mine = text_of(reader, reverse("alerts:alerts") + "?whose=mine")
    assert reverse("alerts:alert", args=[own.pk]) in mine
    assert reverse("alerts:alert", args=[seen.pk]) not in mine


def test_a_units_alert_is_seen_by_whoever_may_see_the_unit(client: Client, cast: Cast) -> None:
    alert = alert_on(cast.east)
    for person, status in ((cast.xiaozhang, 200), (cast.hrbp_wang, 200), (cast.stranger, 404)):
        client.force_login(person.user)
        assert client.get(reverse("alerts:alert", args=[alert.pk])).status_code == status


def test_each_state_has_its_tab(reader: Client, cast: Cast) -> None:
    alert = alert_on(cast.xiaozhang)
    address = reverse("alerts:alert", args=[alert.pk])
    one = Kpi.objects.get()
    measure(one, {W42: 100, W43: 100})
    evaluate([W42, W43], LATER)
    assert address not in text_of(reader, reverse("alerts:alerts"))
    assert address in text_of(reader, reverse("alerts:alerts") + "?state=cleared")
    assert address not in text_of(reader, reverse("alerts:alerts") + "?state=withdrawn")
    assert "2026-W42" in text_of(reader, address)


@pytest.mark.parametrize("people", [10, 20])
def test_the_list_asks_the_same_for_many(
    reader: Client, cast: Cast, people: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(people):
        measure(kpi(cast.xiaozhang), {W40: 80, W41: 90})
    evaluate([W41], LATER)
    text_of(reader, reverse("alerts:alerts"))
    with django_assert_max_num_queries(7):
        text_of(reader, reverse("alerts:alerts"))


def test_an_alert_shows_its_two_misses_and_what_was_missing(reader: Client, cast: Cast) -> None:
    alert = alert_on(cast.xiaozhang, unit="单", decimals=0, direction="up")
    page = text_of(reader, reverse("alerts:alert", args=[alert.pk]))
    for text in ("2026-W40", "2026-W41", "80 单", "90 单", "100 单", "20 单", "10 单"):
        assert text in page


def test_a_withdrawn_alert_says_which_number_changed(reader: Client, cast: Cast) -> None:
    alert = alert_on(cast.xiaozhang, decimals=0)
    one = Kpi.objects.get()
    measure(one, {W40: 120})
    evaluate([W40], LATER)
    page = text_of(reader, reverse("alerts:alert", args=[alert.pk]))
    assert "The value of 2026-W40 was corrected from 80 to 120." in page
    assert "<td" in page
    assert ">80<" in page, "the misses stay as they were when the alert was raised"

    measure(one, {W40: 80})
    evaluate([W40], LATER)
    aim(one, 85)
    evaluate([W40, W41], LATER)
    assert "The target of 2026-W41 was changed from 100 to 85." in text_of(
        reader, reverse("alerts:alert", args=[alert.pk])
    )

    aim(one, 100)
    evaluate([W40, W41], LATER)
    measure(one, {W40: None})
    evaluate([W40], LATER)
    assert "The value of 2026-W40, 80, no longer counts" in text_of(reader, reverse("alerts:alert", args=[alert.pk]))


def test_everybody_can_take_their_own_alerts_along(cast: Cast) -> None:
    alert_on(cast.xiaozhang, name="甲签约额")
    alert_on(cast.colleague)
    (mine,) = own_data(cast.xiaozhang.user)
    assert (mine["metric"], mine["periods"], mine["values"]) == ("甲签约额", ["2026-W40", "2026-W41"], ["80", "90"])
