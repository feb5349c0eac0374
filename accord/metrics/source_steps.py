"""The steps in which a source is set up. Each has its own address and can be opened again at any time."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accord.metrics.models import Connection


@dataclass(frozen=True)
class Step:
    """One step of the way: whether it is behind, here or ahead, and where it is; no address before there is a draft."""

    number: int
    label: str | Promise
    url: str
    is_here: bool
    is_done: bool


_STEPS: tuple[tuple[str, str | Promise, str], ...] = (
    ("kind", pgettext_lazy("step of a source", "System"), "metrics:source_new"),
    ("address", pgettext_lazy("step of a source", "Address and key"), "metrics:source_address"),
    ("rows", pgettext_lazy("step of a source", "Rows"), "metrics:source_rows"),
    ("mappings", pgettext_lazy("step of a source", "Metrics"), "metrics:source_mappings"),
    ("schedule", pgettext_lazy("step of a source", "Rhythm and owner"), "metrics:source_schedule"),
)


def steps_of(connection: Connection | None, here: str) -> list[Step]:
    """The way as it stands for a source; without one, at its beginning."""
    names = [name for name, _label, _url in _STEPS]
    at = names.index(here) if here in names else -1
    return [
        Step(number, label, _url(name, url_name, connection), name == here, number - 1 < at)
        for number, (name, label, url_name) in enumerate(_STEPS, 1)
    ]


def _url(name: str, url_name: str, connection: Connection | None) -> str:
    if name == "kind":
        return "" if connection else reverse(url_name)
    return reverse(url_name, args=[connection.pk]) if connection else ""
