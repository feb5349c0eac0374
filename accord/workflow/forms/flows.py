"""Forms of what one may do in a flow: few fields, each with a reason to be there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.people.forms import DateInput, PeopleField, PersonField
from accord.people.models import Employee
from accord.workflow.queries.flow_preview import Choice
from accord.workflow.queries.mentions import mentioned_in

LONGEST_REASON = 2000


class OpinionForm(forms.Form):
    """To agree: an opinion may be given."""

    reason = forms.CharField(
        label=_("Your opinion"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """To reject or return: a reason has to be given, and everybody in the flow reads it."""

    reason = forms.CharField(
        label=pgettext_lazy("flow", "Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody in this flow can read it."),
    )


class NoteForm(ReasonForm):
    """To withdraw: a reason may be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class ReturnForm(ReasonForm):
    """To which node, and how it comes back."""

    STRAIGHT, AGAIN = "straight", "again"

    node = forms.ChoiceField(label=_("Return to"))
    way = forms.ChoiceField(
        label=pgettext_lazy("return", "And then"),
        choices=[
            (AGAIN, _("Everybody after that decides again")),
            (STRAIGHT, _("It comes straight back to this step")),
        ],
        initial=AGAIN,
        widget=forms.RadioSelect,
    )
    field_order = ("node", "way", "reason")

    def __init__(self, nodes: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = list(nodes)  # type: ignore[attr-defined]


class TransferForm(NoteForm):
    """To whom."""

    to = PersonField(label=_("Pass on to"))
    field_order = ("to", "reason")


class AddForm(NoteForm):
    """Whom to add, and whether they decide before or after me."""

    who = PersonField(label=_("Add whom"))
    where = forms.ChoiceField(
        label=_("When do they decide"),
        choices=[
            ("before", pgettext_lazy("add approver", "Before me: I decide once they have agreed")),
            ("after", pgettext_lazy("add approver", "After me: it is their turn once I have agreed")),
        ],
        initial="before",
        widget=forms.RadioSelect,
    )
    field_order = ("who", "where", "reason")


class CommentForm(forms.Form):
    """A comment; @name or @number tells somebody."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "data-mentions": "", "placeholder": _("Comment; @ tells somebody")}),
    )

    def clean(self) -> dict[str, Any]:
        """Whom it names, as `mentions`."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            return cleaned | {"mentions": mentioned_in(cleaned.get("text", ""))}
        except BusinessError as error:
            raise forms.ValidationError(f"{error} {error.advice()}", code=error.code) from error


class StartForm(forms.Form):
    """What a request is called, and whom its starter chooses where the flow leaves it to them."""

    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, choices: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = list(choices)
        for one in self.choices:
            field = PeopleField(least=one.least, most=one.most, required=one.is_on_every_way)
            field.label = _("Who decides at “%(node)s”") % {"node": one.name}
            self.fields[f"chosen-{one.key}"] = field

    def clean_title(self) -> str:
        """In one line: it stands in lists, notices and the subjects of mails."""
        return " ".join(self.cleaned_data["title"].split())

    def chosen(self) -> dict[str, list[int]]:
        """Keys of employees by node key, as far as what was written is understood."""
        self.is_valid()
        told = ((one.key, self.cleaned_data.get(f"chosen-{one.key}")) for one in self.choices)
        return {key: [person.pk for person in people] for key, people in told if people}


class DelegationForm(forms.Form):
    """Who decides for me while I am away."""

    to = PersonField(label=_("Who decides for me"))
    valid_from = forms.DateField(label=_("First day"), widget=DateInput())
    valid_to = forms.DateField(label=_("Last day"), widget=DateInput())
    reason = forms.CharField(label=pgettext_lazy("flow", "Reason"), required=False, max_length=200)

    def __init__(self, me: Employee, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me
        today = organisation_day().isoformat()
        self.fields["valid_from"].initial = today
        for name in ("valid_from", "valid_to"):
            self.fields[name].widget.attrs["min"] = today

    def clean_to(self) -> Employee:
        to: Employee = self.cleaned_data["to"]
        if to == self.me:
            raise forms.ValidationError(_("Choose somebody other than yourself."))
        return to

    def clean_valid_to(self) -> date:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data["valid_to"]
        if last < organisation_day() or (first and last < first):
            raise forms.ValidationError(_("The last day cannot lie before the first or in the past."))
        return last  # type: ignore[no-any-return]
