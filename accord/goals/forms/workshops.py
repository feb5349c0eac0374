"""Forms of workshops: calling a team together, proposing, and deciding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.domain.periods import Frequency
from accord.goals.access.workshops import Team
from accord.goals.models import CardVote, WorkshopCard
from accord.goals.queries.workshops import metric_called, positions_in
from accord.goals.services.workshops.board import Proposal
from accord.goals.services.workshops.closing import Decision
from accord.goals.services.workshops.opening import Invitation
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition, shape_of
from accord.people.models import Employee

PROMPTS = (
    _("What do you contribute to the business result?"),
    _("Which part of it can you move yourself, within weeks?"),
    _("Where would the number come from, without extra bookkeeping?"),
)
REASONS = (
    _("Clear, moved by us, and the number is there already"),
    _("The number is not reliable enough yet"),
    _("Nobody in this position can move it"),
    _("Covered by another KPI"),
    _("Once more in the next cycle"),
)
_SHORT = forms.Textarea(attrs={"rows": 2})


class OpenForm(forms.Form):
    """Whom to call together, about what."""

    team = forms.ChoiceField(label=_("Team"))
    position: Any = forms.ModelChoiceField(
        label=_("Position"),
        queryset=None,
        empty_label=None,
        help_text=_("Those in the team who hold it take part; you and the head of the unit lead, and do not vote."),
    )
    title = forms.CharField(label=_("Title"), max_length=100)
    question = forms.CharField(label=_("The question"), max_length=300, widget=_SHORT)
    prompts = forms.CharField(
        label=_("Guiding prompts"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. They stand above the board."),
    )

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "question": _("By which KPIs should our work be seen?"),
            "prompts": "\n".join(map(str, PROMPTS)),
        }
        super().__init__(*args, **kwargs)
        self._teams = {team.key: team for team in teams}
        self.fields["team"].choices = [(team.key, team.label) for team in teams]  # type: ignore[attr-defined]
        self.fields["position"].queryset = positions_in(team.people for team in teams)  # type: ignore[attr-defined]

    def invitation(self, me: Employee) -> Invitation:
        """What was written, for the service."""
        told = self.cleaned_data
        team = self._teams[told["team"]]
        words = {name: told[name] for name in ("title", "question", "prompts", "position")}
        return Invitation(org_unit=team.org_unit, members=list(team.holding(told["position"], me)), **words)


class ProposeForm(forms.Form):
    """A KPI and why it is a good one."""

    name = forms.CharField(
        label=_("KPI"),
        max_length=100,
        widget=forms.TextInput(attrs={"list": "library", "autocomplete": "off"}),
        help_text=_("Choose from the library, or give a new one a name."),
    )
    why = forms.CharField(label=_("Why it is reasonable"), max_length=300, widget=_SHORT)
    how = forms.CharField(label=_("How I can move it"), max_length=300, widget=_SHORT)
    source = forms.CharField(label=_("Where the number comes from"), max_length=100, required=False)

    def proposal(self) -> Proposal:
        """What was written, for the service; a name of the library means its metric."""
        told = self.cleaned_data
        metric = metric_called(told["name"])
        name, source = (metric.name, told["source"] or metric.source) if metric else (told["name"], told["source"])
        return Proposal(name, told["why"], told["how"], source, metric)


class CommentForm(forms.Form):
    """A word about a card."""

    text = forms.CharField(label=_("Comment"), max_length=500, widget=_SHORT)


class MoveForm(forms.Form):
    """Where a card goes, from which edition of it."""

    column = forms.ChoiceField(choices=WorkshopCard.Column.choices)
    place = forms.IntegerField(required=False, min_value=0, max_value=9999)
    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class MergeForm(forms.Form):
    """Which card this one becomes part of."""

    into = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    edition = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class MarkForm(forms.Form):
    """One mark, set or taken off. The card stands in here and not in the address, which servers write down."""

    card = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    important = forms.ChoiceField(required=False, choices=[("1", ""), ("0", "")])
    movable = forms.ChoiceField(required=False, choices=[("1", ""), ("0", "")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("important")) == bool(cleaned.get("movable")):
            raise forms.ValidationError("")
        return cleaned

    def pressed(self) -> tuple[str, bool]:
        """Which mark, and whether it is set."""
        mark = CardVote.Mark.IMPORTANT if self.cleaned_data["important"] else CardVote.Mark.MOVABLE
        return mark, self.cleaned_data[mark] == "1"


@dataclass(frozen=True)
class CardFields:
    """A card with the fields of its decision, for the page."""

    card: WorkshopCard
    reason: forms.BoundField
    measured: Sequence[forms.BoundField]


class CloseForm(forms.Form):
    """A reason for every card, and for what is new how it is measured."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, cards: Sequence[WorkshopCard], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cards = cards
        for card in cards:
            self.fields[f"reason-{card.pk}"] = forms.CharField(
                label=pgettext_lazy("decision", "Reason"),
                max_length=300,
                widget=forms.TextInput(attrs={"list": "reasons", "autocomplete": "off"}),
            )
            if _is_new(card):
                self.fields |= _measured(card)

    def by_card(self) -> Iterator[CardFields]:
        """The cards in order, each with its fields."""
        for card in self._cards:
            measured = [self[f"{name}-{card.pk}"] for name in _MEASURED] if _is_new(card) else []
            yield CardFields(card, self[f"reason-{card.pk}"], measured)

    def decisions(self) -> dict[int, Decision]:
        """What was decided, for the service."""
        return {
            card.pk: Decision(self.cleaned_data[f"reason-{card.pk}"], self._definition(card)) for card in self._cards
        }

    def _definition(self, card: WorkshopCard) -> MetricDefinition | None:
        if not _is_new(card):
            return None
        unit, direction, frequency = (self.cleaned_data[f"{name}-{card.pk}"] for name in _MEASURED)
        return MetricDefinition(
            card.name,
            unit=unit,
            direction=direction,
            frequency=Frequency(int(frequency)),
            source=card.source,
            **shape_of(unit),
        )


_MEASURED = ("unit", "direction", "frequency")


def _is_new(card: WorkshopCard) -> bool:
    return card.column == WorkshopCard.Column.ADOPTED and card.metric_id is None


def _measured(card: WorkshopCard) -> dict[str, forms.Field]:
    """How a metric is measured that the library does not have yet."""
    return {
        f"unit-{card.pk}": forms.CharField(label=_("Unit"), max_length=20, required=False),
        f"direction-{card.pk}": forms.ChoiceField(label=_("Direction"), choices=Metric.Direction.choices),
        f"frequency-{card.pk}": forms.ChoiceField(
            label=_("Frequency"), choices=Metric.Rhythm.choices, initial=Metric.Rhythm.WEEK
        ),
    }
