"""Places such as `{since}` in parameters and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

Values = Mapping[str, object]


def filled(template: Any, values: Values) -> Any:
    """`template` with its places filled. A text that is but one place becomes the value itself: `7`, not `"7"`."""
    if isinstance(template, str):
        return _filled_text(template, values)
    if isinstance(template, list):
        return [filled(each, values) for each in template]
    if isinstance(template, Mapping):
        return {name: filled(each, values) for name, each in template.items()}
    return template


def linked(template: str, values: Values) -> str:
    """An address with its places filled, whatever is in them."""
    for name, value in values.items():
        place = f"{{{name}}}"
        if place in template:
            template = template.replace(place, quote("" if value is None else str(value), safe=""))
    return template


def _filled_text(template: str, values: Values) -> Any:
    if "{" not in template:
        return template
    if template.startswith("{") and template.endswith("}") and template[1:-1] in values:
        return values[template[1:-1]]
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template
