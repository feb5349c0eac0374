"""The forms of feedback. Who will read it is asked before the words; the words are three short boxes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.models import Feedback, FeedbackRequest
from accord.coaching.models.feedback import MOST_WORDS
from accord.coaching.services.feedback.drafts import MOST_IGNORED, PARTS, Form, Written
from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.people.forms import DateInput, PeopleField, PersonField
from accord.people.models import Employee
from accord.people.queries.lookups import as_written

_LONGEST_KEY = 200
NEEDED = ("situation", "behaviour", "impact")
MOST_ASKED = 5


def _words(label: Any, hint: Any, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False, max_length=MOST_WORDS)


class FeedbackForm(forms.Form):
    """For whom, what kind, who reads it; then situation, behaviour, impact. All three are needed only to send."""

    receiver = PersonField(label=pgettext_lazy("feedback", "To whom"))
    kind = forms.ChoiceField(
        label=pgettext_lazy("feedback", "Kind"), choices=Feedback.Kind.choices, widget=forms.RadioSelect
    )
    visibility = forms.ChoiceField(
        label=_("Who will read it"), choices=Feedback.Visibility.choices, widget=forms.RadioSelect
    )
    situation = _words(_("Situation"), _("When and where was it? “At the campaign review on Tuesday …”"), 2)
    happened_on = forms.DateField(label=pgettext_lazy("feedback", "On which day"), required=False, widget=DateInput())
    behaviour = _words(_("Behaviour"), _("What did you see or hear, as a camera would have recorded it?"))
    impact = _words(_("Impact"), _("What did it lead to, for the work, the customer, the team, for you?"))
    suggestion = _words(pgettext_lazy("feedback", "Suggestion"), _("What would you keep, or try another time?"), 2)
    resources = _words(_("Resources and support"), _("What could help: a person, a tool, time, a course."), 2)
    token = forms.UUIDField(widget=forms.HiddenInput)
    window = forms.UUIDField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    request = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, complete: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_complete = complete
        for name in NEEDED:
            self.fields[name].required = True

    def full_clean(self) -> None:
        """Check it; the three parts may be missing in what is only kept, and are shown as needed all the same."""
        for name in NEEDED:
            self.fields[name].required = self.is_complete
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        development = told.get("kind") == Feedback.Kind.DEVELOPMENT
        if development and told.get("visibility") == Feedback.Visibility.TEAM:
            self.add_error("visibility", _("Only recognition can be shown to the whole team."))
        if self.is_complete and (day := told.get("happened_on")) and day > organisation_day():
            self.add_error("happened_on", _("This day is still to come. Feedback is about what happened."))
        return told

    def written(self) -> Written:
        """What stands in the form, for the service."""
        told = self.cleaned_data
        words = {name: told[name] for name in PARTS}
        return Written(
            told["receiver"],
            told["kind"],
            told["visibility"],
            happened_on=told["happened_on"],
            competencies=tuple(self.chosen()),
            ignored=tuple(self.ignored()),
            **words,
        )

    def form(self) -> Form:
        """Which form it is."""
        told = self.cleaned_data
        return Form(told["token"], told["edition"], told["window"])

    def words(self) -> dict[str, str]:
        """The words as they stand now, understood or not."""
        return {name: str(self[name].value() or "")[:MOST_WORDS] for name in PARTS}

    def to(self) -> Employee | None:
        """Whom it is for as it stands now; None where nobody is named yet."""
        if self.is_bound:
            self.is_valid()
            return self.cleaned_data.get("receiver")
        try:
            return cast("Employee | None", self.fields["receiver"].clean(self.initial.get("receiver", "")))
        except forms.ValidationError:
            return None

    def chosen(self) -> list[int]:
        """The keys of the competencies it is said to be about; what is no key is none."""
        sent = self._sent("competencies")
        return list(dict.fromkeys(int(key) for key in sent if re.fullmatch(r"[0-9]{1,18}", str(key))))

    def ignored(self) -> list[str]:
        """The keys of the hints its author put aside, now and before."""
        keys = [key for kept in self._sent("ignored", "ignore") for key in str(kept).splitlines()]
        fit = [key for key in keys if len(key) <= _LONGEST_KEY and "\0" not in key]
        return list(dict.fromkeys(fit))[-MOST_IGNORED:]

    def _sent(self, *names: str) -> list[Any]:
        """What came under these names, however often; before anything came, what is kept."""
        if not self.is_bound:
            return [each for name in names for each in self.initial.get(name, ())]
        data = cast("QueryDict", self.data)
        return [each for name in names for each in data.getlist(name)]

    def says_the_same_as(self, feedback: Feedback) -> bool:
        """Whether the words here are those that are kept."""
        return all(getattr(feedback, name) == words.strip() for name, words in self.words().items())

    def refuse(self, error: BusinessError) -> None:
        """Show why it can't be done, above the fields; the words stay."""
        self.add_error(None, f"{error} {error.advice()}")


def first_answers(to: Any, kind: str, request: FeedbackRequest | None) -> dict[str, Any]:
    """What the form holds when it is opened: whom it is for, and that only the two read it."""
    answers: dict[str, Any] = {"token": uuid4(), "window": uuid4(), "edition": 0}
    answers["kind"] = kind if kind in Feedback.Kind.values else Feedback.Kind.RECOGNITION
    answers |= {"visibility": Feedback.Visibility.RECEIVER, "receiver": to}
    if request:
        answers |= {"receiver": as_written(request.asker), "request": request.pk, "situation": request.occasion}
    return answers


def answers_of(draft: Feedback) -> Mapping[str, Any]:
    """A draft as a form holds it."""
    names = (*PARTS, "kind", "visibility", "happened_on", "token", "edition")
    answers = {name: getattr(draft, name) for name in names}
    answers |= {"competencies": [each.pk for each in draft.competencies.all()], "ignored": draft.ignored}
    return answers | {"receiver": as_written(draft.receiver), "window": uuid4(), "request": draft.request_id}


class AskForm(forms.Form):
    """Whom to ask, about what."""

    people = PeopleField(label=_("Whom to ask"), least=1, most=MOST_ASKED)
    occasion = forms.CharField(
        label=_("About what"),
        max_length=300,
        help_text=_("One occasion you shared: the easier it is to answer, the more you learn."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DeclineForm(forms.Form):
    """A word why, or none."""

    note = forms.CharField(label=_("A word why"), max_length=300, required=False)


class ReplyForm(forms.Form):
    """A question back, or its answer."""

    text = forms.CharField(
        label=pgettext_lazy("feedback", "Your words"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def token_of(text: Any) -> UUID | None:
    """A token as it was sent, None if it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
