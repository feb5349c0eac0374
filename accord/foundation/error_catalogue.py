"""All errors of all apps as one Markdown page."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from django.utils import translation

import accord
from accord.foundation.errors import BusinessError, OurFault

_HEAD = """# Errors

What a person or a program may be refused, by code. `%(name)s` stands for what it is about.
Programs get `{"error": {"code", "message", "hint"}}` with the status. Written by `accord errors`.
"""


def catalogue() -> str:
    """Return the page. Raises ValueError where two errors share a code."""
    found = sorted(all_errors(), key=lambda error: error.code)
    codes = [error.code for error in found]
    doubled = {code for code in codes if codes.count(code) > 1}
    if doubled:
        raise ValueError(f"codes of several errors: {', '.join(sorted(doubled))}")
    return _HEAD + "".join(map(_entry, found))


def all_errors() -> Iterator[type[BusinessError]]:
    """Every error that has a code of its own."""
    for module in walk_packages(accord.__path__, "accord."):
        if "errors" in module.name.split(".")[2:]:
            import_module(module.name)
    return (error for error in _below(BusinessError) if "code" in vars(error))


def kept(error: BusinessError) -> dict[str, Any]:
    """An error to be written down: no words, so that `told` can say it in each reader's language. What another error
    was the reason of keeps that one the same way.
    """
    values = {name: kept(of) if isinstance(of, BusinessError) else str(of) for name, of in error.values.items()}
    return {"code": error.code, "values": values}


def told(code: str, values: Mapping[str, object]) -> tuple[str, str]:
    """The sentence and the hint of an error that was written down by its code and values, in the current language."""
    error = _by_code().get(code, OurFault)
    said = {name: _said(value) for name, value in values.items()}
    try:
        return str(error.sentence) % said, str(error.hint) % said
    except (KeyError, TypeError, ValueError):
        # Written down by an earlier version, whose sentence had other places.
        return str(OurFault.sentence), str(OurFault.hint)


def _said(value: object) -> object:
    return told(str(value["code"]), value["values"])[0] if isinstance(value, Mapping) else value


@cache
def _by_code() -> dict[str, type[BusinessError]]:
    return {error.code: error for error in all_errors()}


def _below(error: type[BusinessError]) -> Iterator[type[BusinessError]]:
    for child in error.__subclasses__():
        if child.__module__.startswith("accord.") and ".tests" not in child.__module__:
            yield child
        yield from _below(child)


def _entry(error: type[BusinessError]) -> str:
    words = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words.append(f"- {error.sentence} — {error.hint}\n")
    return f"\n## `{error.code}` · {error.status}\n\n{''.join(words)}"
