"""Feedback that was written and sent."""

from uuid import uuid4

from accord.coaching.models import Feedback
from accord.coaching.services.feedback.drafts import Form, Written, keep_draft
from accord.coaching.services.feedback.sending import send
from accord.people.models import Employee

WORDS = {
    "situation": "周二上午的活动复盘会上",
    "behaviour": "你把三个渠道的退货原因逐条列出来，并当场约了物流核对",
    "impact": "大家第一次看清退货集中在尺码，周四就改了详情页",
}


def draft(author: Employee, receiver: Employee, **other: str) -> Feedback:
    """A finished draft; recognition for the two alone unless told otherwise."""
    words = {"kind": "recognition", "visibility": "receiver", **WORDS, **other}
    return keep_draft(author, Form(uuid4(), 0, uuid4()), Written(receiver, **words))  # type: ignore[arg-type]


def sent(author: Employee, receiver: Employee, **other: str) -> Feedback:
    """The same, sent."""
    feedback = draft(author, receiver, **other)
    send(feedback)
    feedback.refresh_from_db()
    return feedback
