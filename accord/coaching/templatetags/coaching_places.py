"""The tabs of talks and of growth; `here` is the name of the address whose tab is lit."""

from django import template
from django.urls import reverse

from accord.coaching.places import GROWTH, TALKS
from accord.foundation.components.wayfinding import Tab

register = template.Library()


@register.simple_tag
def talk_places(here: str) -> list[Tab]:
    """The tabs below “Talks”."""
    return [Tab(label, reverse(name), active=name == here) for name, label in TALKS.items()]


@register.simple_tag
def growth_places(here: str) -> list[Tab]:
    """The tabs below “Growth”."""
    return [Tab(label, reverse(name), active=name == here) for name, label in GROWTH.items()]
