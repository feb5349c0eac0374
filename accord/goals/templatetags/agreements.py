"""Agreements in words and signs."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from accord.domain.periods import Period
from accord.domain.wording import percent
from accord.foundation.components.signs import badge
from accord.foundation.errors import Text
from accord.foundation.language import readers_language
from accord.goals.method_words import method_in_words
from accord.goals.models import AgreementLine, AgreementTerms
from accord.goals.queries.agreement_lists import STANDS, Row
from accord.metrics.models import Metric
from accord.metrics.templatetags.metrics import metric_name, quantity

register = template.Library()

State = AgreementTerms.State
_STAND_TONES = {"discussing": "yellow", "signing": "primary", "in_force": "green", "refused": "red"}
_STATE_TONES = {State.DRAFT: "yellow", State.SIGNING: "primary", State.SIGNED: "green", State.REFUSED: "red"}
_STEPS: dict[str, Text] = {
    "proposed": gettext_lazy("Put before both"),
    "agreed": gettext_lazy("Agreed by both"),
    "signed": gettext_lazy("Signed by both"),
    "in_force": pgettext_lazy("agreement step", "in force"),
}
_PER: dict[int, tuple[Text, Text]] = {
    Metric.Rhythm.DAY: (gettext_lazy("at least %(value)s a day"), gettext_lazy("at most %(value)s a day")),
    Metric.Rhythm.WEEK: (gettext_lazy("at least %(value)s a week"), gettext_lazy("at most %(value)s a week")),
    Metric.Rhythm.MONTH: (gettext_lazy("at least %(value)s a month"), gettext_lazy("at most %(value)s a month")),
    Metric.Rhythm.QUARTER: (gettext_lazy("at least %(value)s a quarter"), gettext_lazy("at most %(value)s a quarter")),
}


@register.simple_tag
def stand(row: Row) -> SafeString:
    """Where an agreement stands, as a badge; that it is being amended is said beside."""
    word = badge(STANDS[row.stand], _STAND_TONES.get(row.stand, "grey"))
    if not row.is_being_amended:
        return word
    return word + SafeString(" ") + badge(pgettext("agreement", "being amended"), "yellow")


@register.simple_tag
def terms_state(terms: AgreementTerms) -> SafeString:
    """The state of a wording as a badge."""
    return badge(terms.get_state_display(), _STATE_TONES.get(State(terms.state), "grey"))


@register.simple_tag
def my_step(terms: AgreementTerms) -> SafeString:
    """What the one for whom a wording waits does next, as a badge."""
    if terms.state == State.SIGNING:
        return badge(pgettext("agreement", "sign"), "primary")
    if terms.proposed_at is None:
        return badge(pgettext("agreement", "look at it and put it before them"), "grey")
    return badge(pgettext("agreement", "read and agree"), "yellow")


@register.filter
def stand_name(key: str) -> Text:
    """What a place on the way into force is called."""
    return STANDS[key]


@register.filter
def total_of(counts: dict[str, int]) -> int:
    """How many there are in all."""
    return sum(counts.values())


@register.filter
def step_name(key: str) -> Text:
    """What a station of the page is called."""
    return _STEPS[key]


@register.filter
def waits_for(terms: AgreementTerms | None) -> str:
    """Who has the next step, by name."""
    if terms is None or terms.state not in AgreementTerms.UNFINISHED:
        return ""
    return _(", ").join(_waiting(terms))


@register.filter
def target_words(line: AgreementLine) -> str:
    """A target as one says it: at least 26 万元 a week."""
    up, down = _PER[line.metric.frequency]
    words = down if line.metric.direction == Metric.Direction.DOWN else up
    return str(words) % {"value": quantity(line.target, line.metric)}


@register.filter
def scoring_words(line: AgreementLine) -> str:
    """How a line is scored, with every parameter."""
    return method_in_words(line.method, line.params, readers_language())


@register.filter
def schedule_words(line: AgreementLine) -> list[tuple[str, str]]:
    """The periods with a target of their own, and that target."""
    return [
        (_("%(first)s to %(last)s") % {"first": _label(first), "last": _label(last)}, _of(line, target))
        for first, last, target in line.schedule
    ]


@register.filter
def line_summary(lines: object) -> list[str]:
    """The lines of a wording, each as short as it can be said and exactly."""
    return [
        _("%(metric)s: %(weight)s, %(target)s")
        % {
            "metric": metric_name(line.metric),
            "weight": percent(line.weight),
            "target": target_words(line),
        }
        for line in lines  # type: ignore[attr-defined]
    ]


@register.filter
def missing_weight(weight: Decimal) -> str:
    """How far a sum of weights is from whole, with what to do: 还差 5%."""
    off = 1 - weight
    words = _("%(off)s short of 100%%") if off > 0 else _("%(off)s above 100%%")
    return words % {"off": percent(abs(off))}


def _waiting(terms: AgreementTerms) -> list[str]:
    agreement = terms.agreement
    if terms.state == State.SIGNING and terms.document:
        return [party.employee.name for party in terms.document.parties.all() if party.state == "waiting"]
    if terms.proposed_at is None:
        return [agreement.manager.name]
    sides = ((agreement.employee, terms.employee_agreed_at), (agreement.manager, terms.manager_agreed_at))
    return [person.name for person, agreed_at in sides if agreed_at is None]


def _label(key: int | str) -> str:
    return Period(int(key)).label


def _of(line: AgreementLine, target: str) -> str:
    return quantity(Decimal(target), line.metric)
