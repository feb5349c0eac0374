"""Reading a flow from its definition: everything that is wrong with it is told at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from accord.domain.flow_graph.graph import FlowGraph
from accord.domain.flow_graph.nodes import Kind, Node
from accord.domain.flow_graph.problems import FlowError
from accord.domain.flow_graph.reading_nodes import NodeReader
from accord.domain.flow_graph.report import Known, Report
from accord.domain.form_schema import CONTEXT_NAMES

MOST_BYTES = 256 * 1024
MOST_NODES = 100


def read_flow(
    body: Any,
    *,
    form_steps: Collection[str] | None = None,
    form_fields: Collection[str] | None = None,
    more_names: Collection[str] = (),
    roles: Collection[str] | None = None,
) -> FlowGraph:
    """Read the definition `body`. Raises FlowError with every problem, each with its place.

    `form_steps` and `form_fields` are those of the flow's form (empty: it has none; None: not known, nothing is checked
    against them). `more_names` are values that whoever starts the flow gives along. `roles` are those that exist.
    """
    report = Report()
    if not _fits(body, report):
        raise FlowError(tuple(report.problems))
    names = None if form_fields is None else {*form_fields, *more_names, *CONTEXT_NAMES}
    nodes = NodeReader(report, Known(form_steps, names, roles)).flow(body)
    _check_whole(nodes, report)
    if report.problems:
        raise FlowError(tuple(report.problems))
    return FlowGraph(nodes)


def _fits(body: Any, report: Report) -> bool:
    """Whether it is worth reading: an object of an acceptable size."""
    if not isinstance(body, dict):
        report.add("not_an_object", "")
        return False
    try:
        size = len(json.dumps(body, ensure_ascii=False).encode(errors="surrogatepass"))
    except (RecursionError, ValueError, TypeError):
        size = MOST_BYTES + 1
    if size > MOST_BYTES:
        report.add("too_large", "", limit=MOST_BYTES // 1024)
        return False
    return True


def _check_whole(nodes: tuple[Node, ...], report: Report) -> None:
    """What only the whole list can show. (Lists lead on and never back, so nothing is unreachable and all ends.)"""
    if report.seen > MOST_NODES:
        report.add("too_many_nodes", "nodes", limit=MOST_NODES, given=report.seen)
    if not nodes or nodes[0].kind != Kind.START:
        report.add("no_start", "nodes.0")
    elif len(nodes) == 1 and report.seen == 1:
        report.add("nothing_follows", "nodes")
