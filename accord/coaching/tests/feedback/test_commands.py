"""Drafts, sending, taking back, answers and requests: what counts, and what is said where it can't be done."""

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.utils import timezone

from accord.coaching.errors.feedback import (
    DraftChanged,
    FeedbackRead,
    FeedbackSent,
    FeedbackTooLong,
    FeedbackToOneself,
    FeedbackUnfinished,
    LineManagerChanged,
    NoLineManager,
    OnlyRecognitionForTeam,
    ReceiverLeft,
    RequestClosed,
    ThreadFull,
    TooManyDrafts,
    TooManyRequests,
)
from accord.coaching.models import Feedback, FeedbackRequest
from accord.coaching.services.feedback import drafts
from accord.coaching.services.feedback.answers import MOST_MESSAGES, receive, reply, thank
from accord.coaching.services.feedback.asking import MOST_OPEN, ask, decline
from accord.coaching.services.feedback.drafts import (
    DRAFT_WAITS,
    Form,
    Written,
    keep_draft,
    throw_away,
    throw_away_old,
)
from accord.coaching.services.feedback.sending import send, withdraw
from accord.coaching.tests.feedback.builders import WORDS, draft, sent
from accord.foundation.models import Event, Notification
from tests.cast import Cast, employee


def facts() -> list[tuple[str, dict[str, object]]]:
    return list(Event.objects.filter(name__startswith="feedback.").order_by("pk").values_list("name", "payload"))


def told(person: object) -> list[str]:
    return list(Notification.objects.filter(recipient=person.user).order_by("pk").values_list("kind", flat=True))  # type: ignore[attr-defined]


def test_what_is_sent_is_told_and_kept_without_its_words(cast: Cast) -> None:
    feedback = sent(cast.colleague, cast.xiaozhang, visibility="manager", kind="development")
    assert facts() == [
        (
            "feedback.sent",
            {"feedback_id": feedback.pk, "receiver_id": cast.xiaozhang.pk, "kind": "development"},
        )
    ]
    assert told(cast.xiaozhang) == ["coaching.feedback_received"]
    assert told(cast.manager_li) == ["coaching.feedback_shared"]
    kept = "".join(map(str, [*Event.objects.values_list("payload"), *Notification.objects.values_list("values")]))
    assert not any(words in kept for words in WORDS.values())


def test_a_draft_leaves_no_trace(cast: Cast) -> None:
    one = draft(cast.colleague, cast.xiaozhang)
    throw_away(one)
    assert not Event.objects.exists()
    assert not Notification.objects.exists()
    assert not Feedback.objects.exists()


def test_drafts_do_not_pile_up(cast: Cast) -> None:
    words, form = Written(cast.xiaozhang, "recognition", "receiver", **WORDS), Form(uuid4(), 0, uuid4())
    with patch.object(drafts, "MOST_DRAFTS", 2):
        old = keep_draft(cast.colleague, form, words)
        sent(cast.colleague, cast.xiaozhang)
        draft(cast.colleague, cast.xiaozhang)
        with pytest.raises(TooManyDrafts):
            draft(cast.colleague, cast.xiaozhang)
        keep_draft(cast.colleague, form, words)  # What is there can be gone on with.
    assert Feedback.objects.count() == 3
    old.refresh_from_db()
    assert throw_away_old(old.made_at + DRAFT_WAITS) == 0
    assert throw_away_old(timezone.now() + DRAFT_WAITS + timedelta(minutes=1)) == 2
    assert [each.state for each in Feedback.objects.all()] == ["sent"]


def test_of_two_windows_the_second_hears_of_the_first(cast: Cast) -> None:
    token, first, second = uuid4(), uuid4(), uuid4()
    words = Written(cast.xiaozhang, "recognition", "receiver", **WORDS)
    keep_draft(cast.colleague, Form(token, 0, first), words)
    keep_draft(cast.colleague, Form(token, 0, first), words)  # The same page, faster than its answer.
    with pytest.raises(DraftChanged):
        keep_draft(cast.colleague, Form(token, 0, second), words)
    kept = keep_draft(cast.colleague, Form(token, 1, second), words)
    assert Feedback.objects.count() == 1
    send(kept)
    for late in (lambda: send(kept), lambda: throw_away(kept)):
        with pytest.raises(FeedbackSent):
            late()
    with pytest.raises(FeedbackSent):
        keep_draft(cast.colleague, Form(token, 2, second), words)
    assert len(facts()) == 1


def test_a_form_of_somebody_else_is_another_form(cast: Cast) -> None:
    one = draft(cast.colleague, cast.xiaozhang)
    words = Written(cast.xiaozhang, "recognition", "receiver", situation="别的")
    other = keep_draft(cast.manager_li, Form(one.token, 0, uuid4()), words)
    assert other.pk != one.pk


