"""Fields for people: a number, a name, or both as the chooser writes them. They work without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.people.queries.lookups import as_written, employee_named_or_numbered, employees_named_or_numbered


class PersonField(forms.CharField):
    """One person who works here; cleaned to the Employee."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def prepare_value(self, value: Any) -> Any:
        return as_written(value) if isinstance(value, Employee) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _found(employee_named_or_numbered, text) if text else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-person-field": "", "placeholder": _("Name or number"), "autocomplete": "off"}


class PeopleField(forms.CharField):
    """Several people who work here, between commas; cleaned to a list of Employees."""

    def __init__(self, *, least: int = 0, most: int | None = None, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(max_length=4000, **options)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "、".join(map(as_written, value))

    def clean(self, value: Any) -> Any:
        people: Sequence[Employee] = _found(employees_named_or_numbered, super().clean(value) or "")
        if len(people) < self.least and (people or self.required):
            text = ngettext("Choose at least %(least)s person.", "Choose at least %(least)s people.", self.least)
            raise forms.ValidationError(text % {"least": self.least})
        if self.most is not None and len(people) > self.most:
            text = ngettext("Choose at most %(most)s person.", "Choose at most %(most)s people.", self.most)
            raise forms.ValidationError(text % {"most": self.most})
        return people

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = {"data-person-field": "", "data-many": "", "placeholder": _("Names or numbers")}
        return attrs | ({"data-max": self.most} if self.most is not None else {})


def _found(look: Any, text: str) -> Any:
    try:
        return look(text)
    except BusinessError as error:
        raise forms.ValidationError(f"{error} {error.advice()}", code=error.code) from error
