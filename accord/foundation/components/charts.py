"""Charts: the numbers go into the page as JSON and as a table; a script draws them where there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accord.foundation.components.signs import LIGHTS
from accord.foundation.errors import Text

Value = float | int | None
_MOODS = {True: "good", False: "bad", None: "none"}


@dataclass(frozen=True)
class Trend:
    """A measure over periods against its target and the band below it. Every list is as long as `periods`."""

    periods: Sequence[str]
    name: Text
    values: Sequence[Value]
    lights: Sequence[str] = ()
    target_name: Text = ""
    target: Sequence[Value] = ()
    band_name: Text = ""
    band_lower: Sequence[Value] = ()
    band_upper: Sequence[Value] = ()
    unit: str = ""
    decimals: int = 0

    def payload(self) -> dict[str, Any]:
        """The numbers as `frontend/js/charts/trend.js` reads them."""
        payload: dict[str, Any] = {
            "periods": list(self.periods),
            "actual": {"name": str(self.name), "values": list(self.values), "statuses": list(self.lights)},
            "unit": self._behind,
            "decimals": self.decimals,
        }
        if self.target:
            payload["target"] = {"name": str(self.target_name), "values": list(self.target)}
        if self.band_lower:
            payload["band"] = {
                "name": str(self.band_name),
                "lower": list(self.band_lower),
                "upper": list(self.band_upper),
            }
        return payload

    def rows(self) -> list[tuple[str, list[str]]]:
        """The same numbers as table rows: period, then value and target as text."""
        columns = [self.values, self.target] if self.target else [self.values]
        lines = zip(self.periods, *columns, strict=True)
        return [(period, [self._text(value) for value in values]) for period, *values in lines]

    @property
    def _behind(self) -> str:
        """The unit as it stands behind a number: 5 元, 5%."""
        return f" {self.unit}" if self.unit and not self.unit.startswith("%") else self.unit

    def _text(self, value: Value) -> str:
        return "–" if value is None else f"{value:,.{self.decimals}f}{self._behind}"


@dataclass(frozen=True)
class HeatMap:
    """Lights by row and column. Each row of `cells` is as long as `columns`: a light and what is written there."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[tuple[str, str]]]
    words: Mapping[str, str]
    corner: Text = ""

    def payload(self) -> dict[str, Any]:
        """As `frontend/js/charts/heat-map.js` reads it; the first row stands at the top."""
        cells = [[list(cell) for cell in row] for row in self.cells]
        return {"rows": list(self.rows), "columns": list(self.columns), "cells": cells, "words": dict(self.words)}

    def lines(self) -> list[tuple[str, list[str]]]:
        """The same as table rows, the word of each light beside what is written."""
        written = [[f"{text} {self.words[light]}".strip() for light, text in row] for row in self.cells]
        return list(zip(self.rows, written, strict=True))


@dataclass(frozen=True)
class Distribution:
    """How many there are in each band, from the worst to the best, each band in the colour of its light."""

    bands: Sequence[str]
    lights: Sequence[str]
    counts: Sequence[int]
    name: Text
    words: Mapping[str, str]

    def payload(self) -> dict[str, Any]:
        """As `frontend/js/charts/distribution.js` reads it."""
        return {
            "bands": list(self.bands),
            "lights": list(self.lights),
            "counts": list(self.counts),
            "name": str(self.name),
            "words": dict(self.words),
        }

    def lines(self) -> list[tuple[str, list[str]]]:
        """The same as table rows: band, count, light."""
        rows = zip(self.bands, self.counts, self.lights, strict=True)
        return [(band, [str(count), self.words[light]]) for band, count, light in rows]


