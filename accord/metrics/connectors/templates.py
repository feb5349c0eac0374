"""Places such as `{since}` in parameters and bodies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

Values = Mapping[str, object]

_PLACE = re.compile(r"\{([^{}]+)\}")
_OWN = {"key": "_key"}


def filled(template: Any, values: Values) -> Any:
    """`template` with its places filled. A text that is but one place becomes the value itself: `7`, not `"7"`."""
    if isinstance(template, str):
        return _filled_text(template, values)
    if isinstance(template, list):
        return [filled(each, values) for each in template]
    if isinstance(template, Mapping):
        return {name: filled(each, values) for name, each in template.items()}
    return template


def places_of(template: str) -> tuple[str, list[str]]:
    """An address as a pattern of %-formatting, and the fields whose values stand in it; `{key}` is the row's key."""
    names = [_OWN.get(name, name) for name in _PLACE.findall(template)]
    return _PLACE.sub("%s", template.replace("%", "%%")), names


def in_address(value: object) -> str:
    """A value as it may stand in an address, whatever is in it."""
    if isinstance(value, int) or (isinstance(value, str) and value.isalnum() and value.isascii()):
        return str(value)
    return "" if value is None else quote(str(value), safe="")


def _filled_text(template: str, values: Values) -> Any:
    if "{" not in template:
        return template
    if template.startswith("{") and template.endswith("}") and template[1:-1] in values:
        return values[template[1:-1]]
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template
