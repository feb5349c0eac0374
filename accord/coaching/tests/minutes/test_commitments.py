"""Commitments: who sees them, what becomes of them, and that the other side hears of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.coaching.errors.commitments import CommitmentChanged, PartnerHasLeft, PromisedToOneself
from accord.coaching.models import Commitment, CommitmentMove
from accord.coaching.queries.commitments import own_data
from accord.coaching.queries.sources import link_of, links_of
from accord.coaching.services.coaching_tasks import take_step
from accord.coaching.services.commitments import drop, keep, move, promise, reopen
from accord.coaching.tests.minutes.builders import soon
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from tests.cast import Cast, client_of, text_at
from tests.ladder import Ladder, others

NOBODY_ELSE = others("xiaozhang", "manager_li")


def promised(cast: Cast, text: str = "周五前换掉首图", **values: object) -> Commitment:
    """小张 promised it to 李经理."""
    made = {"due_on": soon(), "source": "coaching_tasks:1", "sentence": "首图周五前换完", **values}
    return promise(cast.xiaozhang, cast.manager_li, text, by=cast.manager_li, **made)  # type: ignore[arg-type]


class OfCommitment(Ladder):
    hidden_from = NOBODY_ELSE

    def make(self, cast: Cast) -> Commitment:
        return promised(cast)

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestCommitmentPage(OfCommitment):
    url_name = "coaching:commitment"
    may_open = ("xiaozhang", "manager_li")


class TestKeep(OfCommitment):
    url_name = "coaching:keep_commitment"
    method = "post"
    may_open = ("xiaozhang",)
    refused_to = ("manager_li",)

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"keep-edition": 0, "keep-note": ""}


class TestMove(OfCommitment):
    url_name = "coaching:move_commitment"
    method = "post"
    may_open = ("xiaozhang",)
    refused_to = ("manager_li",)

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"move-edition": 0, "move-due_on": soon(14).isoformat(), "move-word": "等设计"}


class TestDrop(OfCommitment):
    url_name = "coaching:drop_commitment"
    method = "post"
    may_open = ("manager_li",)

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"drop-edition": 0, "drop-word": "活动取消了"}


class TestReopen(OfCommitment):
    url_name = "coaching:reopen_commitment"
    method = "post"
    may_open = ("manager_li",)

    def make(self, cast: Cast) -> Commitment:
        made = promised(cast)
        keep(made, "", cast.xiaozhang, 0)
        return made

    def payload(self, cast: Cast) -> dict[str, object]:
        return {"reopen-edition": 1}


class TestNewCommitment(Ladder):
    url_name = "coaching:new_commitment"
    may_open = ("manager_li", "xiaozhang")
    hidden_from = ("colleague", "stranger", "administrator", "auditor")
    refused_to = ("hrbp_wang", "executive_chen")
    wrong_verbs = ("delete",)

    def args(self, cast: Cast) -> list[object]:
        return ["coaching_tasks", task_about(cast.xiaozhang).pk if self.thing is None else self.thing.pk]

    def make(self, cast: Cast) -> object:
        return task_about(cast.xiaozhang)


class TestList(Ladder):
    url_name = "coaching:commitments"
    may_open = ("manager_li", "xiaozhang", "stranger", "administrator")
    hidden_from = ()


def told(person: Employee) -> list[str]:
    found = Notification.objects.filter(recipient=person.user, kind__startswith="coaching.commitment")
    return list(found.order_by("pk").values_list("kind", flat=True))


def test_the_other_side_sees_what_becomes_of_it(cast: Cast) -> None:
    one = promised(cast)
    assert told(cast.xiaozhang) == ["coaching.commitment_agreed"]
    move(one, soon(14), "等设计出图", cast.xiaozhang, 0)
    keep(one, "周四已上线", cast.xiaozhang, 1)
    reopen(one, cast.manager_li, 2)
    drop(one, "改用新版页面", cast.xiaozhang, 3)
    assert told(cast.manager_li) == [f"coaching.commitment_{what}" for what in ("moved", "kept", "dropped")]
    assert told(cast.xiaozhang)[1:] == ["coaching.commitment_reopened"]
    (slipped,) = CommitmentMove.objects.all()
    assert (slipped.before, slipped.after, slipped.word) == (soon(7), soon(14), "等设计出图")
    page = text_at(cast.manager_li, reverse("coaching:commitment", args=[one.pk]))
    assert "等设计出图" in page
    assert "改用新版页面" in page


def test_events_carry_no_words(cast: Cast) -> None:
    one = promised(cast, "canary-text", sentence="canary-sentence")
    move(one, soon(9), "canary-word", cast.xiaozhang, 0)
    keep(one, "canary-note", cast.xiaozhang, 1)
    payloads = [event.payload for event in Event.objects.filter(name__startswith="commitment.")]
    assert payloads == [{"commitment_id": one.pk}] * 3


def test_of_two_windows_one_wins_and_the_other_is_told(cast: Cast) -> None:
    one = promised(cast)
    keep(one, "", cast.xiaozhang, 0)
    with pytest.raises(CommitmentChanged):
        drop(one, "不做了", cast.manager_li, 0)
    answer = client_of(cast.xiaozhang).post(
        reverse("coaching:keep_commitment", args=[one.pk]), {"keep-edition": 0, "keep-note": "又点了一次"}
    )
    assert answer.status_code == 409
    one.refresh_from_db()
    assert (one.state, one.note) == ("kept", "")


def test_a_second_click_is_the_first_one(cast: Cast) -> None:
    one, zhang = promised(cast), client_of(cast.xiaozhang)
    moved = {"move-edition": 0, "move-due_on": soon(14).isoformat(), "move-word": "等设计"}
    for name, sent in (("move", moved), ("keep", {"keep-edition": 1, "keep-note": "已上线"})):
        for _ in range(2):
            assert zhang.post(reverse(f"coaching:{name}_commitment", args=[one.pk]), sent).status_code == 302
    assert CommitmentMove.objects.count() == 1
    assert told(cast.manager_li) == ["coaching.commitment_moved", "coaching.commitment_kept"]


def test_a_promise_needs_somebody_who_is_still_here(cast: Cast) -> None:
    with pytest.raises(PromisedToOneself):
        promise(cast.xiaozhang, cast.xiaozhang, "改首图", soon(), "coaching_tasks:1", "", cast.xiaozhang)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.LEFT)
    cast.xiaozhang.refresh_from_db()
    with pytest.raises(PartnerHasLeft):
        promise(cast.manager_li, cast.xiaozhang, "改首图", soon(), "coaching_tasks:1", "", cast.manager_li)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("move_commitment", {"move-edition": 0, "move-due_on": "2026-02-30", "move-word": "x"}),
        ("move_commitment", {"move-edition": 0, "move-due_on": "2001-01-01", "move-word": "x"}),
        ("move_commitment", {"move-edition": 0, "move-due_on": "9999-01-01", "move-word": "x"}),
        ("move_commitment", {"move-edition": 0, "move-due_on": "2026-12-01", "move-word": ""}),
        ("drop_commitment", {"drop-edition": 0, "drop-word": " "}),
        ("keep_commitment", {"keep-edition": 0, "keep-note": "长" * 301}),
        ("keep_commitment", {"keep-edition": "9" * 30}),
        ("keep_commitment", {}),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_the_words_stay(cast: Cast, name: str, payload: dict[str, object]) -> None:
    one = promised(cast)
    answer = client_of(cast.xiaozhang).post(reverse(f"coaching:{name}", args=[one.pk]), payload)
    assert answer.status_code == 422
    one.refresh_from_db()
    assert (one.state, one.edition) == ("open", 0)
    if payload.get("keep-note"):
        assert "长" * 301 in answer.content.decode()


def test_what_was_agreed_in_a_coaching_task_becomes_a_commitment(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    here = reverse("coaching:task", args=[task.pk])
    new = reverse("coaching:new_commitment", args=["coaching_tasks", task.pk])
    assert new not in text_at(cast.manager_li, here)
    take_step(task, "action", "首图周四前换完", cast.manager_li)
    assert new in text_at(cast.manager_li, here)
    sent = {"who": "other", "text": "换首图", "due_on": soon().isoformat(), "token": uuid4()}
    for _ in range(2):
        answer = client_of(cast.manager_li).post(new, sent)
        assert (answer.status_code, answer["Location"]) == (302, here)
    (made,) = Commitment.objects.all()
    assert (made.owner, made.partner, made.sentence) == (cast.xiaozhang, cast.manager_li, "首图周四前换完")
    for side in (cast.manager_li, cast.xiaozhang):
        assert "换首图" in text_at(side, here)
        assert here in text_at(side, reverse("coaching:commitment", args=[made.pk]))
    for looker in (cast.hrbp_wang, cast.executive_chen):
        assert "换首图" not in text_at(looker, here)


def test_other_words_in_a_form_that_was_recorded_stay_in_it_and_are_one_more(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    new, li = reverse("coaching:new_commitment", args=["coaching_tasks", task.pk]), client_of(cast.manager_li)
    sent = {"who": "other", "text": "换首图", "due_on": soon().isoformat(), "token": uuid4()}
    li.post(new, sent)
    late = li.post(new, sent | {"text": "补主图视频"})
    assert late.status_code == 409
    assert "补主图视频" in late.content.decode()
    anew = late.context["form"]["token"].value()
    assert li.post(new, sent | {"text": "补主图视频", "token": anew}).status_code == 302
    assert sorted(Commitment.objects.values_list("text", flat=True)) == sorted(["换首图", "补主图视频"])
    assert len(told(cast.xiaozhang)) == 2


@pytest.mark.parametrize("table", ["coaching_tasks", "focus_areas", "feedback"])
def test_where_there_is_nothing_no_commitment_is_recorded(cast: Cast, table: str) -> None:
    for pk in (0, 10**30):
        address = reverse("coaching:new_commitment", args=[table, pk])
        assert client_of(cast.xiaozhang).get(address).status_code == 404


def test_lists_keep_the_two_sides_apart(cast: Cast) -> None:
    promised(cast, "交周报")
    keep(promised(cast, "补数据"), "", cast.xiaozhang, 0)
    address = reverse("coaching:commitments")
    assert "交周报" in text_at(cast.xiaozhang, address)
    assert "交周报" not in text_at(cast.manager_li, address)
    assert "交周报" in text_at(cast.manager_li, f"{address}?show=theirs")
    for side in (cast.xiaozhang, cast.manager_li):
        closed = text_at(side, f"{address}?show=closed")
        assert "补数据" in closed
        assert "交周报" not in closed
    assert text_at(cast.stranger, f"{address}?show=nonsense&page=x")


def test_script_in_a_commitment_is_only_text(cast: Cast) -> None:
    one = promised(cast, "<script>alert(1)</script>", sentence="<img src=x onerror=alert(1)>")
    for url in (reverse("coaching:commitment", args=[one.pk]), reverse("coaching:commitments")):
        page = text_at(cast.xiaozhang, url)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_own_data_is_what_one_is_a_side_of(cast: Cast) -> None:
    move(promised(cast), soon(9), "等设计", cast.xiaozhang, 0)
    (mine,) = own_data(cast.xiaozhang.user)
    assert (mine["promised_by_me"], mine["with"]) == (True, "李经理")
    assert mine["put_off"][0]["word"] == "等设计"
    (followed,) = own_data(cast.manager_li.user)
    assert followed["promised_by_me"] is False
    assert own_data(cast.colleague.user) == []


def test_a_source_that_says_nothing_is_none(cast: Cast) -> None:
    task = task_about(cast.xiaozhang)
    link = link_of(f"coaching_tasks:{task.pk}")
    assert link
    assert link.url == reverse("coaching:task", args=[task.pk])
    assert set(links_of([f"alerts:{task.alert_id}", f"commitments:{promised(cast).pk}"])) == {
        f"alerts:{task.alert_id}",
        f"commitments:{Commitment.objects.get().pk}",
    }
    for nothing in (
        "",
        "coaching_tasks:",
        "coaching_tasks:x",
        "coaching_tasks:²",
        "nowhere:1",
        f"coaching_tasks:{10**30}",
    ):
        assert link_of(nothing) is None


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    client: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    task = task_about(cast.xiaozhang)
    for number in range(many):
        promised(cast, f"承诺{number}", source=f"coaching_tasks:{task.pk}")
    client.force_login(cast.xiaozhang.user)
    client.get(reverse("coaching:commitments"))
    with django_assert_max_num_queries(11):
        client.get(reverse("coaching:commitments"))
