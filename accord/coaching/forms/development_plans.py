"""Forms of a development plan: a focus area, a word on how it goes, the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accord.coaching.models import FocusArea, LearningResource
from accord.coaching.queries.learning_words import competency_name
from accord.coaching.queries.plan_learning import Offer, fitting
from accord.coaching.queries.plan_page import PlanView
from accord.coaching.services.development_plans.wording import FocusWords
from accord.foundation.clock import organisation_day
from accord.people.forms import DateInput

LONGEST = timedelta(days=3 * 366)


def _text(label: Any, rows: int, most: int, hint: Any = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint, **more)


class EditionForm(forms.Form):
    """Something done to the words its author saw."""

    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ShareForm(forms.Form):
    """Whom the page named as the one who would read the draft."""

    manager = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)


class FocusForm(EditionForm):
    """What a focus area says. Only its title is asked for at once; the rest before both agree."""

    title = forms.CharField(
        label=_("What to become better at"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("One thing, so small that both would notice it in three months."),
    )
    why = _text(_("Why"), 3, 600, _("What happened, and what it led to."))
    action = _text(_("Action"), 2, 500, _("What I do in the coming weeks, in which real work."))
    kind = forms.ChoiceField(label=_("Mainly learned"), choices=FocusArea.Kind.choices, widget=forms.RadioSelect)
    support = _text(_("Support from the manager"), 2, 300, _("Time, a chance to try it, a word afterwards, money."))
    learning = forms.ModelChoiceField(
        label=_("Learning resource from the library"),
        queryset=LearningResource.objects.none(),
        required=False,
        help_text=_("Once both have agreed, both see here how far it is learned from."),
    )
    resource = forms.CharField(label=_("Or in own words"), required=False, max_length=300)
    measure = _text(_("How we will see it"), 2, 300, _("What both can see or count."))
    due_on = forms.DateField(label=_("By when"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = organisation_day()
        self.fields["due_on"].widget.attrs |= {"min": first.isoformat(), "max": (first + LONGEST).isoformat()}
        offered = Q(is_retired=False) | Q(pk=self.initial.get("learning"))
        self.fields["learning"].queryset = LearningResource.objects.filter(offered)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, focus: FocusArea, edition: int, sent: Any = None) -> FocusForm:
        """The form of one focus area; names are its own, for a page shows several."""
        told = {name: getattr(focus, name) for name in FocusWords.__dataclass_fields__}
        told |= {"learning": focus.learning_id, "resource": "" if focus.learning_id else focus.resource}
        return cls(sent, prefix=f"focus{focus.pk}", initial={**told, "edition": edition})

    @classmethod
    def empty(cls, edition: int, sent: Any = None) -> FocusForm:
        """The form of one more focus area."""
        usual = {"edition": edition, "kind": FocusArea.Kind.PRACTICE, "due_on": organisation_day() + timedelta(days=90)}
        return cls(sent, prefix="more", initial=usual)

    def offering(self, offers: Iterable[Offer], focus: FocusArea | None = None) -> FocusForm:
        """The same with the best few of the library to choose from, those that fit its words first."""
        fit = fitting(offers, *([focus.title, focus.why, focus.action] if focus else []))
        groups = [(competency_name(one.competency), [_choice(pick.resource) for pick in one.picks]) for one in fit]
        shown = {key for _name, choices in groups for key, _label in choices}
        here = [_choice(focus.learning)] if focus and focus.learning and focus.learning_id not in shown else []
        self.fields["learning"].widget.choices = [("", pgettext("learning resource", "none")), *here, *groups]
        return self

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("learning") and told.get("resource"):
            self.add_error("resource", _("Choose from the library or write your own; one of the two."))
        return told

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        first = organisation_day()
        if due_on is not None and not first <= due_on <= first + LONGEST:
            raise forms.ValidationError(_("Choose a day from today up to three years ahead."))
        return due_on

    def words(self) -> FocusWords:
        """What was written, for the service."""
        picked: LearningResource | None = self.cleaned_data["learning"]
        told = {**self.cleaned_data, "learning_id": picked.pk if picked else None}
        return FocusWords(**{name: told[name] for name in FocusWords.__dataclass_fields__})


def with_forms(view: PlanView, offers: Iterable[Offer], wrong: Mapping[str, Any]) -> PlanView:
    """Every focus area with its form; the one that was not taken as it was sent, with the reason."""
    edition = view.plan.edition
    return view.with_forms(
        replace(each, form=wrong["form"].offering(offers, each.focus), refusal=wrong.get("refusal"))
        if wrong.get("focus") == each.focus.pk
        else replace(each, form=FocusForm.of(each.focus, edition).offering(offers, each.focus))
        for each in view.focus_areas
    )


def _choice(resource: LearningResource) -> tuple[int, str]:
    minutes = _("%(minutes)s minutes") % {"minutes": resource.minutes}
    return resource.pk, f"{resource.title} · {resource.get_kind_display()} · {minutes}"


class ProgressForm(forms.Form):
    """How it goes, in a line or two."""

    text = forms.CharField(
        label=_("How it is going"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    focus = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MarkForm(forms.Form):
    """How a focus area stands."""

    state = forms.ChoiceField(choices=FocusArea.State.choices)


class ClosingForm(forms.Form):
    """What came of the plan."""

    note = forms.CharField(label=_("What came of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
