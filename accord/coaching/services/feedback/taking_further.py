"""Taking feedback further: onto the agenda of the receiver's next one-on-one."""

from __future__ import annotations

from django.db import transaction

from accord.coaching.errors.feedback import NoNextTalk
from accord.coaching.models import AgendaPoint, Feedback, OneOnOne
from accord.coaching.queries.feedback_agenda import both_may_read, next_talk_about, point_about, source_of
from accord.coaching.services.one_on_ones.points import add_point
from accord.foundation.language import in_each_language


@transaction.atomic
def take_into_next_talk(feedback: Feedback) -> OneOnOne:
    """Put it on the agenda of the next talk; who may not read it there learns neither its author nor its words.

    Raises NoNextTalk, TalkOver or AgendaFull.
    """
    talk = next_talk_about(feedback)
    if talk is None:
        raise NoNextTalk
    names_author = both_may_read(feedback, talk.pairing.employee, talk.pairing.manager)
    text, text_en = in_each_language(lambda: point_about(feedback, names_author=names_author))
    add_point(talk, AgendaPoint.Section.GROWTH, text, feedback.receiver, source_of(feedback), text_en)
    return talk
