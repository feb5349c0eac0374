"""Forms of the directory, of one person's employment and of roles, and the fields by which forms name people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.people.models import Employee, OrgUnit, Position, RoleGrant
from accord.people.queries.lookups import (
    as_written,
    employee_named_or_numbered,
    employee_numbered,
    employees_named_or_numbered,
    unit_at,
)
from accord.people.services.employment import Employment


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EmployeeNumberField(forms.CharField):
    """A person, by number."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return _looked_up(lambda: employee_numbered(number)) if number else None


class UnitPathField(forms.CharField):
    """A unit, by its path from the top."""

    def clean(self, value: Any) -> Any:
        path = super().clean(value)
        return _looked_up(lambda: unit_at(path)) if path else None


class PersonField(forms.CharField):
    """One person who works here; cleaned to the Employee."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def prepare_value(self, value: Any) -> Any:
        return as_written(value) if isinstance(value, Employee) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _looked_up(lambda: employee_named_or_numbered(text)) if text else None

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
        text = super().clean(value) or ""
        people: Sequence[Employee] = _looked_up(lambda: employees_named_or_numbered(text))
        if len(people) < self.least and (people or self.required):
            refusal = ngettext("Choose at least %(least)s person.", "Choose at least %(least)s people.", self.least)
            raise forms.ValidationError(refusal % {"least": self.least})
        if self.most is not None and len(people) > self.most:
            refusal = ngettext("Choose at most %(most)s person.", "Choose at most %(most)s people.", self.most)
            raise forms.ValidationError(refusal % {"most": self.most})
        return people

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = {"data-person-field": "", "data-many": "", "placeholder": _("Names or numbers")}
        return attrs | ({"data-max": self.most} if self.most is not None else {})


class RefusableForm(forms.Form):
    """A form whose command may refuse what it asks for."""

    def refuse(self, error: BusinessError) -> None:
        """Show why, above the fields."""
        self.add_error(None, f"{error} {error.advice()}")


class EmploymentForm(RefusableForm):
    """Where somebody belongs, from a day on."""

    org_unit = UnitPathField(
        label=_("Organisation unit"), help_text=_("The path from the top, such as Company/Sales/East.")
    )
    position = forms.ModelChoiceField(Position._default_manager.order_by("name"), label=_("Position"))
    manager = EmployeeNumberField(label=_("Line manager's number"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Employee.Status.choices)
    on = forms.DateField(
        label=_("Effective on"),
        widget=DateInput(),
        help_text=_("The first day of the change; for somebody who leaves, their last day."),
    )

    @classmethod
    def of(cls, employee: Employee) -> EmploymentForm:
        """The form as things are today."""
        return cls(
            initial={
                "org_unit": employee.org_unit.path,
                "position": employee.position,
                "manager": employee.manager.employee_no if employee.manager else "",
                "status": employee.status,
                "on": organisation_day(),
            }
        )

    def employment(self) -> Employment:
        """What was asked for."""
        wanted = self.cleaned_data
        return Employment(wanted["org_unit"], wanted["position"], wanted["manager"], wanted["status"])


class LeaveForm(RefusableForm):
    """Days on which one is away."""

    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())


class GrantForm(RefusableForm):
    """A role for somebody."""

    employee = EmployeeNumberField(label=_("Employee number"))
    role = forms.ChoiceField(label=_("Role"), choices=RoleGrant.Role.choices)
    org_unit = UnitPathField(
        label=_("Organisation unit"),
        required=False,
        help_text=_("For HR partners and performance assistants; covers all units in it."),
    )
    valid_from = forms.DateField(label=_("First day"), widget=DateInput(), required=False, help_text=_("Empty: today."))
    valid_to = forms.DateField(
        label=_("Last day"), widget=DateInput(), required=False, help_text=_("Empty: until revoked.")
    )

    def wanted(self) -> dict[str, Any]:
        """What was asked for, as `grant_role` takes it."""
        return {**self.cleaned_data, "role": RoleGrant.Role(self.cleaned_data["role"])}


class SearchForm(forms.Form):
    """What to look for in the directory. Anything that is not understood is left out, never an error."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    unit = forms.ModelChoiceField(OrgUnit._default_manager.all(), required=False, widget=forms.HiddenInput())
    left = forms.BooleanField(label=_("Show who left"), required=False)

    def told(self) -> dict[str, Any]:
        """The fields that were understood."""
        self.is_valid()
        return {
            "search": self.cleaned_data.get("q", ""),
            "unit": self.cleaned_data.get("unit"),
            "left": self.cleaned_data.get("left", False),
        }


def _looked_up(look: Any) -> Any:
    try:
        return look()
    except BusinessError as error:
        raise forms.ValidationError(f"{error} {error.advice()}", code=error.code) from error
