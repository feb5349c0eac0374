"""The product's own Python files, parsed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """A file by its place below the root, such as `accord/goals/views.py`."""

    place: PurePosixPath
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def app(self) -> str:
        """The app, or another package right below `accord`."""
        return self.place.parts[1] if len(self.place.parts) > 2 else ""

    def is_kind(self, kind: str) -> bool:
        """Whether the file is an app's `views.py`, say, or lies in its package `views`."""
        return len(self.place.parts) > 2 and self.place.parts[2] in (kind, f"{kind}.py")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def sources() -> tuple[Source, ...]:
    """Everything below `accord` but tests and migrations."""
    return tuple(
        Source(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_text("utf-8"))
        for path in sorted((ROOT / "accord").rglob("*.py"))
        if not {"tests", "migrations"} & set(path.parts)
    )
