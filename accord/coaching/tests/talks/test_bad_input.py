"""What is sent to the pages of one-on-ones by somebody who means no good, or whose finger slipped."""

from __future__ import annotations

import time as clock
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accord.coaching.forms.one_on_ones import RhythmForm
from accord.coaching.models import OneOnOne, Pairing, TalkNote
from accord.coaching.services.feedback.answers import receive
from accord.coaching.services.feedback.taking_further import take_into_next_talk
from accord.coaching.services.one_on_ones.upkeep import follow_managers
from accord.coaching.templatetags.one_on_ones import on_day
from accord.coaching.tests.feedback.builders import sent
from accord.coaching.tests.talks.builders import NOW, a_pair_now, next_talk
from accord.domain.talk_rhythm import RhythmError, Wrong, read_rule
from accord.foundation.clock import organisation_day
from accord.goals.models import CheckIn
from accord.people.services.employment import set_manager
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rule", "starts_on", "wrong"),
    [
        ("FREQ=WEEKLY", date(9999, 12, 31), Wrong.TOO_FAR),
        ("FREQ=WEEKLY;COUNT=1000000000", date(1, 1, 1), Wrong.TOO_FAR),
        ("FREQ=WEEKLY;BYMONTHDAY=31;BYDAY=MO;BYSETPOS=5", date(2026, 10, 14), Wrong.NEVER),
        ("FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=300;COUNT=9", date(2026, 10, 14), Wrong.NEVER),
        ("FREQ=MONTHLY;BYMONTHDAY=30;INTERVAL=12", date(2026, 2, 14), Wrong.NEVER),
        ("FREQ=MONTHLY;COUNT=2", date(2026, 1, 14), Wrong.ENDS_IN_PAST),
    ],
)
def test_a_rule_that_leads_nowhere_is_refused_at_once(rule: str, starts_on: date, wrong: Wrong) -> None:
    began = clock.process_time()
    with pytest.raises(RhythmError) as refused:
        read_rule(rule, starts_on, NOW, time(10), ZoneInfo("Asia/Shanghai"))
    assert refused.value.wrong == wrong
    assert clock.process_time() - began < 0.5


def test_a_leap_day_is_a_rhythm() -> None:
    found = read_rule("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29", date(2026, 2, 1), NOW, time(10), ZoneInfo("UTC"))
    assert found.rule.startswith("FREQ=MONTHLY")


@pytest.mark.parametrize("starts_on", ["9999-12-31", "0001-01-01"])
def test_a_first_talk_in_another_age_is_said_to_be_too_far(cast: Cast, starts_on: str) -> None:
    form = {"kind": "weekly", "starts_on": starts_on, "at": "23:59", "minutes": "30", "zone": "America/Los_Angeles"}
    answer = client_of(cast.manager_li).post(reverse("coaching:pairing_new", args=[cast.xiaozhang.pk]), form)
    assert answer.status_code == 422
    assert not Pairing.objects.exists()


def test_a_note_leaves_out_what_no_database_keeps(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    address = reverse("coaching:talk_note", args=[talk.pk, "private"])
    client = client_of(cast.manager_li)
    client.post(address, {"text": "一\0二", "window": "w\0"})
    assert TalkNote.objects.get().text == "一二"
    client.post(address, {"text": "三\0四", "window": "v\0", "edition": "0"})
    assert TalkNote.objects.get().asides == {"v": "三四"}


def test_a_former_manager_reads_no_news_by_beginning_an_old_talk(cast: Cast) -> None:
    talk = next_talk(a_pair_now(cast))
    OneOnOne.objects.filter(pk=talk.pk).update(state="skipped")
    set_manager(cast.xiaozhang, cast.stranger_manager, on=organisation_day())
    CheckIn.objects.create(employee=cast.xiaozhang, on=organisation_day(), moved="canary-moved", confidence=5)
    client = client_of(cast.manager_li)
    client.post(reverse("coaching:one_on_one_begin", args=[talk.pk]))
    assert "canary-moved" not in client.get(reverse("coaching:one_on_one", args=[talk.pk])).content.decode()
    assert not talk.points.exists()


def test_the_next_manager_does_not_learn_who_wrote_what_only_the_former_one_may_read(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    feedback = sent(cast.colleague, cast.xiaozhang, visibility="manager")
    receive(feedback)
    take_into_next_talk(feedback)
    assert "小林" in next_talk(pairing).points.get().text
    set_manager(cast.xiaozhang, cast.stranger_manager, on=organisation_day())
    follow_managers()
    point = next_talk(Pairing.objects.get(manager=cast.stranger_manager)).points.get()
    assert point.source == f"feedback:{feedback.pk}"
    assert "小林" not in point.text


def test_a_second_click_adds_no_second_point_and_lengths_are_said_in_the_readers_language(cast: Cast) -> None:
    talk, zhang = next_talk(a_pair_now(cast)), client_of(cast.xiaozhang)
    for _ in range(2):
        zhang.post(reverse("coaching:one_on_one_point", args=[talk.pk]), {"section": "growth", "text": "想带一个新人"})
    assert talk.points.filter(text="想带一个新人").count() == 1
    for name in ("begin", "end", "end"):
        assert zhang.post(reverse(f"coaching:one_on_one_{name}", args=[talk.pk])).status_code == 302
    with override("en"):
        assert "30 minutes" in str(RhythmForm(zone="UTC")["minutes"])
        assert on_day(NOW).endswith(f"{NOW:%b} {timezone.localtime(NOW).day}")
    with override("zh-hans"):
        assert on_day(NOW).startswith(f"{NOW.month}月{timezone.localtime(NOW).day}日")
