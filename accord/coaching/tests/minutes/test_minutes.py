"""Minutes: both write without losing a word, both confirm, a refusal keeps both versions."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accord.coaching.errors.minutes import (
    MinutesChanged,
    MinutesClosed,
    MinutesIncomplete,
    MinutesStanding,
    MinutesTooLarge,
    TalkNotBegun,
)
from accord.coaching.models import AgendaPoint, Commitment, Minutes, Pairing
from accord.coaching.queries.minutes import own_data
from accord.coaching.queries.minutes_time import predicted
from accord.coaching.services.minutes import begin, begin_again, lay_out, save, settle_conflict, take_back
from accord.coaching.services.minutes.confirming import KIND, follow_ended, follow_signed
from accord.coaching.tests.minutes.builders import (
    confirmed,
    drafted,
    held_talk,
    laid_out,
    refused,
    sign_for,
    soon,
    words,
    written,
)
from accord.foundation.models import Event, Notification
from accord.people.models import Employee
from accord.workflow.jobs.documents import tend_documents
from accord.workflow.models import Document
from accord.workflow.services.documents import expire_due, remind_due
from accord.workflow.services.merging import Change
from tests.cast import Cast, client_of, page_of
from tests.ladder import Ladder, others

NOBODY_ELSE = others("xiaozhang", "manager_li")


class OfMinutes(Ladder):
    hidden_from = NOBODY_ELSE

    def make(self, cast: Cast) -> Minutes:
        return drafted(cast)

    def args(self, cast: Cast) -> list[object]:
        return [self.thing.pk]


class TestDraftPage(OfMinutes):
    url_name = "coaching:minutes_page"
    may_open = ("xiaozhang", "manager_li")
    wrong_verbs = ("delete",)


class TestConfirmedPage(OfMinutes):
    url_name = "coaching:minutes_page"
    may_open = ("xiaozhang", "manager_li")
    wrong_verbs = ("delete",)

    def make(self, cast: Cast) -> Minutes:
        return confirmed(cast)


class TestBegin(OfMinutes):
    url_name = "coaching:begin_minutes"
    method = "post"
    may_open = ("xiaozhang",)

    def make(self, cast: Cast) -> object:
        return held_talk(cast)


class TestCorrect(OfMinutes):
    url_name = "coaching:correct_minutes"
    method = "post"
    may_open = ("xiaozhang",)

    def make(self, cast: Cast) -> Minutes:
        return laid_out(cast)


class TestSave(OfMinutes):
    url_name = "coaching:save_minutes"
    method = "post"
    may_open = ("manager_li", "xiaozhang")

    def works_for_those_who_may(self, cast: Cast) -> None:
        for person in (cast.manager_li, cast.xiaozhang):
            assert autosave(person, self.thing, {"decisions": ("广告收窄到复购人群", "改投老客")})["revision"]


class TestList(Ladder):
    url_name = "coaching:minutes"
    may_open = ("manager_li", "xiaozhang", "stranger", "administrator")
    hidden_from = ()


def autosave(person: Employee, minutes: Minutes, changes: dict[str, tuple[object, object]], revision: int = 0) -> dict:
    sent = {key: {"before": before, "after": after} for key, (before, after) in changes.items()}
    body = {"revision": revision, "window": "w1", "changes": sent}
    address = reverse("coaching:save_minutes", args=[minutes.pk])
    answer = client_of(person).post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_from_the_talk_to_commitments_in_both_lists(cast: Cast) -> None:
    made = confirmed(cast)
    assert made.state == "confirmed"
    mine, theirs = Commitment.objects.order_by("pk")
    assert (mine.owner, mine.partner, mine.text, mine.due_on) == (
        cast.xiaozhang,
        cast.manager_li,
        "换掉首图",
        soon(),
    )
    assert (theirs.owner, theirs.source) == (cast.manager_li, f"minutes:{made.pk}")
    assert "换掉首图" in mine.sentence
    assert "换掉首图" in page_of(cast.xiaozhang, "coaching:commitments")
    assert reverse("coaching:minutes_page", args=[made.pk]) in page_of(cast.xiaozhang, "coaching:commitment", mine.pk)
    follow_signed(made.document_id, KIND, f"minutes:{made.pk}")
    assert Commitment.objects.count() == 2
    assert not Notification.objects.filter(kind__startswith="coaching.commitment").exists()
    page = page_of(cast.manager_li, "coaching:minutes_page", made.pk)
    assert "<textarea" not in page
    assert "是否降价，下月再看" in page


def test_the_document_says_what_was_written(cast: Cast) -> None:
    made = laid_out(cast)
    paper = made.document.paper
    assert [party.name for party in paper.parties] == ["小张", "李经理"]
    for word in ("广告收窄到复购人群", "是否降价，下月再看"):
        assert word in paper.text
    assert paper.content["rows"][0] == {
        "label": {"zh": "小张", "en": "小张"},
        "value": f"换掉首图（{soon().isoformat()} 前）",
    }
    for side in (cast.xiaozhang, cast.manager_li):
        assert client_of(side).get(reverse("workflow:document", args=[made.document_id])).status_code == 200
    for other in NOBODY_ELSE:
        reader = client_of(getattr(cast, other))
        assert reader.get(reverse("workflow:document", args=[made.document_id])).status_code == 404


def test_two_who_write_at_once_lose_nothing(cast: Cast) -> None:
    made = begin(held_talk(cast), cast.manager_li)
    li = autosave(cast.manager_li, made, {"decisions": ("", "收窄广告")})
    zhang = autosave(cast.xiaozhang, made, {"decisions": ("", "换首图"), "disagreements": ("", "要不要降价")})
    assert li["conflicts"] == {}
    assert "收窄广告" in zhang["conflicts"]["decisions"]
    assert "换首图" in zhang["conflicts"]["decisions"]
    assert zhang["answers"]["decisions"] == "收窄广告"
    made.refresh_from_db()
    assert made.answers == {"decisions": "收窄广告", "disagreements": "要不要降价"}
    (window,) = made.set_aside["decisions"]
    page = page_of(cast.manager_li, "coaching:minutes_page", made.pk)
    assert "换首图" in page
    assert "小张" in page
    with pytest.raises(MinutesIncomplete):
        lay_out(made, cast.manager_li, made.revision)
    choose = {"do": f"settle:decisions:{window}:both", "shown": "{}", "decisions": "收窄广告"}
    client_of(cast.manager_li).post(reverse("coaching:minutes_page", args=[made.pk]), choose)
    made.refresh_from_db()
    assert (made.answers["decisions"], made.set_aside) == ("收窄广告\n换首图", {})


def test_rows_of_both_can_be_kept(cast: Cast) -> None:
    made = begin(held_talk(cast), cast.manager_li)
    one, other = ({"who": "employee", "what": what, "due": soon().isoformat()} for what in ("甲", "乙"))
    save(made, {"commitments": Change(None, [one])}, cast.manager_li, "1-a")
    saved = save(made, {"commitments": Change(None, [other])}, cast.xiaozhang, "2-b")
    assert saved.conflicts == ("commitments",)
    kept = settle_conflict(made, "commitments", "2-b", "both", cast.xiaozhang).minutes
    assert (kept.answers["commitments"], kept.set_aside) == ([one, other], {})


def test_without_a_script_it_is_written_and_laid_out_too(cast: Cast) -> None:
    made = begin(held_talk(cast), cast.manager_li)
    client, address = client_of(cast.manager_li), reverse("coaching:minutes_page", args=[made.pk])
    row = {"commitments-0-who": "manager", "commitments-0-what": "定条款", "commitments-0-due": soon().isoformat()}
    sent = {"revision": 0, "window": "w", "shown": "{}", "decisions": "收窄\r\n广告", "commitments-rows": 1, **row}
    assert client.post(address, {**sent, "do": "save"}).status_code == 302
    made.refresh_from_db()
    assert made.answers["decisions"] == "收窄\n广告"
    answer = client.post(address, {**sent, "revision": 1, "shown": json.dumps(made.answers), "do": "confirm"})
    made.refresh_from_db()
    assert answer["Location"] == reverse("workflow:document", args=[made.document_id])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"who": "manager", "what": "定条款", "due": ""}, "第 1 行"),
        ({"who": "manager", "what": "", "due": "2026-12-01"}, "第 1 行"),
        ({"who": "nobody", "what": "定条款", "due": "2026-12-01"}, "第 1 行"),
        ({"who": "manager", "what": "定条款", "due": "明天"}, "第 1 行"),
        ({"who": "manager", "what": "定条款", "due": "2001-01-01"}, "第 1 行"),
        ({"who": "manager", "what": "定条款", "due": "9999-12-31"}, "第 1 行"),
        ({"who": "manager", "what": "长" * 301, "due": "2026-12-01"}, "第 1 行"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_kept(cast: Cast, row: dict[str, str], said: str) -> None:
    made = begin(held_talk(cast), cast.manager_li)
    sent = {f"commitments-0-{column}": value for column, value in row.items()}
    payload = {"do": "confirm", "shown": "{}", "commitments-rows": 1, "revision": 0, **sent}
    answer = client_of(cast.manager_li).post(reverse("coaching:minutes_page", args=[made.pk]), payload)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert (row["what"] or row["due"]) in page
    made.refresh_from_db()
    assert made.state == "draft"
    assert not Document.objects.exists()


def test_empty_huge_and_late_input_gets_a_sentence(cast: Cast) -> None:
    with pytest.raises(TalkNotBegun):
        begin(held_talk(cast, begun=False), cast.manager_li)
    made = begin(held_talk(cast), cast.manager_li)
    with pytest.raises(MinutesStanding):
        begin(made.one_on_one, cast.xiaozhang)
    with pytest.raises(MinutesIncomplete):
        lay_out(made, cast.manager_li, 0)
    with pytest.raises(MinutesTooLarge):
        written(made, cast.manager_li, decisions="长" * 30_000)
    long = written(made, cast.manager_li, decisions="长" * 4001)
    with pytest.raises(MinutesIncomplete):
        lay_out(long, cast.manager_li, long.revision)
    client = client_of(cast.manager_li)
    address = reverse("coaching:save_minutes", args=[made.pk])
    for body in ("[]", '{"changes": [1]}', '{"changes": {"decisions": 5, "nonsense": {}}}'):
        assert client.post(address, body, content_type="application/json").status_code == 200
    assert client.post(address, "no json", content_type="application/json").status_code == 400


def test_whoever_lays_out_has_seen_every_word(cast: Cast) -> None:
    made = drafted(cast)
    later = written(made, cast.xiaozhang, decisions="改投老客")
    with pytest.raises(MinutesChanged):
        lay_out(made, cast.manager_li, made.revision)
    lay_out(later, cast.manager_li, later.revision)
    with pytest.raises(MinutesClosed):
        lay_out(later, cast.xiaozhang, later.revision)
    with pytest.raises(MinutesClosed):
        written(later, cast.xiaozhang, decisions="又改")


def test_a_refusal_keeps_both_versions(cast: Cast) -> None:
    first = refused(cast, "没有答应换首图")
    assert first.state == "refused"
    assert not Commitment.objects.exists()
    counter = begin_again(first, cast.xiaozhang)
    counter = written(counter, cast.xiaozhang, commitments=[words()["commitments"][1]])
    lay_out(counter, cast.xiaozhang, counter.revision)
    counter.refresh_from_db()
    for side in (cast.xiaozhang, cast.manager_li):
        page = page_of(side, "coaching:minutes_page", counter.pk)
        assert "没有答应换首图" in page
        assert "换掉首图" in page
        assert reverse("workflow:document", args=[first.document_id]) in page
        sign_for(side, counter)
    follow_signed(counter.document_id, KIND, f"minutes:{counter.pk}")
    (only,) = Commitment.objects.all()
    assert only.owner == cast.manager_li
    first.refresh_from_db()
    assert first.state == "refused"


def test_either_corrects_before_both_have_confirmed(cast: Cast) -> None:
    first = laid_out(cast)
    sign_for(cast.manager_li, first)
    second = take_back(first, cast.xiaozhang)
    assert (second.number, second.state, second.answers) == (2, "draft", first.answers)
    first.refresh_from_db()
    assert (first.state, Document.objects.get().state) == ("taken_back", "withdrawn")
    follow_ended(first.document_id, KIND, f"minutes:{first.pk}")
    first.refresh_from_db()
    assert first.state == "taken_back"
    with pytest.raises(MinutesClosed):
        take_back(confirmed(cast), cast.xiaozhang)


def test_reminders_stop(cast: Cast) -> None:
    made = laid_out(cast)
    sign_for(cast.manager_li, made)
    late = timezone.now() + timedelta(days=12, hours=12)
    for _again in range(3):
        remind_due(late)
    reminded = Notification.objects.filter(kind="document.expiring")
    assert [each.recipient for each in reminded] == [cast.xiaozhang.user]
    Document.objects.update(expires_at=timezone.now())
    assert expire_due() == 1
    follow_ended(made.document_id, KIND, f"minutes:{made.pk}")
    made.refresh_from_db()
    assert made.state == "lapsed"
    tend_documents.call()
    assert reminded.count() == 1


def test_a_later_manager_reads_confirmed_minutes_only_if_both_allowed_it(cast: Cast) -> None:
    made, draft = confirmed(cast), begin(held_talk(cast), cast.manager_li)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(manager=cast.stranger_manager)
    later = client_of(cast.stranger_manager)
    address = reverse("coaching:minutes_page", args=[made.pk])
    paper = reverse("workflow:document", args=[made.document_id])
    for manager, employee, status in ((False, False, 404), (True, False, 404), (False, True, 404), (True, True, 200)):
        Pairing.objects.update(manager_shares=manager, employee_shares=employee)
        assert later.get(address).status_code == status
        assert later.get(paper).status_code == status
    assert later.get(reverse("coaching:minutes_page", args=[draft.pk])).status_code == 404
    assert later.post(reverse("coaching:correct_minutes", args=[made.pk])).status_code == 403
    assert "更正" not in later.get(address).content.decode()


def test_events_carry_no_words_and_own_data_is_for_the_two(cast: Cast) -> None:
    confirmed(cast, decisions="canary-decision")
    for event in Event.objects.filter(name__startswith=("minutes.")) | Event.objects.filter(
        name__startswith="document."
    ):
        assert "canary" not in json.dumps(event.payload)
    for side in (cast.xiaozhang, cast.manager_li):
        (told,) = own_data(side.user)
        assert told["decisions"] == "canary-decision"
    assert own_data(cast.hrbp_wang.user) == []


def test_script_in_minutes_is_only_text(cast: Cast) -> None:
    made = drafted(cast, decisions="<script>alert(1)</script></textarea>")
    AgendaPoint.objects.create(one_on_one=made.one_on_one, section="progress", text="<img src=x onerror=alert(1)>")
    page = page_of(cast.xiaozhang, "coaching:minutes_page", made.pk)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_minutes_take_five_minutes_at_most() -> None:
    assert predicted() <= 300


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    client: Client, cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        begin(held_talk(cast), cast.manager_li)
    client.force_login(cast.xiaozhang.user)
    client.get(reverse("coaching:minutes"))
    with django_assert_max_num_queries(11):
        assert client.get(reverse("coaching:minutes")).status_code == 200
