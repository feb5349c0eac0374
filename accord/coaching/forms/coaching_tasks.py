"""Forms of a coaching task: few fields, each with a reason to be there."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.services.coaching_tasks import LONGEST_SNOOZE
from accord.foundation.clock import organisation_day
from accord.people.forms import DateInput

NOTE = forms.Textarea(attrs={"rows": 3})
PRIVATE = _("For you and those the task is passed up to; the person does not see it.")
SHARED = _("The person sees this too.")


class StepForm(forms.Form):
    """A step with its note; an agreed action says what was agreed."""

    note = forms.CharField(label=_("Your note"), widget=NOTE, required=False, max_length=2000, help_text=PRIVATE)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == CoachingStep.Kind.ACTION:
            note = self.fields["note"]
            note.label, note.required, note.help_text = _("What was agreed, and by when"), True, SHARED


class SnoozeForm(forms.Form):
    """Until when and why."""

    until = forms.DateField(label=_("Until"), widget=DateInput())
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=PRIVATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = organisation_day()
        first, last = today + timedelta(days=1), today + LONGEST_SNOOZE
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        days = (until - organisation_day()).days
        if not 0 < days <= LONGEST_SNOOZE.days:
            raise forms.ValidationError(_("Choose a day from tomorrow up to 30 days ahead."))
        return until


class CloseForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=CoachingTask.Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Your note"), widget=NOTE, required=False, max_length=2000, help_text=SHARED)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("outcome") == CoachingTask.Outcome.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say in a few words what it was."))
        return cleaned
