"""The form of a rule: one question after the other, no JSON to type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accord.domain.periods import Frequency
from accord.domain.row_mapping import RuleError, read_rule
from accord.foundation.language import readers_language
from accord.metrics.forms.rules import answers_of, question_at, rule_of
from accord.metrics.models import Connection, Metric, MetricMapping
from accord.metrics.presets import stream_label
from accord.metrics.queries.library import metrics_by_name
from accord.metrics.queries.suggestions import Suggested
from accord.metrics.services.connections.mappings import Wanted
from accord.metrics.services.library import MetricDefinition, shape_of

BY = (
    ("employee_no", gettext_lazy("employee number")),
    ("email", gettext_lazy("e-mail")),
    ("name", pgettext_lazy("matched by", "name")),
    ("account", gettext_lazy("account name")),
    ("unit_path", gettext_lazy("organisation unit (path)")),
)
TESTS = (
    ("", "–"),
    ("filled", gettext_lazy("is filled")),
    ("empty", gettext_lazy("is empty")),
    ("equals", pgettext_lazy("condition", "is")),
    ("not_equals", gettext_lazy("is not")),
    ("in", gettext_lazy("is one of")),
    ("not_in", gettext_lazy("is none of")),
    ("contains", gettext_lazy("contains")),
    ("at_least", pgettext_lazy("condition", "is at least")),
    ("at_most", pgettext_lazy("condition", "is at most")),
)
AGGREGATES = (
    ("count", gettext_lazy("count the rows")),
    ("sum", gettext_lazy("add up")),
    ("mean", pgettext_lazy("aggregate", "mean")),
    ("median", gettext_lazy("median")),
    ("percentile", gettext_lazy("percentile")),
    ("ratio", gettext_lazy("share or ratio")),
    ("weighted_mean", gettext_lazy("weighted mean")),
    ("min", gettext_lazy("smallest")),
    ("max", gettext_lazy("largest")),
    ("last", pgettext_lazy("aggregate", "last value")),
)
_VALUES = (("field", gettext_lazy("a field")), ("span", gettext_lazy("the time between two fields")))
UNITS = (("minutes", gettext_lazy("minutes")), ("hours", gettext_lazy("hours")), ("days", gettext_lazy("days")))
_TAKES = (
    ("first", gettext_lazy("the first")),
    ("last", gettext_lazy("the last")),
    ("count", gettext_lazy("how many")),
    ("sum", gettext_lazy("the sum")),
)


# How many rows of a kind are offered at least; one more than a rule has already.
_ROWS = {"filter": 4, "meets": 2, "with": 2}
_GROUPS = {"filter": "filters", "meets": "meets", "with": "with"}


class MappingForm(forms.Form):
    """Whose, when, which metric, which rows and how they become one number."""

    stream = forms.ChoiceField(label=gettext_lazy("From the rows of"))
    metric = forms.ModelChoiceField(
        Metric._default_manager.none(),
        label=gettext_lazy("Metric"),
        required=False,
        empty_label=gettext_lazy("a new one"),
    )
    new_name = forms.CharField(label=gettext_lazy("Name of the new metric"), max_length=100, required=False)
    new_unit = forms.CharField(label=gettext_lazy("Unit"), max_length=20, required=False)
    new_direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), choices=Metric.Direction.choices, required=False, initial=Metric.Direction.UP
    )
    new_frequency = forms.TypedChoiceField(
        label=gettext_lazy("Frequency"), choices=Metric.Rhythm.choices, coerce=int, required=False,
        initial=Metric.Rhythm.WEEK, empty_value="",
    )  # fmt: skip
    who_field = forms.ChoiceField(label=gettext_lazy("Whose: field"))
    who_by = forms.ChoiceField(label=gettext_lazy("matched by"), choices=BY)
    when_field = forms.ChoiceField(label=gettext_lazy("When: date field"))
    aggregate = forms.ChoiceField(label=gettext_lazy("How rows become one number"), choices=AGGREGATES)
    value_kind = forms.ChoiceField(label=gettext_lazy("What is measured"), choices=_VALUES, required=False)
    value_field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    span_from = forms.ChoiceField(label=pgettext_lazy("span", "From"), required=False)
    span_to = forms.ChoiceField(label=pgettext_lazy("span", "To"), required=False)
    span_in = forms.ChoiceField(label=pgettext_lazy("span", "In"), choices=UNITS, required=False)
    span_working = forms.BooleanField(label=gettext_lazy("working hours only"), required=False)
    weight_field = forms.ChoiceField(label=gettext_lazy("Divided or weighted by"), required=False)
    percentile = forms.DecimalField(label=gettext_lazy("Percentile"), min_value=1, max_value=100, required=False)
    factor = forms.DecimalField(
        label=pgettext_lazy("factor", "Times"), required=False, max_digits=18, decimal_places=9,
        help_text=gettext_lazy("100 turns a share into percent, 0.0001 yuan into ten thousands."),
    )  # fmt: skip

    def __init__(
        self,
        connection: Connection,
        fields: Mapping[str, Sequence[str]],
        data: Any = None,
        mapping: MetricMapping | None = None,
        suggested: Suggested | None = None,
    ) -> None:
        self.connection, self.mapping, self.suggested = connection, mapping, suggested
        told = suggested.told if suggested else None
        self.stored: Mapping[str, Any] = mapping.rule if mapping else told.rule if told else {}
        self._known = fields
        streams = list(connection.settings.get("streams", {}))
        stream = mapping.stream if mapping else told.stream if told else next(iter(streams), "")
        super().__init__(data, initial={**answers_of(self.stored), "stream": stream, **self._first_metric()})
        chosen = str(self.data.get("stream", "")) if self.is_bound else stream
        self._offer(streams, fields, chosen)

    def _first_metric(self) -> dict[str, Any]:
        """The metric of the rule, or what is known of the new one that is suggested."""
        if self.mapping:
            return {"metric": self.mapping.metric_id}
        if not self.suggested:
            return {}
        if self.suggested.metric:
            return {"metric": self.suggested.metric.pk}
        definition = self.suggested.told.definition()
        new = {"name": definition.name, "unit": definition.unit, "direction": definition.direction}
        return {f"new_{key}": value for key, value in {**new, "frequency": int(definition.frequency)}.items()}

    def _offer(self, streams: Sequence[str], fields: Mapping[str, Sequence[str]], stream: str) -> None:
        """What there is to choose from; whatever the rule names already can be chosen, even if the source lost it."""
        labels = {name: stream_label(self.connection, name) for name in streams}
        self._choices("stream", [(name, labels[name]) for name in streams])
        queryset = Metric.objects.exclude(aggregation=Metric.Aggregation.RATIO).filter(is_active=True).order_by("name")
        self.fields["metric"].queryset = queryset  # type: ignore[attr-defined]
        if self.mapping:
            self.fields["metric"].disabled = True
            self.fields["metric"].queryset = Metric.objects.filter(pk=self.mapping.metric_id)  # type: ignore[attr-defined]
        self._add_lookups(labels, fields)
        own = _with_stored(fields.get(stream, ()), [*self._looked_up(), *_named(self.initial)])
        for key in ("who_field", "when_field"):
            self._choices(key, own, blank=True)
        for key in ("value_field", "span_from", "span_to", "weight_field"):
            self._choices(key, own, blank=True)
        self._add_filters("filter", own)
        self._add_filters("meets", own)

    def _choices(self, key: str, choices: Sequence[tuple[str, Any]], blank: bool = False) -> None:
        field = cast(forms.ChoiceField, self.fields[key])
        field.choices = [("", "–"), *choices] if blank else list(choices)

    def _rows_of(self, kind: str) -> range:
        return range(max(_ROWS[kind], len(self.stored.get(_GROUPS[kind]) or []) + 1))

    def _add_filters(self, kind: str, own: Sequence[tuple[str, str]]) -> None:
        for at in self._rows_of(kind):
            self.fields[f"{kind}_{at}_field"] = forms.ChoiceField(
                label=gettext_lazy("Field"), choices=[("", "–"), *own], required=False
            )
            self.fields[f"{kind}_{at}_is"] = forms.ChoiceField(
                label=gettext_lazy("Condition"), choices=TESTS, required=False
            )
            self.fields[f"{kind}_{at}_value"] = forms.CharField(
                label=gettext_lazy("Value"), max_length=1000, required=False
            )
            self.fields[f"{kind}_{at}_other"] = forms.ChoiceField(
                label=gettext_lazy("or the field"), choices=[("", "–"), *own], required=False
            )

    def _add_lookups(self, labels: Mapping[str, str], fields: Mapping[str, Sequence[str]]) -> None:
        every = _with_stored([name for names in fields.values() for name in names], _named(self.initial))
        for at in self._rows_of("with"):
            key = f"with_{at}"
            choices = {"stream": [("", "–"), *labels.items()], "take": _TAKES}
            for part, label in _LOOKUP_LABELS:
                self.fields[f"{key}_{part}"] = forms.ChoiceField(
                    label=label, choices=choices.get(part, [("", "–"), *every]), required=False
                )
            self.fields[f"{key}_as"] = forms.CharField(label=gettext_lazy("called"), max_length=60, required=False)

    def _looked_up(self) -> Iterator[str]:
        for at in self._rows_of("with"):
            source = self.data if self.is_bound else self.initial
            name = str(source.get(f"with_{at}_as", "") or "").strip()
            if name:
                yield name

    def clean(self) -> dict[str, Any]:
        """A metric there is, or a new one that is not there yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.mapping:
            cleaned["metric"] = self.mapping.metric
        name = cleaned.get("new_name", "").strip()
        if not cleaned.get("metric") and not name:
            self.add_error("metric", _("Choose a metric, or name a new one."))
        elif not cleaned.get("metric") and (known := metrics_by_name([name]).get(name)):
            self.add_error("new_name", _("“%(metric)s” is in the library already.") % {"metric": known.name})
        if not self.errors:
            self._check_rule()
        return cleaned

    def rule(self) -> dict[str, Any]:
        """The rule that was put together."""
        return rule_of(self.cleaned_data, self.stored)

    def tried_metric(self) -> Metric:
        """The metric to try the rule with; a new one is not stored."""
        if self.mapping:
            return self.mapping.metric
        if not self.is_bound and self.suggested:
            return self.suggested.metric or _unsaved(self.suggested.told.definition())
        chosen = self.cleaned_data.get("metric") if self.is_bound else None
        return chosen or _unsaved(self._definition())

    def wanted(self) -> Wanted:
        """What is to be taken from the source."""
        metric = self.cleaned_data.get("metric") or self._definition()
        return Wanted(self.cleaned_data["stream"], self.rule(), metric)

    def _definition(self) -> MetricDefinition:
        """The new metric that is described; what the suggestion knows of it besides is kept."""
        told = self.cleaned_data
        name, unit = told["new_name"].strip(), told.get("new_unit", "").strip()
        known = self.suggested.told.definition() if self.suggested else None
        base = known if known and known.name == name else MetricDefinition(name, **shape_of(unit))
        frequency = Frequency(told.get("new_frequency") or Frequency.WEEK)
        direction = told.get("new_direction") or Metric.Direction.UP
        source = self.connection.source.name
        return replace(base, unit=unit, direction=direction, frequency=frequency, source=source)

    def filter_rows(self) -> list[list[forms.BoundField]]:
        """The filters, for the page."""
        return self._rows("filter")

    def meets_rows(self) -> list[list[forms.BoundField]]:
        """What the rows of a share meet, for the page."""
        return self._rows("meets")

    def lookup_rows(self) -> list[list[forms.BoundField]]:
        """What is looked up in other rows, for the page."""
        parts = [part for part, _label in _LOOKUP_LABELS]
        return [[self[f"with_{at}_{part}"] for part in (*parts, "as")] for at in self._rows_of("with")]

    def _rows(self, kind: str) -> list[list[forms.BoundField]]:
        parts = ("field", "is", "value", "other")
        return [[self[f"{kind}_{at}_{part}"] for part in parts] for at in self._rows_of(kind)]

    def _check_rule(self) -> None:
        """Every problem of the rule, below the question that it comes from."""
        stream = self.cleaned_data["stream"]
        try:
            read_rule(self.rule(), stream, {name: set(fields) for name, fields in self._known.items() if fields})
        except RuleError as error:
            for problem in error.problems:
                question = question_at(problem.place, self.cleaned_data)
                self.add_error(question if question in self.fields else None, problem.explain(readers_language()))


_LOOKUP_LABELS = (
    ("stream", gettext_lazy("in the rows of")),
    ("own", gettext_lazy("where our field")),
    ("theirs", gettext_lazy("is their field")),
    ("take", pgettext_lazy("lookup", "take")),
    ("field", gettext_lazy("of the field")),
)


def _unsaved(definition: MetricDefinition) -> Metric:
    values = {key: value for key, value in asdict(definition).items() if key not in ("numerator", "denominator")}
    return Metric(**values)


def _named(initial: Mapping[str, Any]) -> list[str]:
    """The fields that a stored rule names."""
    parts = ("_field", "_from", "_to", "_other", "_own", "_theirs")
    return [str(text) for key, text in initial.items() if key.endswith(parts) and text]


def _with_stored(found: Sequence[str], named: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys([*found, *named])]
