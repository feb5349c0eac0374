"""Presets: what is known of a kind of system before anybody connects theirs. One TOML file each, nothing else to touch.

A preset asks a few questions; each answer stands as `<key>` somewhere in its settings. `metrics.connectors` reads the
settings that come out, and the suggested mappings say which metric of the library the rows usually become.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from accord.domain.periods import Frequency
from accord.foundation.language import readers_language
from accord.metrics.models import Connection, Metric
from accord.metrics.services.library import MetricDefinition, shape_of

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if readers_language() == "en" else self.zh


@dataclass(frozen=True)
class Question:
    """One thing that whoever sets a source up is asked. `kind`: text, url, choice, number or folder."""

    key: str
    label: Words
    hint: Words
    kind: str = "text"
    default: str = ""
    required: bool = True
    choices: tuple[tuple[str, Words], ...] = ()
    # The answers to other questions without which this one is pointless.
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class SecretAsked:
    """What only the system and we may know: a token, a password."""

    label: Words
    hint: Words
    required: bool = True


@dataclass(frozen=True)
class Suggestion:
    """How the rows of a stream usually become a metric of the library."""

    metric: str
    stream: str
    rule: Mapping[str, Any]
    # What the metric is like, where the library does not have it yet.
    english: str = ""
    unit: str = ""
    down: bool = False
    every: str = "week"

    def definition(self) -> MetricDefinition:
        """The metric as it joins the library."""
        direction = Metric.Direction.DOWN if self.down else Metric.Direction.UP
        shape = shape_of(self.unit)
        every = Frequency[self.every.upper()]
        return MetricDefinition(self.metric, self.english, self.unit, direction, frequency=every, **shape)


@dataclass(frozen=True)
class Preset:
    """A kind of system: what it is called, what is asked, how it is read, and what to look out for."""

    slug: str
    kind: str
    icon: str
    order: int
    group: str
    label: Words
    summary: Words
    source: str
    every: int | None
    settings: Mapping[str, Any]
    questions: tuple[Question, ...] = ()
    secret: SecretAsked | None = None
    suggestions: tuple[Suggestion, ...] = ()
    notes: tuple[Words, ...] = field(default=())
    # What the rows of each stream are called.
    streams: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_generic(self) -> bool:
        """Whether it knows a way of reading only, and nothing of the system behind it."""
        return self.group == "generic"


@cache
def presets() -> Mapping[str, Preset]:
    """All presets by their name in addresses, in the order of the gallery."""
    read = [_preset(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return {preset.slug: preset for preset in sorted(read, key=lambda each: each.order)}


def preset_of(slug: str) -> Preset | None:
    """The preset of this name; None where a source was set up by one that is no longer shipped."""
    return presets().get(slug)


def stream_label(connection: Connection, name: str) -> str:
    """What the rows of a stream are called: as its settings say, else as its preset does, else by its name there."""
    preset = preset_of(connection.preset)
    known = preset.streams.get(name) if preset else None
    return str(connection.settings["streams"][name].get("label") or known or name)


def _preset(path: Path) -> Preset:
    told = tomllib.loads(path.read_text("utf-8"))
    return Preset(
        slug=path.stem,
        kind=told["kind"],
        icon=told["icon"],
        order=told["order"],
        group=told["group"],
        label=_words(told["label"]),
        summary=_words(told["summary"]),
        source=told["source"],
        every=told.get("every"),
        settings=told["settings"],
        questions=tuple(_question(each) for each in told.get("questions", ())),
        secret=_secret(told["secret"]) if "secret" in told else None,
        suggestions=tuple(Suggestion(**each) for each in told.get("mappings", ())),
        notes=tuple(_words(each) for each in told.get("notes", ())),
        streams={name: _words(each) for name, each in told["streams"].items()},
    )


def _question(told: Mapping[str, Any]) -> Question:
    choices = tuple((each["value"], _words(each)) for each in told.get("choices", ()))
    plain = {name: told[name] for name in ("kind", "default", "required", "only") if name in told}
    return Question(told["key"], _words(told["label"]), _words(told.get("hint")), choices=choices, **plain)


def _secret(told: Mapping[str, Any]) -> SecretAsked:
    return SecretAsked(_words(told["label"]), _words(told.get("hint")), told.get("required", True))


def _words(told: Mapping[str, str] | None) -> Words:
    return Words(told["zh"], told["en"]) if told else Words("", "")
