"""Feedback in one-on-ones: what the agenda writes itself, and what a receiver takes there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.coaching.errors.feedback import NoNextTalk
from accord.coaching.queries.feedback_agenda import feedback as suggested
from accord.coaching.services.feedback.answers import receive
from accord.coaching.services.feedback.taking_further import take_into_next_talk
from accord.coaching.tests.feedback.builders import sent
from accord.coaching.tests.talks.builders import a_pair
from tests.cast import Cast


def test_a_point_names_the_author_only_where_both_may_read_it(cast: Cast) -> None:
    for_two, for_manager = sent(cast.colleague, cast.xiaozhang), sent(cast.manager_li, cast.xiaozhang)
    with pytest.raises(NoNextTalk):
        take_into_next_talk(for_two)
    a_pair(cast, now=timezone.now())
    talk = take_into_next_talk(for_two)
    assert take_into_next_talk(for_manager) == talk
    take_into_next_talk(for_two)
    first, second = talk.points.order_by("pk")
    assert (first.source, first.author, cast.colleague.name in first.text) == (
        f"feedback:{for_two.pk}",
        cast.xiaozhang,
        False,
    )
    assert cast.manager_li.name in second.text


def test_the_agenda_writes_only_what_both_may_read_and_the_receiver_has_read(cast: Cast) -> None:
    a_pair(cast, now=timezone.now())
    talk = take_into_next_talk(sent(cast.manager_li, cast.xiaozhang))
    wanted = [
        sent(cast.manager_li, cast.xiaozhang),
        sent(cast.xiaozhang, cast.manager_li),
        sent(cast.colleague, cast.xiaozhang, visibility="manager"),
        sent(cast.colleague, cast.xiaozhang, visibility="team"),
    ]
    hidden = sent(cast.colleague, cast.xiaozhang)
    for each in (*wanted, hidden):
        receive(each)
    sent(cast.manager_li, cast.xiaozhang)  # Unread: it may still be withdrawn.
    since = wanted[0].sent_at - timedelta(days=1)
    assert {each.source for each in suggested(talk, since)} == {f"feedback:{each.pk}" for each in wanted}
    assert suggested(talk, hidden.sent_at + timedelta(days=1)) == []
