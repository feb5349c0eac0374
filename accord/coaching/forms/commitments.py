"""Forms of a commitment: who, what, by when; and a word for what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.coaching.access.commitments import Ground
from accord.coaching.services.commitments import FARTHEST, LONGEST_TEXT
from accord.foundation.clock import organisation_day
from accord.people.forms import DateInput


class DayToCome(forms.DateField):
    """A day from today on, within two years."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DateInput(), **kwargs)

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        if day and not organisation_day() <= day <= organisation_day() + FARTHEST:
            raise forms.ValidationError(_("Choose a day from today on, within two years."))
        return day


class PromiseForm(forms.Form):
    """Who promises what by when."""

    who = forms.ChoiceField(label=pgettext_lazy("minutes", "Who"), widget=forms.RadioSelect)
    text = forms.CharField(label=pgettext_lazy("minutes", "What"), max_length=LONGEST_TEXT)
    due_on = DayToCome(label=_("By when"))
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, ground: Ground, sent: Any = None) -> None:
        super().__init__(sent, initial={"who": "me", "token": uuid4()})
        choices = [("me", _("I, %(name)s") % {"name": ground.me.name}), ("other", ground.other.name)]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]


class Seen(forms.Form):
    """What somebody saw when they pressed the button."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class KeepForm(Seen):
    note = forms.CharField(
        label=pgettext_lazy("commitment", "What came of it"), max_length=LONGEST_TEXT, required=False
    )


class MoveForm(Seen):
    due_on = DayToCome(label=_("New day"))
    word = forms.CharField(label=_("Why"), max_length=LONGEST_TEXT)


class DropForm(Seen):
    word = forms.CharField(label=_("Why it is no longer needed"), max_length=LONGEST_TEXT)
