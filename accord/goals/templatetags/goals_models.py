"""How assessment models are drawn on pages."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.foundation.components.signs import delta
from accord.foundation.language import readers_language
from accord.goals.queries.model_sheet import SheetItem
from accord.goals.queries.model_words import level_words

register = template.Library()


@register.filter
def score_change(change: Decimal | None) -> SafeString | str:
    """By how much a score would move: neither good nor bad, for a model may be meant to be stricter."""
    if change is None:
        return "–"
    direction = "flat" if not change else "up" if change > 0 else "down"
    return delta(f"{change:+.2f}" if change else "0.00", direction)


@register.inclusion_tag("components/chart.html")
def score_curve(each: SheetItem) -> dict[str, Any]:
    """The curve of score against actual; as a table it gives the score at each level."""
    curve, metric = each.curve or {"points": [], "levels": []}, each.metric
    words = level_words()
    scores = dict(curve["points"])
    name = metric.name_en if readers_language() == "en" and metric.name_en else metric.name
    rows = [
        (f"{words[level['name']]} {level['at']:g} {metric.unit}".strip(), [f"{scores.get(level['at']):g}"])
        for level in curve["levels"]
        if scores.get(level["at"]) is not None
    ]
    return {
        "kind": "score-curve",
        "payload": {**curve, "unit": metric.unit, "decimals": metric.decimals, "words": words},
        "label": _("%(name)s: what each result is worth") % {"name": name},
        "size": "s",
        "source": f"chart-{uuid4().hex[:8]}",
        "corner": _("Actual"),
        "headings": [_("Score")],
        "rows": rows,
    }
