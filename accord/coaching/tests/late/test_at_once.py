"""Both clicks of one person at the same moment: neither is refused, and it happened once."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from accord.coaching.models import Feedback
from accord.coaching.services.assessing import Said, assess
from accord.coaching.services.coaching_tasks import close, snooze
from accord.coaching.services.development_plans.drafting import discard, draft_from
from accord.coaching.services.development_plans.progress import close as close_plan
from accord.coaching.services.development_plans.wording import remove_focus
from accord.coaching.services.feedback.drafts import throw_away
from accord.coaching.services.feedback.sending import withdraw
from accord.coaching.services.library import add_resource
from accord.coaching.services.minutes import begin, lay_out, take_back
from accord.coaching.services.one_on_ones import move, pause, skip
from accord.coaching.services.one_on_ones.feeds import open_feed
from accord.coaching.tests.feedback.builders import draft, sent
from accord.coaching.tests.learning.builders import competency
from accord.coaching.tests.minutes.builders import drafted, held_talk
from accord.coaching.tests.plans.builders import draft_of, running
from accord.coaching.tests.talks.builders import a_pair_now
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.clock import organisation_day
from accord.foundation.models import Event
from accord.workflow.tests.test_documents import together
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_are_one(cast: Cast) -> None:
    li, zhang, soon = cast.manager_li, cast.xiaozhang, timezone.now() + timedelta(days=3)
    later = organisation_day() + timedelta(days=3)
    first, second = a_pair_now(cast).one_on_ones.select_related("pairing").order_by("slot")[:2]
    snoozed, closed = task_about(zhang, name="甲签约额"), task_about(zhang, name="甲回款率")
    plan, made, skill = running(zhang), drafted(cast), competency()
    (focus,) = plan.focus_areas.all()
    thrown, taken_back, gone = draft(li, zhang), sent(li, zhang), draft_of(cast.colleague)
    talk = held_talk(cast)
    words = {"title": "会议手册", "competency": skill, "minutes": 8, "kind": "book"}

    def happens(act: Callable[[], object], **events: int) -> None:
        before = {name: Event.objects.filter(name=name).count() for name in events}
        assert together([act, act]) == [], act
        for name, count in events.items():
            assert Event.objects.filter(name=name).count() - before[name] == count, name

    happens(lambda: move(copy(first), soon, li), **{"one_on_one.moved": 1})
    happens(lambda: skip(copy(second), "出差", li), **{"one_on_one.skipped": 1})
    happens(lambda: pause(copy(first.pairing), li), **{"pairing.paused": 1})
    happens(lambda: open_feed(li), **{"calendar_feed.opened": 1})
    happens(lambda: snooze(snoozed, later, "休假", li), **{"coaching_task.snoozed": 1})
    happens(lambda: close(closed, "helped", "", li), **{"coaching_task.closed": 1})
    happens(lambda: assess(zhang, li, {skill.pk: Said(2)}), **{"competency.assessed": 1})
    happens(lambda: add_resource(words, li.user), **{"learning_resource.changed": 1})
    happens(lambda: remove_focus(plan, li, plan.edition, focus.pk), **{"plan.changed": 1})
    happens(lambda: close_plan(plan, li, "达成"), **{"plan.closed": 1})
    happens(lambda: discard(gone, cast.colleague))
    happens(lambda: draft_from("", cast.colleague, li))
    happens(lambda: throw_away(thrown))
    happens(lambda: withdraw(taken_back), **{"feedback.withdrawn": 1})
    happens(lambda: begin(talk, li))
    happens(lambda: lay_out(made, li, made.revision), **{"minutes.laid_out": 1})
    happens(lambda: take_back(made, zhang), **{"minutes.begun": 1})
    assert not Feedback.objects.filter(pk=thrown.pk).exists()
