"""The archive in words."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from accord.workflow.archive_words import kind_in_words

register = template.Library()
register.filter(kind_in_words)


@register.filter
def digest(hexadecimal: str) -> str:
    """A digest in groups of eight, which an eye can compare."""
    return " ".join(hexadecimal[start : start + 8] for start in range(0, len(hexadecimal), 8))


@register.filter
def age(span: timedelta) -> str:
    """How long something has been waiting, in the largest unit that fits."""
    now = timezone.now()
    return timesince(now - span, now, depth=1)
