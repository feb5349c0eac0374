"""Who sees what of one-on-ones: the two, and nobody else; private notes nobody but their author."""

from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.coaching.models import OneOnOne, Pairing, TalkNote
from accord.coaching.queries.one_on_ones import own_data
from accord.coaching.services.one_on_ones import (
    add_point,
    arrange,
    begin,
    end,
    pause,
    save_note,
)
from accord.coaching.services.one_on_ones.upkeep import notice_missed
from accord.coaching.tests.talks.builders import WEEKLY, a_pair_now, next_talk
from accord.foundation.models import Event
from accord.people.models import Employee
from tests.cast import Cast, client_of, employee
from tests.ladder import Ladder, others

OUTSIDE = others("xiaozhang", "manager_li")


class OfTalk(Ladder):
    may_open: ClassVar = ("xiaozhang", "manager_li")
    hidden_from = OUTSIDE

    def make(self, cast: Cast) -> OneOnOne:
        return next_talk(a_pair_now(cast))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class Change(OfTalk):
    method = "post"
    may_open: ClassVar = ("xiaozhang",)


class TestTalk(OfTalk):
    url_name = "coaching:one_on_one"


class TestLive(OfTalk):
    url_name = "coaching:one_on_one_live"


class TestMove(Change):
    url_name = "coaching:one_on_one_move"

    def payload(self, cast: Cast) -> dict[str, Any]:
        day = self.thing.planned_at.date()
        return {"move-day": day.isoformat(), "move-at": "23:30", "sequence": "0"}


class TestSkip(Change):
    url_name = "coaching:one_on_one_skip"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"skip-reason": "出差"}


class TestBegin(Change):
    url_name = "coaching:one_on_one_begin"


class TestEnd(Change):
    url_name = "coaching:one_on_one_end"

    def make(self, cast: Cast) -> OneOnOne:
        talk = next_talk(a_pair_now(cast))
        begin(talk, cast.manager_li)
        return talk


class TestHeld(Change):
    url_name = "coaching:one_on_one_held"

    def make(self, cast: Cast) -> OneOnOne:
        talk = next_talk(a_pair_now(cast))
        OneOnOne.objects.filter(pk=talk.pk).update(planned_at=talk.pairing.made_at.replace(year=talk.slot.year - 1))
        notice_missed()
        OneOnOne.objects.filter(pk=talk.pk).update(planned_at=talk.pairing.made_at)
        return talk


class TestAddPoint(Change):
    url_name = "coaching:one_on_one_point"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"text": "排期", "section": "obstacles"}


class TestDismiss(Change):
    url_name = "coaching:one_on_one_dismiss"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"source": "kpis:1"}


class TestSettle(Change):
    url_name = "coaching:agenda_point"

    def make(self, cast: Cast) -> Any:
        return add_point(next_talk(a_pair_now(cast)), "progress", "排期", cast.manager_li)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"state": "discussed"}


class TestNote(Change):
    url_name = "coaching:talk_note"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, "shared"]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"text": "记录", "edition": "0"}


class TestChoose(TestNote):
    url_name = "coaching:talk_note_choose"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"choice": "both", "window": "w"}


class OfPairing(OfTalk):
    def make(self, cast: Cast) -> Pairing:
        return a_pair_now(cast)


class ChangePairing(OfPairing):
    method = "post"
    may_open: ClassVar = ("xiaozhang",)


class TestPairing(OfPairing):
    url_name = "coaching:pairing"


class TestChangePage(OfPairing):
    url_name = "coaching:pairing_change"
    wrong_verbs = ("delete", "put")


class TestPause(ChangePairing):
    url_name = "coaching:pairing_pause"


class TestResume(ChangePairing):
    url_name = "coaching:pairing_resume"

    def make(self, cast: Cast) -> Pairing:
        pairing = a_pair_now(cast)
        pause(pairing, cast.manager_li)
        return pairing


class TestReading(ChangePairing):
    url_name = "coaching:pairing_reading"


class TestExtra(ChangePairing):
    url_name = "coaching:pairing_extra"
    works_with = (302, 422)


class TestNew(Ladder):
    url_name = "coaching:pairing_new"
    may_open: ClassVar = ("manager_li", "xiaozhang")
    hidden_from = OUTSIDE
    wrong_verbs = ("delete", "put")

    def args(self, cast: Cast) -> list[Any]:
        return [cast.xiaozhang.pk]


def test_whoever_has_no_manager_has_nobody_to_arrange_with(cast: Cast) -> None:
    address = reverse("coaching:pairing_new", args=[cast.executive_chen.pk])
    assert client_of(cast.executive_chen).get(address).status_code == 403


def test_a_rhythm_is_arranged_and_changed_on_the_page(cast: Cast) -> None:
    client = client_of(cast.xiaozhang)
    given = {"kind": "biweekly", "starts_on": "2030-01-02", "at": "10:00", "minutes": "45", "zone": "Asia/Shanghai"}
    client.post(reverse("coaching:pairing_new", args=[cast.xiaozhang.pk]), given)
    pairing = Pairing.objects.get(manager=cast.manager_li, employee=cast.xiaozhang)
    assert (pairing.rhythm, pairing.minutes) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", 45)
    past = given | {"kind": "own", "rule": "FREQ=WEEKLY;UNTIL=20200101"}
    refused = client.post(reverse("coaching:pairing_change", args=[pairing.pk]), past)
    assert refused.status_code == 422
    assert "FREQ=WEEKLY;UNTIL=20200101" in refused.content.decode(), "what was written stays in the form"
    client.post(reverse("coaching:pairing_change", args=[pairing.pk]), given | {"kind": "weekly", "edition": "0"})
    pairing.refresh_from_db()
    assert pairing.rhythm == "FREQ=WEEKLY;BYDAY=WE"


