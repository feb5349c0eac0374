"""The forms and flows of 远航电商, as the designer would export them."""

import json
from pathlib import Path
from typing import Any


def design(name: str) -> dict[str, Any]:
    """The body called `name`."""
    body: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return body
