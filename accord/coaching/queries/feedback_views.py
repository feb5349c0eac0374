"""The three lists of feedback, by the word in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accord.coaching.models import Feedback
from accord.coaching.queries.feedback import given, of_team, received
from accord.people.models import Employee


@dataclass(frozen=True)
class View:
    """One of the lists: what it is called, and what stands in it."""

    label: Promise
    list: Callable[[QuerySet[Feedback], Employee], QuerySet[Feedback]]


VIEWS = {
    "received": View(pgettext_lazy("feedback", "Received"), received),
    "given": View(pgettext_lazy("feedback", "Given"), given),
    "team": View(pgettext_lazy("feedback", "In my team"), of_team),
}


@dataclass(frozen=True)
class Choice:
    """A list to choose, and whether it is the one that is shown."""

    word: str
    label: Promise
    active: bool


def views_of(here: str) -> list[Choice]:
    """The lists to choose from."""
    return [Choice(word, view.label, word == here) for word, view in VIEWS.items()]
