"""What the product ships: the metric library and the position map, as files that a person can read and change."""

import tomllib
from importlib import resources
from typing import Any


def shipped_metrics() -> dict[str, dict[str, Any]]:
    """The metrics by name, as their file says them."""
    return _read("metrics.toml")


def shipped_families() -> list[dict[str, Any]]:
    """The position families with their positions, core outputs and recommended KPIs."""
    families: list[dict[str, Any]] = _read("position_map.toml")["family"]
    return families


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text("utf-8"))
