"""Which tasks have something to write in the form of their flow: those are decided on their page, never in passing."""

from __future__ import annotations

from collections.abc import Iterable

from accord.workflow.models import FlowTask, FormFill, FormVersion
from accord.workflow.queries.schema import editable_keys
from accord.workflow.services.flows.graphs import graph_of


def step_of(task: FlowTask) -> str:
    """The turn at the form that the node of a task gives; empty where it gives none."""
    return graph_of(task.instance.version).node(task.node_key).step


def with_something_to_write(tasks: Iterable[FlowTask]) -> frozenset[int]:
    """The keys of the tasks whose step may write in the form, for a page of them in two statements."""
    steps = {task.pk: (task.instance.fill_id, step_of(task)) for task in tasks if task.instance.fill_id}
    fills = {fill for fill, step in steps.values() if step}
    version_of = dict(FormFill.objects.filter(pk__in=fills).values_list("pk", "version_id")) if fills else {}
    versions = FormVersion.objects.select_related("form").in_bulk(set(version_of.values())) if version_of else {}
    return frozenset(
        key
        for key, (fill, step) in steps.items()
        if step and fill in version_of and editable_keys(versions[version_of[fill]], step, with_files=True)
    )
