"""Forms of documents: signing, refusing, withdrawing, and looking up a digest."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.foundation.second_factors.forms import StepUpForm

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


class SignForm(StepUpForm):
    """Sign what was shown: `digest` is that of the page the party has before them."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RefusalForm(SignForm):
    """Refuse, and say why."""

    reason = forms.CharField(
        label=_("Why you do not sign"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may read the document sees this. It is kept with the document for good."),
    )
    field_order = ("reason",)


class WithdrawalForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class DigestForm(forms.Form):
    """A digest as it stands on a printed document, or the address its QR code leads to."""

    digest = forms.CharField(
        label=_("Digest or address of the document"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The 64 digits and letters under the text of the printed document."),
    )

    def clean_digest(self) -> str:
        """The digest in what was typed or pasted, spaces and line breaks aside."""
        found = _DIGEST.search("".join(self.cleaned_data["digest"].lower().split()))
        if found is None:
            raise forms.ValidationError(_("A digest has 64 digits and letters from a to f."))
        return found[0]
