"""Where minutes and commitments are met again: the next agenda, Today, the scorecard, the quality of alerts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accord.alerts.models import Alert
from accord.alerts.queries.rules import with_rules
from accord.alerts.services.watching import note_outcome
from accord.coaching.agenda_sources import suggestions_for
from accord.coaching.models import CoachingTask, OneOnOne
from accord.coaching.services.coaching_tasks import close, close_by_itself
from accord.coaching.services.commitments import keep, promise
from accord.coaching.tests.minutes.builders import confirmed, held_talk, laid_out, sign_for, soon
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.models import Event
from accord.goals.models import Cycle
from tests.cast import Cast, text_at


def next_talk(cast: Cast) -> OneOnOne:
    """The talk after the last one of 小张 and 李经理, in two weeks."""
    pairing = held_talk(cast).pairing
    at = timezone.now() + timedelta(days=14)
    return OneOnOne.objects.create(pairing=pairing, slot=at, planned_at=at, minutes=30)


def test_what_is_due_by_the_next_talk_stands_on_its_agenda(cast: Cast) -> None:
    talk = next_talk(cast)
    kept, due, late = (
        promise(cast.xiaozhang, cast.manager_li, text, day, "coaching_tasks:1", "", cast.manager_li)
        for text, day in (("补数据", soon()), ("换首图", soon()), ("写流程", soon(-9)))
    )
    promise(cast.manager_li, cast.xiaozhang, "争取名额", soon(15), "coaching_tasks:1", "", cast.manager_li)
    promise(cast.colleague, cast.manager_li, "别人的事", soon(), "coaching_tasks:1", "", cast.manager_li)
    keep(kept, "", cast.xiaozhang, 0)
    found = [each for each in suggestions_for(talk) if each.source.startswith("commitments:")]
    assert [each.source for each in found] == [f"commitments:{late.pk}", f"commitments:{due.pk}"]
    assert "写流程" in found[0].text
    assert found[0].url == reverse("coaching:commitment", args=[late.pk])


def test_today_names_what_i_owe_and_does_not_nag(cast: Cast) -> None:
    today = reverse("insights:today")
    made = laid_out(cast)
    page = reverse("coaching:minutes_page", args=[made.pk])
    assert page in text_at(cast.xiaozhang, today)
    sign_for(cast.xiaozhang, made)
    assert page not in text_at(cast.xiaozhang, today)
    for text, day in (("今天到期", soon(0)), ("早已过期", soon(-8)), ("还没到期", soon(1))):
        promise(cast.xiaozhang, cast.manager_li, text, day, "coaching_tasks:1", "", cast.manager_li)
    mine = text_at(cast.xiaozhang, today)
    assert "今天到期" in mine
    assert "早已过期" not in mine
    assert "还没到期" not in mine
    assert "今天到期" not in text_at(cast.manager_li, today)


@pytest.mark.parametrize("begun_days_ago", [1, 90])
def test_the_scorecard_cites_the_minutes_of_its_cycle(cast: Cast, begun_days_ago: int) -> None:
    made = confirmed(cast)
    first = soon(-begun_days_ago)
    Cycle.objects.create(name="周期", starts_on=first, ends_on=soon(60))
    OneOnOne.objects.filter(pk=made.one_on_one_id).update(planned_at=timezone.now() - timedelta(days=30))
    page, card = (
        reverse("coaching:minutes_page", args=[made.pk]),
        reverse("goals:scorecard_person", args=[cast.xiaozhang.pk]),
    )
    within = begun_days_ago > 30
    assert (page in text_at(cast.xiaozhang, reverse("goals:scorecard"))) is within
    assert (page in text_at(cast.manager_li, card)) is within
    # They may see the scorecard, and not what the two wrote down for themselves.
    for reader in (cast.hrbp_wang, cast.executive_chen):
        assert page not in text_at(reader, card)


def test_what_came_of_coaching_stands_beside_the_switch_of_the_rule(cast: Cast) -> None:
    helped, wrong, gone = (task_about(cast.xiaozhang, name=name) for name in ("签约额", "回款率", "客单价"))
    close(helped, "helped", "", cast.manager_li)
    close(wrong, "target_wrong", "", cast.manager_li)
    close_by_itself(gone, CoachingTask.ClosedBecause.WITHDRAWN)
    for event in Event.objects.filter(name="coaching_task.closed"):
        note_outcome(**event.payload)
    assert dict(Alert.objects.values_list("coaching_task", "coached")) == {
        helped.pk: "helped",
        wrong.pk: "target_wrong",
        gone.pk: "",
    }
    for task, counted in ((helped, (1, 0)), (wrong, (0, 1)), (gone, (0, 0))):
        metric = task.alert.series.metric
        ((two_misses, _falling),) = [one.rules for one in with_rules([metric])]
        assert (two_misses.outcomes.helped, two_misses.outcomes.target_wrong) == counted
        history = text_at(cast.administrator, reverse("alerts:rule_history", args=[metric.pk]))
        assert ("辅导任务已结束" in history) is any(counted)
