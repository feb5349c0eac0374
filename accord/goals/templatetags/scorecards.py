"""How scorecards are written on pages."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.domain.scorecard.needed import Wanted
from accord.foundation.components.signs import light_code
from accord.goals.queries.scorecards import LineNeed, Scorecard
from accord.metrics.templatetags.metrics import quantity

register = template.Library()


@register.simple_tag
def score_ring(card: Scorecard) -> SafeString:
    """The total as a ring: full at 100. Without a total it shows how the scored lines stand, in outline."""
    stands = card.part if card.total is None else card.total
    code = light_code(card.light)
    filled = min(Decimal(100), max(Decimal(0), stands or Decimal(0)))
    word = _("so far") if stands is not None and card.total is None else _("points")
    return format_html(
        '<div class="score-ring light-{}{}"><svg viewBox="0 0 120 120" aria-hidden="true">'
        '<circle class="score-ring-track" cx="60" cy="60" r="52"></circle>'
        '<circle class="score-ring-value" cx="60" cy="60" r="52" pathLength="100" stroke-dasharray="{} 100"></circle>'
        '</svg><div class="score-ring-words"><span class="score-ring-number">{}</span>'
        '<span class="score-ring-unit">{}</span></div></div>',
        code,
        "" if card.total is not None else " score-ring-part",
        f"{filled:.2f}",
        points(stands),
        word if stands is not None else _("no score yet"),
    )


@register.filter
def points(score: Decimal | None) -> str:
    """A score with two decimals; a dash where there is none."""
    return "–" if score is None else f"{score:.2f}"


@register.simple_tag
def wanted(need: LineNeed, of: Wanted) -> str:
    """What each period left would have to bring, in words; honest where it cannot be reached."""
    if of.value is None:
        return _("out of reach")
    if of.is_certain:
        return _("certain, whatever comes")
    bound = "≤ " if need.is_falling else "≥ "
    return bound + quantity(of.value, need.metric)


@register.filter
def bar(share: Decimal) -> str:
    """A share of 100 as a progress bar takes it."""
    return f"{min(Decimal(100), max(Decimal(0), share)):.1f}"


@register.filter
def light_name(status: int | None) -> str:
    """The name of a stored light, for its colour."""
    return light_code(status)
