"""What reading a definition finds out on its way: problems, keys seen, how many nodes; and what it may refer to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from accord.domain.flow_graph.problems import Problem
from accord.domain.wording import Text, Wording


@dataclass(frozen=True, slots=True)
class Known:
    """What exists outside of the flow; None where that is not known."""

    steps: Collection[str] | None = None
    names: Collection[str] | None = None
    roles: Collection[str] | None = None


@dataclass
class Report:
    """The problems so far, the keys that are taken, and how many nodes there were."""

    problems: list[Problem] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    seen: int = 0

    def add(self, code: str, place: str, key: str = "", **values: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, place, key, values))


@dataclass(frozen=True, slots=True)
class Here:
    """A node being read: where it is and what it is called in sentences."""

    report: Report
    place: str
    key: str
    name: Text | Wording

    def add(self, code: str, setting: str = "", **values: object) -> None:
        """Note a problem of one setting of the node."""
        place = ".".join(part for part in (self.place, setting) if part)
        self.report.add(code, place, self.key, node=self.name, **values)

    def only(self, given: dict[str, Any], allowed: Collection[str], setting: str = "") -> None:
        """Complain of every key of `given` that is not `allowed`."""
        for name in sorted(str(name) for name in given.keys() - set(allowed)):
            self.add("unknown_setting", f"{setting}.{name}" if setting else name, given=name)

    def number(
        self, given: dict[str, Any], name: str, least: int, most: int, setting: str = "", default: int = 0
    ) -> int:
        """A whole number of `given` within bounds; without a default it must be there."""
        value = given.get(name)
        if value is None and default:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            place = f"{setting}.{name}" if setting else name
            self.add("bad_number", place, what=name, least=least, most=most)
            return least
        return value

    def choice(
        self, given: dict[str, Any], name: str, allowed: Collection[str], setting: str = "", default: str = ""
    ) -> str:
        """One of the `allowed` words."""
        value = given.get(name, default or None)
        if not isinstance(value, str) or value not in allowed:
            self.add("bad_choice", f"{setting}.{name}" if setting else name, what=name, given=value)
            return next(iter(allowed))
        return value
