"""Saying who a name of a source is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.foundation.errors import BusinessError
from accord.metrics.models import Identity
from accord.people.forms import PersonField
from accord.people.queries.lookups import employee_named_or_numbered, unit_at


class WhomField(PersonField):
    """A person by name or number, or a unit by its path."""

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        if not text:
            return None
        try:
            return unit_at(text) if "/" in text else employee_named_or_numbered(text)
        except BusinessError as error:
            raise forms.ValidationError(f"{error} {error.advice()}", code=error.code) from error


class IdentityForm(forms.Form):
    """Whom a name means. The button “nobody” needs no answer."""

    whom = WhomField(label=gettext_lazy("Who is it?"), required=False)

    def __init__(self, identity: Identity, data: Any = None) -> None:
        self.identity = identity
        super().__init__(data, auto_id=f"identity-{identity.pk}-%s")

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
