"""Two tabs, hostile rows, long lists, and settings that are typed by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.foundation.models import Event
from accord.metrics.errors.connections import ConnectionArchived, ConnectionMovedOn, OwnerCannotSetUp
from accord.metrics.models import Batch, Connection, Metric, Source, SyncRun
from accord.metrics.presets import presets
from accord.metrics.services.connections import changing, hosts, running
from accord.metrics.services.connections.mappings import Wanted, take_metric
from accord.metrics.tests.setup.builders import TicketSystem, allow, tickets_of
from tests.cast import Cast, client_of

HOSTILE = "<script>alert(1)</script>\u202e💥"


def test_the_second_of_two_tabs_changes_nothing(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    changing.set_schedule(connection, 1, 1440, cast.hrbp_wang, timezone.now(), cast.hrbp_wang)
    with pytest.raises(ConnectionMovedOn, match="工单系统"):
        changing.set_schedule(connection, 1, 15, cast.hrbp_wang, timezone.now(), cast.hrbp_wang)
    assert Connection.objects.get().every == 1440
    page = client_of(cast.hrbp_wang).post(
        reverse("metrics:source_schedule", args=[connection.pk]), {"edition": 1, "every": "15", "owner": "A030"}
    )
    assert page.status_code == 409
    assert "没有保存" in page.content.decode()


def test_a_source_is_given_only_to_somebody_who_may_look_after_it(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    with pytest.raises(OwnerCannotSetUp):
        changing.set_schedule(connection, 1, 60, cast.xiaozhang, timezone.now(), cast.hrbp_wang)
    changing.set_schedule(connection, 1, 60, cast.administrator, timezone.now(), cast.hrbp_wang)
    assert Connection.objects.get().owner == cast.administrator
    assert Event.objects.filter(name="connection.handed_over").count() == 1


def test_a_stream_that_is_read_in_another_way_is_read_again(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    Connection.objects.update(cursor={"tickets": {"at": {"stamp": "x"}}, "answers": {"at": {"stamp": "y"}}})
    connection.refresh_from_db()
    settings = json.loads(json.dumps(connection.settings))
    settings["streams"]["tickets"]["params"]["query"] = "Queue = 'IT'"
    changing.change_settings(connection, 1, settings, "", cast.hrbp_wang)
    assert list(Connection.objects.get().cursor) == ["answers"]


def test_what_has_brought_numbers_is_put_away_and_what_has_not_is_discarded(cast: Cast) -> None:
    kept, gone = tickets_of(cast.hrbp_wang), tickets_of(cast.hrbp_wang, name="另一个")
    Batch.objects.create(source=kept.source)
    assert not running.end_connection(kept, 1, cast.hrbp_wang)
    assert running.end_connection(gone, 1, cast.hrbp_wang)
    after = Connection.objects.get()
    assert (after.state, after.secret) == ("archived", "")
    assert list(Source.objects.values_list("name", flat=True)) == ["工单系统"]
    with pytest.raises(ConnectionArchived):
        running.pause(after, after.edition, cast.hrbp_wang)


def test_rows_of_a_hostile_system_are_shown_as_text(cast: Cast, system: TicketSystem) -> None:
    allow(system)
    row = {"Subject": HOSTILE, "Created": "1970-01-01T00:00:00Z", "LastUpdated": "2026-11-05T08:00:00Z"}
    more = {f"more{at}": at for at in range(10_000)}
    items = [{"id": str(number), **row, **more} for number in range(12)]
    system.more["tickets"] = {"items": items, "total": 12}
    connection = tickets_of(cast.hrbp_wang, system.address)
    settings = json.loads(json.dumps(connection.settings))
    settings["streams"] = {"tickets": {"path": "/tickets", "rows": "items", "key": "id"}}
    changing.change_settings(connection, 1, settings, "", cast.hrbp_wang)
    response = client_of(cast.hrbp_wang).get(reverse("metrics:source_rows", args=[connection.pk]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert len(page) < 300_000, "ten thousand fields are not all drawn"
    assert "1970-01-01" in page, "an unset date is pointed out"
    assert "unset" in page, "an unset date is pointed out"


def test_settings_by_hand_name_every_problem_with_its_place(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    client, address = client_of(cast.hrbp_wang), reverse("metrics:source_settings", args=[connection.pk])

    def send(text: str) -> tuple[int, str]:
        response = client.post(address, {"edition": 1, "settings": text})
        return response.status_code, response.content.decode()

    status, page = send("{")
    assert status == 422
    assert "JSON" in page
    wrong = {**connection.settings, "base": "ftp://x", "pagging": 1}
    status, page = send(json.dumps(wrong))
    assert status == 422
    assert "base" in page
    assert "pagging" in page
    assert Connection.objects.get().edition == 1
    right = {**connection.settings, "limits": {"timeout": 5}}
    assert send(json.dumps(right))[0] == 302
    assert Connection.objects.get().settings["limits"] == {"timeout": 5}


@pytest.mark.parametrize("text", ["[" * 5000, '"x"', "[]", "null"])
def test_settings_that_are_no_settings_get_a_sentence(cast: Cast, text: str) -> None:
    connection = tickets_of(cast.hrbp_wang)
    address = reverse("metrics:source_settings", args=[connection.pk])
    assert client_of(cast.hrbp_wang).post(address, {"edition": 1, "settings": text}).status_code == 422


def _queries(client: Client, address: str, count: Any) -> int:
    with count() as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_asks_the_same_of_ten_sources_as_of_twenty(cast: Cast, django_assert_max_num_queries: Any) -> None:
    metric = Metric.objects.create(name="解决率")

    def add(count: int) -> None:
        for at in range(count):
            connection = tickets_of(cast.hrbp_wang, name=f"系统 {Connection.objects.count()} {at}")
            connection.mappings.create(stream="tickets", metric=metric, rule={})
            SyncRun.objects.create(
                connection=connection, state="done", started_at=timezone.now(), seen_at=timezone.now()
            )

    client, address = client_of(cast.administrator), reverse("metrics:sources")
    add(10)
    client.get(address)
    with django_assert_max_num_queries(60) as ten:
        client.get(address)
    add(10)
    with django_assert_max_num_queries(60) as twenty:
        client.get(address)
    assert len(ten) == len(twenty)


@pytest.mark.parametrize("host", ["http://crm.example.com", "crm example", "", "a" * 300, "crm.example.com/x"])
def test_what_is_no_host_is_refused(cast: Cast, host: str) -> None:
    response = client_of(cast.administrator).post(reverse("metrics:hosts"), {"host": host, "reason": "x"})
    assert response.status_code == 422


def test_a_host_is_allowed_once_and_compared_as_the_guard_does(cast: Cast) -> None:
    line = hosts.allow_host(" CRM.Internal. ", 443, "内网 CRM", cast.administrator)
    assert line.host == "crm.internal"
    again = client_of(cast.administrator).post(
        reverse("metrics:hosts"), {"host": "crm.internal", "port": "443", "reason": "x"}
    )
    assert again.status_code == 422


def test_a_push_token_is_shown_once(cast: Cast) -> None:
    client = client_of(cast.hrbp_wang)
    client.post(reverse("metrics:source_make", args=["push"]), {"name": "门禁", "q_key": "id", "q_zone": "UTC"})
    connection = Connection.objects.get()
    response = client.post(reverse("metrics:source_token", args=[connection.pk]), {"edition": connection.edition})
    page = response.content.decode()
    connection.refresh_from_db()
    token = page.split("Bearer ")[1].split("&quot;")[0].split('"')[0]
    assert str(connection.address) in page
    assert len(token) > 30
    assert token not in connection.secret
    assert response["Cache-Control"] == "no-store"
    assert token not in client.get(reverse("metrics:source_address", args=[connection.pk])).content.decode()


def test_a_metric_is_taken_once_from_a_source(cast: Cast) -> None:
    connection = tickets_of(cast.hrbp_wang)
    told = presets()["request_tracker"].suggestions[1]
    mapping = take_metric(connection, Wanted(told.stream, told.rule, told.definition()), cast.hrbp_wang)
    form = {"stream": "tickets", "metric": mapping.metric_id, "who_field": "owner", "who_by": "account",
            "when_field": "created", "aggregate": "count"}  # fmt: skip
    client = client_of(cast.hrbp_wang)
    response = client.post(reverse("metrics:source_mapping_new", args=[connection.pk]), form)
    assert response.status_code == 422
    assert connection.mappings.count() == 1
