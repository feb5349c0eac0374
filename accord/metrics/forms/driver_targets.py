"""The form of a target that is tried, and reading the list of targets that somebody confirms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accord.domain.periods import Frequency, Period
from accord.foundation.clock import organisation_day
from accord.metrics.errors.driver_trees import TargetUnusable
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.templatetags.metrics import metric_name

AHEAD = 13
_MOST = 10**12


class TryTargetForm(forms.Form):
    """Which target changes to what, and who carries it."""

    node = forms.TypedChoiceField(label=gettext_lazy("Whose target changes"), coerce=int)
    value = forms.DecimalField(
        label=gettext_lazy("New target"), min_value=-_MOST, max_value=_MOST, decimal_places=6, localize=False
    )
    keep = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        choices=[
            ("root", gettext_lazy("The result stays: the other drivers carry it")),
            ("others", gettext_lazy("The other drivers stay: the result follows")),
        ],
        widget=forms.RadioSelect,
        initial="root",
    )
    since = forms.ChoiceField(label=gettext_lazy("From which period on"))

    def __init__(self, tree: DriverTree, nodes: Iterable[tuple[DriverNode, int]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [(node.pk, _named(node, depth)) for node, depth in nodes]  # type: ignore[attr-defined]
        self.fields["since"].choices = [(period.label, period.label) for period in coming_periods(tree)]  # type: ignore[attr-defined]


def coming_periods(tree: DriverTree) -> list[Period]:
    """The periods from which targets can be set: the running one and those after it."""
    running = Period.of(organisation_day(), Frequency(tree.frequency))
    return [running + ahead for ahead in range(AHEAD)]


def locked_in(asked: QueryDict, nodes: Iterable[int]) -> set[int]:
    """The nodes whose targets are held."""
    return {pk for pk in nodes if str(pk) in asked.getlist("lock")}


def targets_in(
    posted: QueryDict, in_force: Mapping[int, Decimal | None], names: Mapping[int, str]
) -> dict[int, Decimal]:
    """The targets that were sent, without those that hold already and those left empty. Raises TargetUnusable."""
    found = {}
    for pk, now in in_force.items():
        text = unicodedata.normalize("NFKC", posted.get(f"target-{pk}", "")).replace(",", "").strip()
        if not text:
            continue
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise TargetUnusable(metric=names[pk])
        if value != now:
            found[pk] = value
    return found


def _named(node: DriverNode, depth: int) -> str:
    return f"{'　' * depth}{metric_name(node.metric)} · {node.org_unit.name}"
