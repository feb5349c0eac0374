"""What the product ships for growing: a competency framework and a small library, as files that people can read."""

import tomllib
from importlib import resources
from typing import Any


def shipped_competencies() -> list[dict[str, Any]]:
    """The competencies in their order, with levels and what is expected by position family."""
    found: list[dict[str, Any]] = _read("competencies.toml")["competency"]
    return found


def shipped_resources() -> list[dict[str, Any]]:
    """The resources of the library."""
    found: list[dict[str, Any]] = _read("resources.toml")["resource"]
    return found


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text("utf-8"))
