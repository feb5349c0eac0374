"""Reading settings: what is there and right comes out typed, everything else is a problem with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.metrics.connectors.contract import Problem, Settings
from accord.metrics.connectors.paths import compile_path

_MOST_TEXT = 4000
_DEEPEST = 20
_SECRET_NAME = re.compile(r"(passw(or)?d|pwd|secret|api[_-]?key|(access|auth|bearer)[_-]?token)$", re.IGNORECASE)


class Reader:
    """One level of the settings. After `finish`, names that nothing asked for are problems too: most are misspelt."""

    def __init__(self, settings: object, place: str = "", problems: list[Problem] | None = None) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self.place = place
        self._asked: set[str] = set()
        self._settings: Settings = settings if isinstance(settings, Mapping) else {}
        if not isinstance(settings, Mapping):
            self.problem("", _("must be a group of settings"))

    def problem(self, name: str, sentence: Text, **values: object) -> None:
        self.problems.append(Problem(".".join(filter(None, (self.place, name))), sentence, values))

    def has(self, name: str) -> bool:
        return self._settings.get(name) not in (None, "", {}, [])

    def raw(self, name: str, default: Any = None) -> Any:
        self._asked.add(name)
        value = self._settings.get(name)
        return default if value is None else value

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a `default` it must be there."""
        value = self.raw(name, default if default is not None else "")
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.problem(name, _("must be a text"))
            return default or ""
        text = str(value)
        if default is None and not text.strip():
            self.problem(name, _("is missing"))
        if len(text) > _MOST_TEXT or any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
            self.problem(name, _("is too long or has signs that cannot be printed"))
            return default or ""
        return text.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self.raw(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple) or not all(isinstance(each, str | int) for each in listed):
            self.problem(name, _("must be a list of texts"))
            return ()
        return tuple(str(each) for each in listed if str(each))

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        value = self.raw(name, default)
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.problem(name, _("must be a whole number from %(least)s to %(most)s"), least=least, most=most)
            return default
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.raw(name, default)
        if not isinstance(value, bool):
            self.problem(name, _("must be yes or no"))
            return default
        return value

    def choice(self, name: str, choices: Collection[str], default: str = "") -> str:
        value = self.raw(name, default)
        if value not in choices:
            self.problem(name, _("must be one of: %(choices)s"), choices=", ".join(choices))
            return default
        return str(value)

    def path(self, name: str, default: str = "") -> str:
        """A JMESPath."""
        [text] = self.checked_paths(name, (self.text(name, default),)) or (default,)
        return text

    def checked_paths(self, name: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the texts that are JMESPaths; the others are problems."""
        good = []
        for text in texts:
            try:
                compile_path(text)
            except ValueError:
                self.problem(name, _("is not a path into JSON that can be read: %(path)s"), path=text)
            else:
                good.append(text)
        return tuple(good)

    def paths(self, name: str) -> dict[str, str]:
        """Names and their paths."""
        return {key: each.path(key) for key, each in self._named(name)}

    def zone(self, name: str, default: str) -> str:
        text = self.text(name, default)
        if text and not is_zone(text):
            self.problem(name, _("there is no time zone “%(zone)s”; one is, for example, Asia/Shanghai"), zone=text)
            return default
        return text

    def group(self, name: str) -> Reader:
        return Reader(self.raw(name, {}), ".".join(filter(None, (self.place, name))), self.problems)

    def groups(self, name: str) -> Iterator[tuple[str, Reader]]:
        """Named groups, such as the streams."""
        for key, each in self._named(name):
            yield key, each.group(key)

    def plain(self, name: str) -> dict[str, Any]:
        """Any names with any values."""
        value = self.raw(name, {})
        if not isinstance(value, Mapping):
            self.problem(name, _("must be a group of settings"))
            return {}
        return {str(key): each for key, each in value.items()}

    def sendable(self, name: str) -> dict[str, Any]:
        """What is sent as it stands: any names with any values, but for secrets, which anybody here could read."""
        values = self.plain(name)
        level: list[Any] = [values]
        for _depth in range(_DEEPEST):
            pairs = [pair for each in level if isinstance(each, Mapping) for pair in each.items()]
            if any(_SECRET_NAME.search(str(key)) and _is_typed(value) for key, value in pairs):
                self.problem(name, _("must not hold a password; it has a field of its own"))
                return {}
            level = [value for _key, value in pairs] + [e for each in level if isinstance(each, list) for e in each]
        if level:
            self.problem(name, _("lies too deep within itself"))
            return {}
        return values

    def finish(self) -> None:
        for name in self._settings:
            if name not in self._asked and self.has(str(name)):
                self.problem(str(name), _("is not a setting that exists here"))

    def _named(self, name: str) -> Iterator[tuple[str, Reader]]:
        group = self.group(name)
        for key in group._settings:
            group._asked.add(key)
            yield str(key), group


def _is_typed(value: object) -> bool:
    """Whether somebody wrote a value here, and not the place where the secret or the time goes."""
    return isinstance(value, str | int) and not isinstance(value, bool) and value != "" and "{" not in str(value)


def parts_of(address: str) -> SplitResult:
    """The parts of an address; none at all where it is none, or its port is."""
    try:
        parts = urlsplit(address)
        return parts if parts.port is None or parts.port else urlsplit("")
    except ValueError:
        return urlsplit("")


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