@dataclass(frozen=True)
class LightCourse:
    """How many shone in which colour over periods: `counts` by the code of a light, each as long as `periods`."""

    periods: Sequence[str]
    counts: Mapping[str, Sequence[int]]
    words: Mapping[str, str]

    def payload(self) -> dict[str, Any]:
        """As `frontend/js/charts/light-course.js` reads it."""
        counts = {light: list(values) for light, values in self.counts.items()}
        return {"periods": list(self.periods), "counts": counts, "words": dict(self.words)}

    def lines(self) -> list[tuple[str, list[str]]]:
        """The same as table rows: a period and its counts."""
        columns = zip(self.periods, *self.counts.values(), strict=True)
        return [(period, [str(count) for count in counts]) for period, *counts in columns]


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: a `level` stands on the ground; a `part` or the `rest` begins where the last one ended.

    `shown` is the number as printed, with its sign for a change; `good` says whether the change is for the better,
    which for a metric of which less is better is not its sign.
    """

    name: Text
    value: float | int | Decimal
    shown: Text
    kind: Literal["level", "part", "rest"] = "part"
    good: bool | None = None
    url: str = ""

    @property
    def mood(self) -> str:
        return _MOODS[self.good] if self.kind == "part" else {"level": "level", "rest": "none"}[self.kind]

    def word(self) -> str:
        """What the colour says, in a word."""
        words = {"good": pgettext("effect of a driver", "helped"), "bad": pgettext("effect of a driver", "held back")}
        return words.get(self.mood, "")


@dataclass(frozen=True)
class TreeNode:
    """A node of a driver tree as printed: its value, target and contribution are text."""

    name: Text
    value: Text
    light: str = "grey"
    target: Text = ""
    contribution: Text = ""
    good: bool | None = None
    children: Sequence["TreeNode"] = ()

    @property
    def mood(self) -> str:
        return _MOODS[self.good]

    def payload(self) -> dict[str, Any]:
        """The node with all below it, as `frontend/js/charts/tree.js` reads it."""
        return {
            "name": str(self.name),
            "value": str(self.value),
            "light": self.light,
            "word": str(LIGHTS[self.light]),
            "target": str(self.target),
            "contribution": str(self.contribution),
            "mood": self.mood,
            "children": [child.payload() for child in self.children],
        }


def waterfall_chart(steps: Sequence[Step], label: Text, size: str = "") -> dict[str, Any]:
    """Draw how a number came to be another one, step by step: start, what each part brought, the rest, the end."""
    drawn = [
        {
            "name": str(step.name),
            "value": float(step.value),
            "shown": str(step.shown),
            "kind": step.kind,
            "mood": step.mood,
            "word": step.word(),
            "url": step.url,
        }
        for step in steps
    ]
    return _chart("waterfall", {"steps": drawn}, label, size) | {
        "corner": gettext("Step"),
        "headings": [gettext("Amount"), pgettext("column", "Effect")],
        "rows": [(str(step.name), [str(step.shown), step.word() or "–"]) for step in steps],
    }


def tree_chart(node: TreeNode, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a driver tree, from the result on the left to its leaves on the right; branches fold.

    Its numbers stand in the page as a nested list, which is the tree itself on a phone.
    """
    words = {"target": gettext("Target"), "contribution": gettext("Contribution")}
    return _chart("tree", {"root": node.payload(), "words": words}, label, size) | {"nodes": [node]}


def trend_chart(trend: Trend, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a Trend. `label` says in words what the chart shows; `size`: s, l."""
    headings = [trend.name, trend.target_name] if trend.target else [trend.name]
    return _chart("trend", trend.payload(), label, size) | {"headings": headings, "rows": trend.rows()}


def heat_map_chart(heat_map: HeatMap, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a HeatMap; the drawing grows with its rows. `label` says in words what it shows."""
    table = {"corner": heat_map.corner, "headings": list(heat_map.columns), "rows": heat_map.lines()}
    return _chart("heat-map", heat_map.payload(), label, size) | table


def distribution_chart(distribution: Distribution, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a Distribution as a histogram with the share of each light above it."""
    table = {"corner": _("Attainment"), "headings": [distribution.name, _("Status light")]}
    return _chart("distribution", distribution.payload(), label, size) | table | {"rows": distribution.lines()}


def light_course_chart(course: LightCourse, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a LightCourse as stacked bars, red at the bottom where the eye compares best."""
    headings = [course.words[light] for light in course.counts]
    return _chart("light-course", course.payload(), label, size) | {"headings": headings, "rows": course.lines()}


def option_chart(option: Mapping[str, Any], label: Text, size: str = "") -> dict[str, Any]:
    """Draw any ECharts option (JSON). The string "var(--green)" stands for that colour of the theme."""
    return _chart("option", option, label, size)


def _chart(kind: str, payload: Mapping[str, Any], label: Text, size: str) -> dict[str, Any]:
    # A fragment may bring a second chart into the same page, so the id cannot be a constant.
    return {"kind": kind, "payload": payload, "label": label, "size": size, "source": f"chart-{uuid4().hex[:8]}"}
