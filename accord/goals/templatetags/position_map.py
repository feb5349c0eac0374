"""How maps and redesigns are written on pages."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.domain.position_map import Note
from accord.domain.redesign import Missing, Step
from accord.domain.wording import Text
from accord.foundation.language import readers_language
from accord.goals.models import CoreOutput

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """A text in the reader's language."""
    return text.say(readers_language())


@register.filter
def explained(note: Note | Missing) -> str:
    """A sentence of the domain in the reader's language."""
    return note.explain(readers_language())


@register.filter
def serves(output: CoreOutput) -> str:
    """The business result an output serves, in the reader's language."""
    return output.serves_en if readers_language() == "en" and output.serves_en else output.serves


@register.filter
def level(number: Decimal | None) -> str:
    """A target or threshold without needless zeros; a dash where there is none."""
    return "–" if number is None else f"{number.normalize():,f}"


@register.filter
def step_title(step: Step) -> str:
    """What a step of a redesign is called."""
    titles = {
        Step.OBJECTIVE: _("Business objective"),
        Step.CONTRIBUTION: _("Contribution of the position"),
        Step.BEHAVIOUR: _("Measurable behaviour"),
        Step.KPIS: pgettext("redesign", "KPIs"),
        Step.SOURCE: _("Data source"),
    }
    return titles[step]
