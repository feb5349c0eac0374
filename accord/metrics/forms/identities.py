"""Saying who a name of a source is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accord.domain.row_mapping import By
from accord.metrics.models import Identity
from accord.people.forms import PersonField, UnitPathField


class IdentityForm(forms.Form):
    """Whom a name means. The button “nobody” needs no answer."""

    def __init__(self, identity: Identity, data: Any = None) -> None:
        self.identity = identity
        super().__init__(data, auto_id=f"identity-{identity.pk}-%s")
        kind = UnitPathField if identity.by == By.UNIT_PATH else PersonField
        self.fields["whom"] = kind(label=_("Who is it?"), required=False)

    @property
    def is_nobody(self) -> bool:
        """Whether it was said that nobody is meant."""
        return "nobody" in self.data

    def clean(self) -> dict[str, Any]:
        """Somebody, unless it is nobody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_nobody and not self.errors and not cleaned.get("whom"):
            self.add_error("whom", _("Name a person or a unit, or say that it is nobody."))
        return cleaned
