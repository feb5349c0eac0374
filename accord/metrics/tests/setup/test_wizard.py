"""The whole way, as somebody in HR goes it: preset, address, rows, metrics, rhythm, run, down to the ticket."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from accord.foundation.models import Event
from accord.metrics.jobs.sources import read_source
from accord.metrics.models import AllowedHost, Connection, Identity, Measurement, Metric
from accord.metrics.tests.setup.builders import OWNERS, TOKEN, TicketSystem, allow, known_as
from tests.cast import Cast, client_of


def _connect(client: Client, system: TicketSystem, **more: str) -> str:
    answers = {"name": "工单系统", "q_address": f"{system.address}/", "q_account": "root", "secret": TOKEN, **more}
    response = client.post(reverse("metrics:source_make", args=["request_tracker"]), answers, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_preset_to_a_value_that_opens_its_tickets(cast: Cast, system: TicketSystem) -> None:
    allow(system)
    known_as(cast.xiaozhang, "li.yong2")
    known_as(cast.colleague, "liu.yang")
    client = client_of(cast.hrbp_wang)
    page = _connect(client, system)
    connection = Connection.objects.get()
    assert connection.owner == cast.hrbp_wang
    assert "发票金额不符" in page or "无法登录" in page

    page = client.get(reverse("metrics:source_mappings", args=[connection.pk])).content.decode()
    assert "首次响应时长" in page
    assert "解决率" in page
    client.post(reverse("metrics:source_adopt", args=[connection.pk]))
    mapping = connection.mappings.get(metric__name="首次响应时长")
    assert mapping.metric.direction == Metric.Direction.DOWN

    page = client.get(reverse("metrics:source_mapping", args=[connection.pk, mapping.pk])).content.decode()
    assert "小张" in page
    assert "zhang.tao@company.example" in page, "who is known to nobody is named before anything runs"

    client.post(reverse("metrics:source_start", args=[connection.pk]), {"edition": connection.edition})
    read_source.func(connection.pk, cast.hrbp_wang.pk, False)
    page = client.get(reverse("metrics:source", args=[connection.pk])).content.decode()
    assert ">60<" in page, "thirty tickets and their answers were read"
    assert Identity.objects.filter(employee=None).count() == len(OWNERS) - 2
    values = Measurement.objects.filter(series__employee=cast.xiaozhang, series__metric=mapping.metric)
    assert values.exists()
    value = values.first()
    page = client.get(reverse("metrics:origin", args=[value.series_id, value.period])).content.decode()
    assert re.search(rf"{system.address}/Ticket/Display.html\?id=\d+", page)


def test_a_private_address_is_refused_until_an_administrator_allows_it(cast: Cast, system: TicketSystem) -> None:
    client = client_of(cast.hrbp_wang)
    page = _connect(client, system, test="1")
    assert "127.0.0.1" in page
    assert "管理员" in page
    assert not system.asked
    allowed = {"host": "127.0.0.1", "port": system.port, "reason": "内网工单系统"}
    assert client.post(reverse("metrics:hosts"), allowed).status_code == 403
    client_of(cast.administrator).post(reverse("metrics:hosts"), allowed)
    assert AllowedHost.objects.get().allowed_by == cast.administrator
    connection = Connection.objects.get()
    answers = {"name": "工单系统", "q_address": system.address, "q_account": "root", "test": "1"}
    address = reverse("metrics:source_address", args=[connection.pk])
    page = client.post(address, {**answers, "edition": connection.edition}).content.decode()
    assert "root" in page
    assert "连接正常" in page


def test_the_key_is_never_shown_again(cast: Cast, system: TicketSystem) -> None:
    allow(system)
    client = client_of(cast.hrbp_wang)
    pages = [_connect(client, system, test="1")]
    connection = Connection.objects.get()
    client.post(reverse("metrics:source_adopt", args=[connection.pk]))
    read_source.func(connection.pk, cast.hrbp_wang.pk, False)
    names = ("source", "source_address", "source_rows", "source_mappings", "source_schedule", "source_settings")
    pages += [client.get(reverse(f"metrics:{name}", args=[connection.pk])).content.decode() for name in names]
    pages += [client.get(reverse("metrics:sources")).content.decode()]
    for text in [*pages, *(str(event.payload) for event in Event.objects.all()), connection.secret]:
        assert TOKEN not in text
    assert "留空" in pages[2], "that a key is there is said"


def test_an_empty_key_keeps_the_one_that_is_stored(cast: Cast, system: TicketSystem) -> None:
    allow(system)
    client = client_of(cast.hrbp_wang)
    _connect(client, system)
    connection = Connection.objects.get()
    answers = {"name": "客服工单", "q_address": system.address, "q_account": "root", "edition": connection.edition}
    client.post(reverse("metrics:source_address", args=[connection.pk]), answers)
    after = Connection.objects.get()
    assert (after.source.name, after.secret) == ("客服工单", connection.secret)
    assert after.edition == connection.edition + 1


def test_a_wrong_key_is_said_in_a_sentence(cast: Cast, system: TicketSystem) -> None:
    allow(system)
    page = _connect(client_of(cast.hrbp_wang), system, secret="wrong", test="1")
    assert "401" in page
    assert "wrong" not in page
