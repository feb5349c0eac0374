"""Forms of a decomposition: begun with three answers; everything else has a sensible one already."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.domain.decomposition.bases import Basis, Before, Season
from accord.domain.decomposition.settings import Settings
from accord.foundation.errors import Text
from accord.foundation.requests import whole_number
from accord.goals.errors.decomposition import CellUnreadable
from accord.goals.models import Cycle
from accord.goals.queries.decomposition.choices import Splittable
from accord.goals.queries.decomposition.planning import Plan, WhatIf
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name
from accord.people.models import OrgUnit

BASES: Mapping[str, str | Promise] = {
    Basis.LAST: _("share of what was reached before"),
    Basis.HEADCOUNT: _("heads, by days present"),
    Basis.CAPACITY: _("capacity"),
    Basis.EQUAL: _("equal parts"),
    Basis.HAND: _("shares set by hand"),
}
BEFORES: Mapping[str, str | Promise] = {
    Before.LAST_PERIOD: _("the stretch right before"),
    Before.LAST_YEAR: _("the same weeks of last year"),
}
SEASONS: Mapping[str, str | Promise] = {
    Season.EVEN: _("the same in every period"),
    Season.BEFORE: _("as it went before (season)"),
}
_MOST = 10**12


class StartForm(forms.Form):
    """What to split, of which unit, for which cycle, how much."""

    what = forms.ChoiceField(label=_("What is split"))
    target = forms.DecimalField(
        label=_("Target of the whole cycle"),
        min_value=Decimal("0.000001"),
        max_value=_MOST,
        decimal_places=6,
        help_text=_("All periods of the cycle together, in the metric's own unit."),
    )
    root = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Whose target"), empty_label=None)
    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("Cycle"), empty_label=None)

    def __init__(self, choices: Iterable[Splittable], roots: Any, cycles: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {one.code: one for one in choices}
        self.fields["what"].choices = list(_grouped(self.by_code.values()))  # type: ignore[attr-defined]
        self.fields["root"].queryset = roots.order_by("path")  # type: ignore[attr-defined]
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]

    def chosen(self) -> Splittable:
        return self.by_code[self.cleaned_data["what"]]


class RulesForm(forms.Form):
    """How each level is split, and what the whole is to be."""

    target = forms.DecimalField(label=_("Target"), min_value=Decimal("0.000001"), max_value=_MOST, decimal_places=6)
    units = forms.ChoiceField(label=_("Units by"), choices=BASES.items())
    people = forms.ChoiceField(label=_("People by"), choices=BASES.items())
    before = forms.ChoiceField(label=_("“Before” means"), choices=BEFORES.items())
    season = forms.ChoiceField(label=_("Over the periods"), choices=SEASONS.items())

    def __init__(self, rates: Iterable[Metric], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rates = list(rates)
        for metric in self.rates:
            label = f"{metric_name(metric)} ({metric.unit})" if metric.unit else metric_name(metric)
            self.fields[f"rate-{metric.pk}"] = forms.DecimalField(
                label=label, min_value=Decimal("0.000001"), max_value=_MOST, decimal_places=6
            )
        if self.rates:
            self.fields["own_rates"] = forms.BooleanField(label=_("Each keeps their own level"), required=False)

    def apply_to(self, settings: Settings) -> Settings:
        """The settings with what was chosen."""
        cleaned = self.cleaned_data
        return replace(
            settings,
            units=Basis(cleaned["units"]),
            people=Basis(cleaned["people"]),
            before=Before(cleaned["before"]),
            season=Season(cleaned["season"]),
            own_rates=bool(cleaned.get("own_rates")),
            rates={metric.pk: cleaned[f"rate-{metric.pk}"] for metric in self.rates},
        )


def rules_of(plan: Plan, posted: QueryDict | None = None) -> RulesForm:
    """The form of a plan's rules, filled with what holds or with what was sent."""
    settings = plan.settings
    initial = {
        "target": plan.target.normalize(),
        "units": settings.units,
        "people": settings.people,
        "before": settings.before,
        "season": settings.season,
        "own_rates": settings.own_rates,
        **{f"rate-{pk}": rate.normalize() for pk, rate in settings.rates.items()},
    }
    initial = {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in initial.items()}
    return RulesForm(plan.factors[1:], posted, initial=initial)


def cells_into(settings: Settings, posted: QueryDict, plan: Plan) -> Settings:
    """The settings with every cell that was on the page: typed numbers are locks, empty ones are worked out.

    `lock` and `unlock` name one cell whose button was pressed. Raises CellUnreadable.
    """
    locks = {key: dict(cells) for key, cells in settings.locks.items()}
    weights, away = dict(settings.weights), dict(settings.away)
    rows = {row.key: row for row in plan.rows if row.depth and not row.is_leader}
    metrics = {metric.pk: metric for metric in plan.metrics}
    for name in posted:
        text = str(posted[name])
        kind, _dash, rest = name.partition("-")
        key, _dash, metric = rest.partition("-")
        if key not in rows:
            continue
        if kind == "cell" and _key(metric) in metrics:
            _set(locks.setdefault(key, {}), _key(metric), _number(text))
        elif kind == "weight":
            _set(weights, key, _number(text))
        elif kind == "away":
            days = _number(text)
            _set(away, key, None if days is None else int(min(days, Decimal(400))))
    for press in ("lock", "unlock"):
        key, _dash, metric = str(posted.get(press, "")).partition("-")
        if key in rows and _key(metric) in metrics:
            value = plan.stored(rows[key].quantities).get(_key(metric)) if press == "lock" else None
            _set(locks.setdefault(key, {}), _key(metric), value)
    return replace(settings, locks=locks, weights=weights, away=away)


def what_if(posted: QueryDict, metrics: Iterable[int]) -> WhatIf:
    """By how many percent more, from the sliders; what cannot be read is nothing."""
    return WhatIf(_percent(posted.get("more", "")), {pk: _percent(posted.get(f"more-{pk}", "")) for pk in metrics})


def _key(text: str) -> int:
    """The key of a row as a field's name has it; 0, which is none, for anything else."""
    return whole_number(text) or 0


def _set(cells: dict[Any, Any], key: Any, value: Any) -> None:
    if value is None:
        cells.pop(key, None)
    else:
        cells[key] = value


def _number(text: str) -> Decimal | None:
    """What somebody typed: full-width digits and thousands separators are fine."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("≈", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise CellUnreadable(given=text[:40]) from error
    if not number.is_finite() or not 0 <= number < _MOST or number != round(number, 6):
        raise CellUnreadable(given=text[:40])
    return number


def _percent(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() and -90 <= number <= 300 else Decimal(0)


def _grouped(choices: Iterable[Splittable]) -> Iterable[tuple[Text, list[tuple[str, str]]]]:
    for is_product, group in groupby(choices, key=lambda one: bool(one.factors)):
        yield _("As a product") if is_product else _("As a sum"), [(one.code, _named(one)) for one in group]


def _named(one: Splittable) -> str:
    if one.factors:
        return f"{metric_name(one.metric)} = {' × '.join(metric_name(factor) for factor in one.factors)}"
    return f"{metric_name(one.metric)} ({one.metric.unit})" if one.metric.unit else metric_name(one.metric)
