"""For whom agreements are drafted from a model: a cycle, and the people of its positions, all chosen at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.foundation.clock import organisation_day
from accord.goals.models import Cycle
from accord.goals.queries.cycles import cycles
from accord.people.models import Employee, OrgUnit

MOST_SHOWN = 400
"""People with a box each; where there are more, one goes unit by unit."""


@dataclass(frozen=True)
class Group:
    """The people of one unit, each with whether they are chosen."""

    unit: OrgUnit
    people: Sequence[tuple[Employee, bool]]


class AssignForm(forms.Form):
    """The choice."""

    cycle = forms.ModelChoiceField(Cycle._default_manager.none(), label=gettext_lazy("Cycle"), empty_label=None)
    unit = forms.ModelChoiceField(
        OrgUnit._default_manager.none(),
        label=pgettext_lazy("organisation", "Unit"),
        required=False,
        empty_label=gettext_lazy("all units"),
    )
    everybody = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = organisation_day()
        self._people = people
        self.fields["cycle"].queryset = cycles().filter(ends_on__gte=today)  # type: ignore[attr-defined]
        units = OrgUnit._default_manager.filter(pk__in=people.order_by().values("org_unit")).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = lambda unit: unit.path  # type: ignore[attr-defined]

    @property
    def cycle_chosen(self) -> Cycle:
        """The cycle that agreements are drafted for."""
        chosen: Cycle = self.cleaned_data["cycle"]
        return chosen

    def clean(self) -> dict[str, Any]:
        """Somebody has to be chosen."""
        cleaned = super().clean() or {}
        if self.data.get("csrfmiddlewaretoken") is not None and not self.chosen(cleaned):
            raise forms.ValidationError(_("Nobody is chosen. Choose at least one person."))
        return cleaned

    def chosen(self, cleaned: dict[str, Any] | None = None) -> list[Employee]:
        """Those who are chosen, of those who may be; the ids of others are left out."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        within = self._within(cleaned.get("unit"))
        if cleaned.get("everybody"):
            return list(within)
        return list(within.filter(pk__in=self._ticked()))

    @property
    def count(self) -> int:
        """How many people may be chosen."""
        return self._within(self._unit()).count()

    def groups(self) -> list[Group]:
        """The people one may choose from, unit by unit; none where they are too many to look through."""
        people = list(self._within(self._unit())[: MOST_SHOWN + 1])
        if len(people) > MOST_SHOWN:
            return []
        ticked = set(self._ticked()) if self.data.get("csrfmiddlewaretoken") else {each.pk for each in people}
        units = dict.fromkeys(each.org_unit for each in people)
        return [
            Group(unit, [(each, each.pk in ticked) for each in people if each.org_unit_id == unit.pk]) for unit in units
        ]

    def _within(self, unit: OrgUnit | None) -> QuerySet[Employee]:
        return self._people.filter(org_unit=unit) if unit else self._people

    def _unit(self) -> OrgUnit | None:
        given = self.data.get("unit") if self.is_bound else None
        key = str(given or "")
        return OrgUnit._default_manager.filter(pk=int(key)).first() if _is_key(key) else None

    def _ticked(self) -> list[int]:
        given = self.data.getlist("people") if hasattr(self.data, "getlist") else []
        return [int(key) for key in given if _is_key(key)]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
