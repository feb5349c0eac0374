"""Everything the page of one flow shows to one person, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.domain.flow_graph import FlowGraph, Kind
from accord.people.models import Employee
from accord.workflow.models import Document, FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.delegations import acts_for
from accord.workflow.queries.flow_outline import kind_label, text_in_language
from accord.workflow.queries.flow_path import PathStep, path_of
from accord.workflow.queries.flow_words import act_words, rule_words
from accord.workflow.services.flows.graphs import graph_of

Task, Act = FlowTask.State, FlowAct.Kind
MOST_NAMES = 3


@dataclass(frozen=True)
class Line:
    """One line of the history: who, what, and what they said. `who` is empty where the flow did it by rule."""

    act: FlowAct
    who: str
    what: str
    said: str


@dataclass(frozen=True)
class FlowPage:
    """One flow as one person sees it. `task` is what they owe now, their own before what they do for others."""

    instance: FlowInstance
    graph: FlowGraph
    path: Sequence[PathStep]
    waits: Sequence[FlowTask]
    task: FlowTask | None
    unread: FlowTask | None
    comments: Sequence[FlowAct]
    history: Sequence[Line]
    documents: Sequence[Document]

    @property
    def document_to_sign(self) -> Document | None:
        """The document that the task asks its assignee to sign."""
        task = self.task
        if task is None or task.kind != FlowTask.Kind.SIGN:
            return None
        here = (one for one in self.documents if (one.node_key, one.round) == (task.node_key, task.round))
        return next(here, None)

    @property
    def standing(self) -> str:
        """Where it stands, in one sentence."""
        names = [task.assignee.name for task in self.waits]
        if self.instance.state != FlowInstance.State.RUNNING:
            return ""
        if not names:
            return _("Nobody has to do anything just now.")
        shown = "、".join(names[:MOST_NAMES])
        more = len(names) - MOST_NAMES
        if more > 0:
            text = ngettext("Waits for %(names)s and %(more)s more", "Waits for %(names)s and %(more)s more", more)
            return text % {"names": shown, "more": more}
        return _("Waits for %(names)s") % {"names": shown}


def flow_page(instance: FlowInstance, me: Employee) -> FlowPage:
    """The page of `instance` for `me`."""
    graph = graph_of(instance.version)
    tasks, acts = list(_tasks(instance)), list(_acts(instance))
    names = {node.key: node_name(graph, node.key) for node in graph.walk()}
    waits = [task for task in tasks if task.state == Task.OPEN and task.kind != FlowTask.Kind.CC]
    unread = (task for task in tasks if task.state == Task.OPEN and task.kind == FlowTask.Kind.CC)
    return FlowPage(
        instance,
        graph,
        path=path_of(instance, graph, tasks, acts),
        waits=waits,
        task=_task_of(me, waits),
        unread=next((task for task in unread if task.assignee_id == me.pk), None),
        comments=[act for act in acts if act.kind == Act.COMMENTED],
        history=[_line(act, names) for act in acts if act.kind != Act.COMMENTED],
        documents=list(_documents(instance, me)),
    )


def return_targets(task: FlowTask) -> list[tuple[str, str]]:
    """The nodes that `task` may send the flow back to, the nearest first, with what people call them."""
    graph = graph_of(task.instance.version)
    earlier = graph.earlier(task.node_key, task.instance.taken)
    return [(node.key, node_name(graph, node.key, task.instance.starter)) for node in reversed(earlier)]


def node_name(graph: FlowGraph, key: str, starter: Employee | None = None) -> str:
    """What people call a node; the start also by who stands there."""
    node = graph.node(key)
    name = text_in_language(node.name.as_json()) if node.name else kind_label(node.kind)
    return f"{name}（{starter.name}）" if starter and node.kind == Kind.START else name


def _tasks(instance: FlowInstance) -> QuerySet[FlowTask]:
    tasks = FlowTask.objects.filter(instance=instance).select_related("assignee", "acted_by", "instance")
    return tasks.order_by("pk")


def _acts(instance: FlowInstance) -> QuerySet[FlowAct]:
    return FlowAct.objects.filter(instance=instance).select_related("actor", "other").order_by("pk")


def _documents(instance: FlowInstance, me: Employee) -> QuerySet[Document]:
    """Those of the flow's documents that `me` signs, and may open therefore."""
    mine = Document.objects.filter(instance=instance, parties__employee=me)
    return mine.defer("frozen").order_by("pk")


def _task_of(me: Employee, waits: Sequence[FlowTask]) -> FlowTask | None:
    own = next((task for task in waits if task.assignee_id == me.pk), None)
    return own or next((task for task in waits if acts_for(me.pk, task)), None)


def _line(act: FlowAct, names: dict[str, str]) -> Line:
    said = rule_words(act) if act.is_by_rule else act.reason
    return Line(act, act.actor.name if act.actor else "", act_words(act, names), said)
