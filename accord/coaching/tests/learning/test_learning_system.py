"""The company's learning system: what it may tell, once, signed; and the link that says who comes."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.coaching.jobs.learning import forget_deliveries
from accord.coaching.models import (
    LearningDelivery,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
    LearningSystem,
)
from accord.coaching.services.learning_system import set_up
from accord.coaching.tests.learning.builders import competency, resource
from accord.domain.signatures import sign
from accord.foundation.models import Event
from accord.metrics.models import AllowedHost
from tests.cast import Cast, client_of

ADDRESS = "https://learn.example.com/enter?tenant=7"


@pytest.fixture
def system(cast: Cast) -> tuple[LearningSystem, str]:
    AllowedHost.objects.create(host="learn.example.com", port=443)
    return set_up("学习平台", ADDRESS, cast.administrator.user)


@pytest.fixture
def course(cast: Cast) -> LearningResource:
    return resource(competency(), "新人数据课", kind="course", course="DATA-101", text="")


def deliver(system: tuple[LearningSystem, str], sent: Any, secret: str | None = None, at: int | None = None) -> Any:
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    signature = sign(body, system[1] if secret is None else secret, at or int(time.time()))
    address = reverse("coaching:learning_hook", args=[system[0].hook])
    headers = {"Accord-Signature": signature}
    return Client().post(address, body, content_type="application/json", headers=headers)


def finished(number: str, *people: str, course: str = "DATA-101", at: str = "") -> dict[str, Any]:
    completions = [{"employee_no": person, "course": course, "finished_at": at} for person in people]
    return {"id": number, "completions": completions}


def test_a_completion_is_taken_once_and_closes_what_was_recommended(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    told = LearningRecommendation.objects.create(
        employee=cast.xiaozhang, resource=course, competency=course.competency, source="plans:1"
    )
    sent = finished("d-1", "A011", "A999", at="2026-11-02T09:30:00+08:00")
    first, again = deliver(system, sent), deliver(system, sent)
    assert first.status_code == 200
    assert first.json() == again.json()
    assert (first.json()["taken"], [each["code"] for each in first.json()["refused"]]) == (1, ["employee_unknown"])
    record = LearningRecord.objects.get()
    assert (record.employee, record.is_from_system, record.finished_at.day) == (cast.xiaozhang, True, 2)
    told.refresh_from_db()
    assert told.state == "taken"
    assert deliver(system, finished("d-2", "A011")).json()["known"] == 1
    facts = Event.objects.filter(name="learning_system.delivered")
    assert [each.payload["counts"] for each in facts.order_by("id")] == [
        {"taken": 1, "known": 0, "refused": 1},
        {"taken": 0, "known": 1, "refused": 0},
    ]


def test_what_the_person_said_of_it_stays(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    client_of(cast.xiaozhang).post(reverse("coaching:resource_finish", args=[course.pk]), {"helped": "0"})
    deliver(system, finished("d-1", "A011"))
    assert LearningRecord.objects.get().helped == 0


def test_a_wrong_secret_an_old_message_and_an_unknown_address_are_answered_alike(
    system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    sent = finished("d-1", "A011")
    wrong, old = deliver(system, sent, secret="x"), deliver(system, sent, at=int(time.time()) - 301)
    system[0].hook = "00000000-0000-4000-8000-000000000001"  # type: ignore[assignment]
    nowhere = deliver(system, sent)
    assert [each.status_code for each in (wrong, old, nowhere)] == [401] * 3
    assert wrong.json() == old.json() == nowhere.json()
    assert not LearningRecord.objects.exists()


def test_a_system_that_is_switched_off_tells_nothing(
    system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    LearningSystem.objects.update(is_active=False)
    assert deliver(system, finished("d-1", "A011")).status_code == 401


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b"[" * 100_000,
        b"x" * 300_000,
        {"completions": []},
        {"id": "n" * 101, "completions": []},
        {"id": "1", "completions": [1]},
        {"id": "1", "completions": [{}] * 1_001},
        {"id": 1, "completions": []},
        [],
    ],
)
def test_what_cannot_be_read_gets_a_sentence(system: tuple[LearningSystem, str], sent: Any) -> None:
    answer = deliver(system, sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "learning_hook_not_understood")


def test_completions_that_cannot_be_taken_are_named(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    sent = {
        "id": "d-1",
        "completions": [
            {"employee_no": "A011", "course": "NOPE"},
            {"employee_no": "A011", "course": "DATA-101", "finished_at": "2026-11-02"},
            {"employee_no": "A011", "course": "DATA-101", "finished_at": "2026-13-45T99:00:00Z"},
            {"employee_no": "A011", "course": "DATA-101", "finished_at": tomorrow},
            {"employee_no": ["A011"], "course": {"a": 1}},
        ],
    }
    refused = deliver(system, sent).json()["refused"]
    assert [each["code"] for each in refused] == [
        "course_unknown", "moment_not_understood", "moment_not_understood", "moment_in_future", "employee_unknown",
    ]  # fmt: skip


def test_a_number_is_not_used_for_two_contents(system: tuple[LearningSystem, str], course: LearningResource) -> None:
    deliver(system, finished("d-1", "A011"))
    other = deliver(system, finished("d-1", "A012"))
    assert (other.status_code, other.json()["error"]["code"]) == (409, "learning_hook_number_reused")
    assert LearningRecord.objects.count() == 1


def test_a_course_is_opened_signed_in_and_counts_as_begun(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    answer = client_of(cast.xiaozhang).get(reverse("coaching:resource_go", args=[course.pk]))
    place = urlsplit(answer["Location"])
    query = parse_qs(place.query)
    assert (place.netloc, query["tenant"], answer["Referrer-Policy"]) == ("learn.example.com", ["7"], "no-referrer")
    claims = json.loads(base64.urlsafe_b64decode(query["token"][0].split(".")[1] + "=="))
    assert (claims["sub"], claims["course"], claims["exp"] - claims["iat"]) == ("A011", "DATA-101", 60)
    assert LearningRecord.objects.get().employee == cast.xiaozhang


def test_names_go_nowhere_once_the_host_is_forgotten(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    AllowedHost.objects.all().delete()
    answer = client_of(cast.xiaozhang).get(reverse("coaching:resource_go", args=[course.pk]))
    assert answer.status_code == 403
    assert not LearningRecord.objects.exists()


def test_only_administrators_connect_it_and_the_secret_is_shown_once(cast: Cast) -> None:
    address = reverse("coaching:learning_system")
    for who in ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "auditor", "stranger"):
        assert client_of(getattr(cast, who)).get(address).status_code == 404, who
        assert client_of(getattr(cast, who)).post(reverse("coaching:learning_secret")).status_code == 404, who
    client = client_of(cast.administrator)
    words = {"name": "学习平台", "address": ADDRESS, "edition": "0"}
    refused = client.post(address, words)
    assert (refused.status_code, "只会发往管理员许可的主机" in refused.content.decode()) == (403, True)
    AllowedHost.objects.create(host="learn.example.com", port=443)
    shown = client.post(address, words).content.decode()
    made = LearningSystem.objects.get()
    assert made.secret not in shown
    assert "密钥只显示这一次" in shown
    assert "密钥只显示这一次" not in client.get(address).content.decode()
    stale = client.post(address, words | {"edition": "9", "is_active": "on"})
    assert stale.status_code == 409
    assert client.post(address, words | {"address": "http://learn.example.com/", "edition": "0"}).status_code == 403
    assert "密钥只显示这一次" in client.post(reverse("coaching:learning_secret"), {"edition": "0"}).content.decode()
    assert Event.objects.filter(name="learning_system.changed").count() == 2
    assert not Event.objects.filter(payload__icontains="learn.example.com").exists()


@pytest.mark.parametrize(
    ("person", "number", "at", "code"),
    [
        ("\ud800", "DATA-101", "", "employee_unknown"),
        ("A011\0", "DATA-101", "", "employee_unknown"),
        ("A011", "DATA\0", "", "course_unknown"),
        ("A011", "DATA-101", "0001-01-01T00:00:00+14:00", "moment_not_understood"),
        ("A011", "DATA-101", "9999-12-31T23:59:59-12:00", "moment_not_understood"),
    ],
)
@pytest.mark.usefixtures("course")
def test_what_no_database_takes_is_refused_line_by_line(
    cast: Cast, system: tuple[LearningSystem, str], person: str, number: str, at: str, code: str
) -> None:
    told = deliver(system, finished("d-1", person, "A010", course=number, at=at))
    assert told.status_code == 200
    assert told.json()["refused"][0]["code"] == code


def test_a_delivery_is_forgotten_after_ninety_days_and_coming_again_finds_all_known(
    cast: Cast, system: tuple[LearningSystem, str], course: LearningResource
) -> None:
    for number, person in (("old", "A011"), ("new", "A012")):
        deliver(system, finished(number, person))
    LearningDelivery.objects.filter(number="old").update(taken_at=timezone.now() - timedelta(days=91))
    forget_deliveries.call()
    assert [each.number for each in LearningDelivery.objects.all()] == ["new"]
    assert deliver(system, finished("old", "A011")).json() == {"taken": 0, "known": 1, "refused": []}
