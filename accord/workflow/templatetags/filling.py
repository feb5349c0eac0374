"""How times of forms are written on pages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def as_time(seconds: Decimal | int | None) -> str:
    """Seconds as people say them: 45 s, 2 min 30 s; a dash where there are none."""
    if seconds is None:
        return "–"
    whole = int(Decimal(seconds).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
