"""Looking for records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accord.people.forms import DateInput
from accord.workflow.archive_words import kind_in_words
from accord.workflow.queries.archive.records import Search, kinds

# Days that have a midnight, and a day after them, on every clock.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9000, 1, 1)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        widget=DateInput(),
    )


class SearchForm(forms.Form):
    """Every field may stay empty. A number leads straight to its record."""

    seq = forms.IntegerField(label=_("Number"), required=False, min_value=1)
    kind: forms.Field = forms.CharField(required=False)
    subject = forms.CharField(label=_("Object"), required=False, max_length=80)
    since = _day(label=_("From"))
    until = _day(label=_("To"))
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"),
            required=False,
            choices=[("", _("all kinds")), *((each, kind_in_words(each)) for each in kinds())],
        )

    def search(self) -> Search:
        """What is looked for; fields that cannot be read are left out."""
        given = self.cleaned_data if self.is_valid() else {}
        return Search(**{name: given[name] for name in Search.__dataclass_fields__ if given.get(name)})
