"""The graph an instance runs on, read once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from accord.domain.flow_graph import FlowGraph, read_flow
from accord.workflow.models import FlowVersion


def graph_of(version: FlowVersion) -> FlowGraph:
    """What the body of a version says. A published one is frozen, so it is read once a process.

    Give a version whose body is deferred where it may have been read before: only then it is fetched.
    """
    if not version.digest:
        return read_flow(version.body)
    return _frozen(version.pk, version.digest, _Body(version))


class _Body:
    """A body that is fetched when it is asked for; all are equal, so that only the key of the version counts."""

    def __init__(self, version: FlowVersion) -> None:
        self.version = version

    def read(self) -> Any:
        return self.version.body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Body)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _frozen(pk: int, digest: str, body: _Body) -> FlowGraph:
    return read_flow(body.read())
