"""Charts: the numbers go into the page as JSON and as a table; a script draws them where there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from accord.foundation.errors import Text

Value = float | int | None


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
            "unit": self.unit,
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

    def _text(self, value: Value) -> str:
        return "–" if value is None else f"{value:,.{self.decimals}f}{self.unit}"


def trend_chart(trend: Trend, label: Text, size: str = "") -> dict[str, Any]:
    """Draw a Trend. `label` says in words what the chart shows; `size`: s, l."""
    headings = [trend.name, trend.target_name] if trend.target else [trend.name]
    return _chart("trend", trend.payload(), label, size) | {"headings": headings, "rows": trend.rows()}


def option_chart(option: Mapping[str, Any], label: Text, size: str = "") -> dict[str, Any]:
    """Draw any ECharts option (JSON). The string "var(--green)" stands for that colour of the theme."""
    return _chart("option", option, label, size)


def _chart(kind: str, payload: Mapping[str, Any], label: Text, size: str) -> dict[str, Any]:
    # A fragment may bring a second chart into the same page, so the id cannot be a constant.
    return {"kind": kind, "payload": payload, "label": label, "size": size, "source": f"chart-{uuid4().hex[:8]}"}
