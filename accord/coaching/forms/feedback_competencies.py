"""What a feedback may be said to be about: the competencies of whomever it is for, beside the form."""

from __future__ import annotations

from dataclasses import dataclass

from accord.coaching.forms.feedback import FeedbackForm
from accord.coaching.models import Competency
from accord.coaching.models.feedback import MOST_COMPETENCIES
from accord.coaching.queries.competencies import framework_of
from accord.people.models import Employee


@dataclass(frozen=True)
class Choices:
    """The competencies to choose from for one receiver; `chosen` are the keys that are."""

    receiver: Employee
    options: list[Competency]
    chosen: set[int]
    most: int = MOST_COMPETENCIES


def choices_for(form: FeedbackForm) -> Choices | None:
    """What there is to choose from; None until it is known for whom."""
    receiver = form.to()
    if receiver is None:
        return None
    options = framework_of(receiver)
    return Choices(receiver, options, {each.pk for each in options} & set(form.chosen()))


def choices_for_another(form: FeedbackForm) -> Choices | None:
    """The same where the page still shows what there was to choose for somebody else, or nothing."""
    receiver = form.to()
    shown = form.data.get("competencies_of", "")
    return None if receiver is None or shown == str(receiver.pk) else choices_for(form)
