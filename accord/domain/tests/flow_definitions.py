"""Random definitions of flows for property tests: branches in branches, every mode, every rule for what goes wrong."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MODES = ("sequence", "all", "any", "share")
NAMES = ("x", "y")


@st.composite
def definitions(draw: st.DrawFn, numbers: tuple[str, ...] = ("A010",), depth: int = 2) -> Any:
    """A definition that names people by these numbers."""
    return {"v": 1, "nodes": [{"kind": "start", "key": "start"}, *Definition(draw, numbers).nodes(depth, 1)]}


class Definition:
    """Draws the nodes of one definition, each with a key of its own."""

    def __init__(self, draw: st.DrawFn, numbers: tuple[str, ...]) -> None:
        self.draw, self.numbers, self.count = draw, numbers, 0

    def nodes(self, depth: int, least: int) -> list[dict[str, Any]]:
        """A list of nodes with branches `depth` deep at most."""
        return [self.node(depth) for _ in range(self.draw(st.integers(least, 3)))]

    def node(self, depth: int) -> dict[str, Any]:
        """One node."""
        kind = self.draw(st.sampled_from(["approve"] * 4 + ["cc", "wait"] + ["branch"] * (2 if depth else 0)))
        self.count += 1
        own = {"kind": kind, "key": f"n{self.count}"}
        if kind == "branch":
            return own | {"branches": self.arms(depth - 1)}
        if kind == "wait":
            return own | {"days": self.draw(st.integers(1, 3))}
        return own | (self.asking() if kind == "approve" else {"approvers": [self.person()]})

    def asking(self) -> dict[str, Any]:
        """How an approval is set."""
        mode = self.draw(st.sampled_from(MODES))
        settings: dict[str, Any] = {
            "approvers": [self.person() for _ in range(self.draw(st.integers(1, 3)))],
            "mode": mode,
            "empty": {"then": self.draw(st.sampled_from(["pass", "refuse", "administrator"]))},
        }
        if mode == "share":
            settings["share"] = self.draw(st.integers(1, 100))
        if self.draw(st.booleans()):
            then = self.draw(st.sampled_from(["remind", "escalate", "pass", "return"]))
            settings["deadline"] = {"days": self.draw(st.integers(1, 3)), "then": then}
        return settings

    def person(self) -> dict[str, Any]:
        """A rule that finds people."""
        ways: list[dict[str, Any]] = [{"by": "named", "employees": [self.draw(st.sampled_from(self.numbers))]}]
        ways += [{"by": "manager", "level": self.draw(st.integers(1, 3))}, {"by": "managers", "up_to": 2}]
        ways += [{"by": by} for by in ("self", "starter", "hrbp", "head")]
        return self.draw(st.sampled_from(ways))

    def arms(self, depth: int) -> list[dict[str, Any]]:
        """Ways through a branch, the first of which leads somewhere."""
        bounds = self.draw(st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True).map(sorted))
        name = self.draw(st.sampled_from(NAMES))
        arms: list[dict[str, Any]] = [
            {"key": f"a{at}", "when": f"{name} < {bound}", "nodes": self.nodes(depth, 0 if at else 1)}
            for at, bound in enumerate(bounds)
        ]
        return [*arms, {"key": "else", "nodes": self.nodes(depth, 0)}]
