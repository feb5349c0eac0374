"""Forms of documents: signing, refusing, withdrawing, and looking up a digest."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.foundation.second_factors.forms import StepUpForm

LARGEST_PRINTOUT = 20 * 1024 * 1024
_NO_DIGEST = _("There is no digest in it. A digest has 64 digits and letters from a to f.")
_IN_PDF = re.compile(rb"accord:([0-9a-f]{64})")
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
    """A digest as it stands on a printed document, the address its QR code leads to, or the PDF that carries it."""

    digest = forms.CharField(
        label=_("Digest or address of the document"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The 64 digits and letters under the text of the printed document."),
    )

    printout = forms.FileField(
        label=_("Or the PDF itself"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        help_text=_("Only the digest is read from it. Whether its pages were changed, the document itself tells."),
    )

    def clean(self) -> dict[str, Any]:
        """The digest in what was typed or pasted, spaces and line breaks aside, or in the file."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("printout")
        if file and file.size <= LARGEST_PRINTOUT:
            said = _IN_PDF.search(file.read())
            found = _DIGEST.search(said[1].decode()) if said else None
        else:
            found = _DIGEST.search("".join(cleaned.get("digest", "").lower().split()))
        if found is None:
            raise forms.ValidationError(_NO_DIGEST)
        return {**cleaned, "digest": found[0]}