def page(client: Client, talk: OneOnOne) -> str:
    return str(client.get(reverse("coaching:one_on_one", args=[talk.pk])).content.decode())


def test_notes_are_for_both_or_for_one_alone(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    save_note(talk, cast.manager_li, "shared", "<script>canary-shared</script>", 0)
    save_note(talk, cast.manager_li, "private", "canary-private", 0)
    others = page(client_of(cast.xiaozhang), talk)
    assert "&lt;script&gt;canary-shared" in others
    assert "<script>canary" not in others
    assert "canary-private" not in others
    assert "canary-private" in page(client_of(cast.manager_li), talk)
    for event in Event.objects.all():
        assert "canary" not in str(event.payload)


def test_own_data_holds_ones_own_words_only(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    for person, word in ((cast.manager_li, "canary-li"), (cast.xiaozhang, "canary-zhang")):
        save_note(talk, person, "shared", word, 0)
        save_note(talk, person, "private", f"{word}-private", 0)
        add_point(talk, "progress", f"{word}-point", person)
    told = str(own_data(cast.xiaozhang.user))
    assert "canary-li" not in told
    assert all(word in told for word in ("canary-zhang", "canary-zhang-private", "canary-zhang-point"))


def test_each_of_the_two_allows_reading_for_themselves_alone(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    address = reverse("coaching:pairing_reading", args=[pairing.pk])
    for person, allowed, expected in (
        (cast.xiaozhang, "yes", (False, True)),
        (cast.manager_li, "yes", (True, True)),
        (cast.xiaozhang, "no", (True, False)),
    ):
        client_of(person).post(address, {"allowed": allowed})
        pairing.refresh_from_db()
        assert (pairing.manager_shares, pairing.employee_shares) == expected
    assert client_of(cast.stranger_manager).post(address, {"allowed": "yes"}).status_code == 404


def test_a_stranger_to_the_talk_reads_nothing_of_it_even_as_the_next_manager(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    begin(talk, cast.manager_li)
    end(talk, cast.manager_li)
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(manager=cast.stranger_manager)
    address = reverse("coaching:one_on_one", args=[talk.pk])
    assert client_of(cast.stranger_manager).get(address).status_code == 404
    assert client_of(cast.manager_li).get(address).status_code == 200


def test_two_windows_never_lose_a_word(cast: Cast) -> None:
    talk, me = next_talk(a_pair_now(cast)), client_of(cast.xiaozhang)
    address = reverse("coaching:talk_note", args=[talk.pk, "shared"])

    def save(text: str, edition: int, window: str) -> dict[str, Any]:
        sent = {"text": text, "edition": edition, "window": window}
        return dict(me.post(address, sent, headers={"Accept": "application/json"}).json())

    assert save("第一句", 0, "a") == {"edition": 1, "aside": False}
    assert save("第一句，第二句", 0, "a")["edition"] == 2, "a window that did not hear of its save goes on"
    assert save("手机上写的", 1, "b") == {"edition": 2, "aside": True}
    assert save("手机上写的更多", 1, "b")["aside"]
    note = TalkNote.objects.get()
    assert (note.text, note.asides) == ("第一句，第二句", {"b": "手机上写的更多"})
    assert "手机上写的更多" in page(me, talk)
    me.post(reverse("coaching:talk_note_choose", args=[talk.pk, "shared"]), {"choice": "both", "window": "b"})
    note.refresh_from_db()
    assert (note.text, note.asides) == ("第一句，第二句\n\n手机上写的更多", {})
    assert me.post(address, {"text": "长" * 20_001}, headers={"Accept": "application/json"}).status_code == 422
    note.refresh_from_db()
    assert "第一句" in note.text


def test_shared_notes_rest_some_days_after_the_talk(cast: Cast) -> None:
    talk, me = next_talk(a_pair_now(cast)), client_of(cast.xiaozhang)
    begin(talk, cast.manager_li)
    end(talk, cast.manager_li)
    address = reverse("coaching:talk_note", args=[talk.pk, "shared"])
    assert me.post(address, {"text": "补一句", "edition": "0"}).status_code == 302
    OneOnOne.objects.filter(pk=talk.pk).update(ended_at=talk.pairing.made_at.replace(year=2020))
    assert me.post(address, {"text": "改掉", "edition": "1"}).status_code == 409
    private = reverse("coaching:talk_note", args=[talk.pk, "private"])
    assert me.post(private, {"text": "自己的", "edition": "0"}).status_code == 302


@pytest.mark.parametrize("many", [10, 20])
def test_the_list_asks_the_same_for_many(
    cast: Cast, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        person = employee(f"B{number:03d}", f"组员{number}", cast.east, cast.manager_li)
        arrange(cast.manager_li, person, WEEKLY, cast.manager_li)
    client = client_of(cast.manager_li)
    client.get(reverse("coaching:one_on_ones"))
    with django_assert_max_num_queries(14):
        text = client.get(reverse("coaching:one_on_ones")).content.decode()
    assert text.count("组员") >= many


def test_an_account_without_employment_is_told_so(client: Client, cast: Cast) -> None:
    Employee.objects.filter(pk=cast.stranger.pk).update(user=None)
    client.force_login(cast.stranger.user)
    assert client.get(reverse("coaching:one_on_ones")).status_code == 200
    assert client.get(reverse("coaching:calendar")).status_code == 404
