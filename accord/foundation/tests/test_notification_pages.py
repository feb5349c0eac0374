"""The list behind the bell."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.foundation.models import Notification, User
from accord.foundation.notices import PASSWORD_CHANGED
from accord.foundation.services.notifications import notify
from tests.cast import Cast
from tests.ladder import Ladder

LIST = "/notifications/"


def tell(user: User, cause: str = "x", url: str = "/me/") -> Notification:
    notify(user, PASSWORD_CHANGED.code, cause=cause, values={}, url=url)
    return Notification.objects.get(recipient=user, cause=cause)


@pytest.fixture
def client(cast: Cast, client: Client) -> Client:
    client.force_login(cast.xiaozhang.user)
    return client


class TestOpening(Ladder):
    url_name = "foundation:open_notification"
    may_open = ("xiaozhang",)
    hidden_from = ("colleague", "stranger", "manager_li", "administrator", "executive_chen")

    def make(self, cast: Cast) -> Notification:
        return tell(cast.xiaozhang.user)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.pk]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert response["Location"] == "/me/"
        self.thing.refresh_from_db()
        assert self.thing.read_at

    def test_outsiders_leave_it_unread(self, cast: Cast) -> None:
        self._ask("stranger", cast)
        self.thing.refresh_from_db()
        assert self.thing.read_at is None


class TestList(Ladder):
    url_name = "foundation:notifications"
    may_open = ("xiaozhang", "stranger")
    hidden_from = ()


class TestReadAll(Ladder):
    url_name = "foundation:read_all_notifications"
    may_open = ("xiaozhang",)
    hidden_from = ()
    method = "post"


def test_shows_what_is_unread_first_and_counts_it_at_the_bell(cast: Cast, client: Client) -> None:
    first, second = tell(cast.xiaozhang.user, "1"), tell(cast.xiaozhang.user, "2")
    client.get(reverse("foundation:open_notification", args=[second.pk]))
    response = client.get(LIST)
    assert [row.notification.pk for row in response.context["rows"]] == [first.pk, second.pk]
    assert '<span class="count" aria-hidden="true">1</span>' in response.text


def test_shows_nobody_elses(cast: Cast, client: Client) -> None:
    tell(cast.stranger.user)
    assert client.get(LIST).context["rows"] == []


def test_marks_as_read_only_what_was_there_when_the_page_was_drawn(cast: Cast, client: Client) -> None:
    shown = tell(cast.xiaozhang.user, "shown")
    newest = client.get(LIST).context["newest"]
    later = tell(cast.xiaozhang.user, "later")
    others = tell(cast.stranger.user, "shown")
    client.post("/notifications/read/", {"newest": newest})
    read = Notification.objects.exclude(read_at=None)
    assert list(read) == [shown]
    assert {later, others} == set(Notification.objects.filter(read_at=None))


@pytest.mark.parametrize("newest", ["", "x", "-1", "1e9", "٣٤", "9" * 5000])
def test_a_strange_number_marks_nothing_wrong(newest: str, cast: Cast, client: Client) -> None:
    assert client.post("/notifications/read/", {"newest": newest}).status_code == 302


def test_a_kind_that_is_gone_is_still_shown(cast: Cast, client: Client) -> None:
    Notification.objects.create(recipient=cast.xiaozhang.user, kind="gone.kind", cause="x", values={"a": 1})
    assert client.get(LIST).status_code == 200


def queries_of(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def test_ten_more_notifications_cost_no_more_queries(cast: Cast, client: Client) -> None:
    for number in range(10):
        tell(cast.xiaozhang.user, str(number))
    ten = queries_of(client, LIST)
    for number in range(10, 20):
        tell(cast.xiaozhang.user, str(number))
    assert len(queries_of(client, LIST)) == len(ten)


def test_the_bell_asks_one_question_and_an_index_answers_it(cast: Cast, client: Client) -> None:
    asked = [sql for sql in queries_of(client, "/me/") if '"read_at" IS NULL' in sql]
    assert len(asked) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0])
            assert "notifications_unread" in str(cursor.fetchall())