def test_what_cannot_be_sent_stays_a_draft(cast: Cast) -> None:
    with pytest.raises(FeedbackToOneself):
        draft(cast.xiaozhang, cast.xiaozhang)
    with pytest.raises(OnlyRecognitionForTeam):
        draft(cast.colleague, cast.xiaozhang, kind="development", visibility="team")
    with pytest.raises(FeedbackTooLong):
        draft(cast.colleague, cast.xiaozhang, impact="长" * 1001)
    with pytest.raises(FeedbackUnfinished):
        sent(cast.colleague, cast.xiaozhang, behaviour="  ")
    with pytest.raises(NoLineManager):
        sent(cast.colleague, cast.executive_chen, visibility="manager")
    for_two = draft(cast.colleague, cast.xiaozhang, visibility="manager")
    cast.xiaozhang.manager = cast.stranger_manager
    cast.xiaozhang.save()
    with pytest.raises(LineManagerChanged):
        send(for_two)
    cast.xiaozhang.status = "left"
    cast.xiaozhang.save()
    with pytest.raises(ReceiverLeft):
        send(for_two)
    assert set(Feedback.objects.values_list("state", flat=True)) == {"draft"}
    assert not facts()


def test_it_can_be_taken_back_until_it_is_read(cast: Cast) -> None:
    unread, read = sent(cast.colleague, cast.xiaozhang), sent(cast.colleague, cast.xiaozhang)
    receive(read)
    receive(read)
    withdraw(unread)
    with pytest.raises(FeedbackRead):
        withdraw(read)
    receive(unread)
    assert [name for name, _ in facts()].count("feedback.received") == 1
    assert list(Feedback.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "sent"]


def test_thanks_and_questions_reach_the_other_side(cast: Cast) -> None:
    feedback = sent(cast.colleague, cast.xiaozhang)
    thank(feedback)
    thank(feedback)
    reply(feedback, cast.xiaozhang, "你觉得下次怎么做更好？")
    for _ in range(2):
        reply(feedback, cast.colleague, "可以提前一天发材料")  # The second is a second click.
    assert told(cast.colleague) == ["coaching.feedback_thanked", "coaching.feedback_replied"]
    assert told(cast.xiaozhang) == ["coaching.feedback_received", "coaching.feedback_replied"]
    for number in range(MOST_MESSAGES - 2):
        reply(feedback, cast.colleague, f"再补充一句 {number}")
    with pytest.raises(ThreadFull):
        reply(feedback, cast.colleague, "还有")


def test_who_is_asked_answers_or_declines(cast: Cast) -> None:
    made = ask(cast.xiaozhang, [cast.colleague, cast.manager_li], "周二的客户演示")
    assert ask(cast.xiaozhang, [cast.colleague], "再问一次") == []
    answered, declined = made
    answer = keep_draft(
        cast.colleague,
        Form(uuid4(), 0, uuid4()),
        Written(cast.xiaozhang, "recognition", "receiver", **WORDS),
        answered,
    )
    send(answer)
    decline(declined, "那天我不在场")
    with pytest.raises(RequestClosed):
        decline(answered)
    states = FeedbackRequest.objects.order_by("pk").values_list("state", "decline_note")
    assert list(states) == [("answered", ""), ("declined", "那天我不在场")]
    assert told(cast.xiaozhang) == ["coaching.feedback_received", "coaching.feedback_declined"]
    with pytest.raises(FeedbackToOneself):
        ask(cast.xiaozhang, [cast.xiaozhang], "自己")


def test_only_so_many_requests_stand_open(cast: Cast) -> None:
    many = [employee(f"B{number:03}", f"同事{number}", cast.east) for number in range(MOST_OPEN + 1)]
    ask(cast.xiaozhang, many[:MOST_OPEN], "项目收尾")
    with pytest.raises(TooManyRequests):
        ask(cast.xiaozhang, many, "项目收尾")
    assert FeedbackRequest.objects.count() == MOST_OPEN


def test_a_request_is_answered_only_by_feedback_for_whoever_asked(cast: Cast) -> None:
    request = ask(cast.xiaozhang, [cast.colleague], "周二的复盘会")[0]
    form = Form(uuid4(), 0, uuid4())
    draft = keep_draft(cast.colleague, form, Written(cast.manager_li, "recognition", "receiver", **WORDS), request)
    send(draft)
    request.refresh_from_db()
    assert request.state == "open"


def test_a_receiver_who_opens_it_as_it_is_taken_back_reads_nothing(cast: Cast) -> None:
    seen = sent(cast.colleague, cast.xiaozhang)
    withdraw(seen)
    assert not receive(seen)
