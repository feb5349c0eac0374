"""The word with which a warning stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.domain.fit import Code


class OverrideForm(forms.Form):
    """Which warning, and why it may stand."""

    code = forms.ChoiceField(choices=[(code.value, code.value) for code in Code], widget=forms.HiddenInput)
    metric = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    # The service says in a sentence what is wrong with the word, on every way to it.
    word = forms.CharField(label=_("Why it should stay"), required=False)

    @property
    def override(self) -> dict[str, Any]:
        """What the service is to keep."""
        read = self.cleaned_data
        return {"code": read["code"], "metric_id": read["metric"], "word": read["word"]}
