"""What a rule makes of the sample, before anybody saves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from accord.foundation.errors import BusinessError
from accord.metrics.forms.mappings import MappingForm
from accord.metrics.models import Metric
from accord.metrics.services.connections.sampling import Sample
from accord.metrics.services.sync import Preview, PreviewValue, Refusal, Unmatched, preview

SHOWN_VALUES, SHOWN_NAMES, SHOWN_REFUSALS = 30, 20, 20


@dataclass(frozen=True)
class RulePreview:
    """The values that the rows would give, the names nobody is known by, and the rows that cannot count."""

    told: Preview
    metric: Metric

    @property
    def values(self) -> Sequence[PreviewValue]:
        step = Decimal(1).scaleb(-self.metric.decimals)
        first = self.told.values[:SHOWN_VALUES]
        return [replace(each, value=each.value.quantize(step, rounding=ROUND_HALF_UP)) for each in first]

    @property
    def unmatched(self) -> Sequence[Unmatched]:
        return self.told.unmatched[:SHOWN_NAMES]

    @property
    def refused(self) -> Sequence[Refusal]:
        return self.told.refused[:SHOWN_REFUSALS]

    @property
    def matched_people(self) -> int:
        """How many people and units the names were matched with."""
        return len({each.subject for each in self.told.values})


def preview_of(form: MappingForm, sample: Sample) -> RulePreview | None:
    """What the rule of a form gives: the one that was sent if it can be used, the stored one on a fresh page."""
    if sample.failure and not sample.rows:
        return None
    tried = _tried(form)
    if tried is None:
        return None
    stream, rule, metric = tried
    try:
        told = preview(form.connection, stream, rule, metric, sample.rows.get(stream, []), sample.rows)
    except BusinessError:
        # A fresh form that is not complete yet; one that was sent says so at its questions.
        return None
    return RulePreview(told, metric)


def _tried(form: MappingForm) -> tuple[str, Mapping[str, object], Metric] | None:
    if form.is_bound:
        return (form.cleaned_data["stream"], form.rule(), form.tried_metric()) if form.is_valid() else None
    if not form.stored:
        return None
    return str(form.initial["stream"]), form.stored, form.tried_metric()
