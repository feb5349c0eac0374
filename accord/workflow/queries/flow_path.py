"""Where a flow stands, as people see it: node by node, who acted, who is waited for, what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accord.domain.flow_graph import Arm, FlowGraph, Kind, Node
from accord.foundation.errors import Text
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.flow_outline import flow_outline, kind_label, sentences, text_in_language
from accord.workflow.queries.flow_words import mode_word, rule_words, task_word

Task, Act, State = FlowTask.State, FlowAct.Kind, FlowInstance.State

ICONS = {"current": "clock", "done": "check", "kept": "check", "refused": "x", "withdrawn": "minus"}
KIND_ICONS = {
    Kind.START: "player-play",
    Kind.APPROVE: "user",
    Kind.FILL: "edit",
    Kind.SIGN: "signature",
    Kind.CC: "send",
    Kind.WAIT: "hourglass",
    Kind.BRANCH: "adjustments",
}
TONES = {
    Task.OPEN: "primary",
    Task.AGREED: "green",
    Task.READ: "green",
    Task.PASSED: "green",
    Task.REJECTED: "red",
    Task.RETURNED: "yellow",
}


SAYING = (Act.AGREED, Act.REJECTED, Act.RETURNED, Act.FILLED, Act.SIGNED, Act.TRANSFERRED, Act.PASSED, Act.ESCALATED)
AT_ITS_END = {
    State.RUNNING: "current",
    State.FINISHED: "done",
    State.REJECTED: "refused",
    State.WITHDRAWN: "withdrawn",
}
STATE_WORDS = {
    "current": pgettext_lazy("flow node", "here now"),
    "refused": pgettext_lazy("flow node", "rejected here"),
    "withdrawn": pgettext_lazy("flow node", "withdrawn here"),
    "kept": pgettext_lazy("flow node", "stays as it was decided"),
}


@dataclass(frozen=True)
class Turn:
    """One person at a node: what became of their task, what they said. `note`: how it came to them or went on."""

    task: FlowTask
    word: Text
    reason: str = ""
    note: str = ""

    @property
    def tone(self) -> str:
        """The colour of the word."""
        return TONES.get(Task(self.task.state), "grey")

    @property
    def at(self) -> datetime | None:
        """When they answered."""
        return self.task.acted_at

    @property
    def is_open(self) -> bool:
        """Whether the flow waits for them now."""
        return self.task.state == Task.OPEN and self.task.kind != FlowTask.Kind.CC

    @property
    def is_for(self) -> bool:
        """Whether a delegate acted."""
        return self.task.acted_by_id not in (None, self.task.assignee_id)


@dataclass(frozen=True)
class PathStep:
    """One node. `state` is done, current, refused, withdrawn, kept (skipped by a return that comes straight back) or
    ahead; `note` says what happens there.
    """

    key: str
    name: str
    kind: Kind
    state: str
    word: str = ""
    note: str = ""
    at: datetime | None = None
    turns: Sequence[Turn] = ()

    @property
    def icon(self) -> str:
        """The sign on the rail."""
        return ICONS.get(self.state) or KIND_ICONS[self.kind]

    @property
    def tone(self) -> str:
        """The colour of the word."""
        return {"current": "primary", "refused": "red"}.get(self.state, "grey")


def path_of(
    instance: FlowInstance, graph: FlowGraph, tasks: Iterable[FlowTask], acts: Iterable[FlowAct]
) -> list[PathStep]:
    """The path of an instance from its tasks and acts, both in order."""
    return _Path(instance, graph, list(tasks), list(acts)).steps()


class _Path:
    def __init__(
        self, instance: FlowInstance, graph: FlowGraph, tasks: Sequence[FlowTask], acts: Sequence[FlowAct]
    ) -> None:
        self.instance, self.graph = instance, graph
        self.sentences = sentences(flow_outline(instance.version.body))
        self.tasks = _latest_round(tasks)
        self.said = {act.task_id: act for act in acts if act.task_id and act.kind in SAYING}
        self.rules = {act.node_key: act for act in acts if act.is_by_rule}
        self.started_at = instance.started_at

    def steps(self) -> list[PathStep]:
        way = list(self.way())
        keys = [node.key for node, _arm in way]
        here = keys.index(self.instance.node_key) if self.instance.node_key in keys else len(keys)
        is_cut_short = self.instance.state in (State.REJECTED, State.WITHDRAWN)
        shown = way[: here + 1] if is_cut_short else way
        return [self.step(node, arm, self.state(place, here, node, arm)) for place, (node, arm) in enumerate(shown)]

    def way(self) -> Iterator[tuple[Node, Arm | None]]:
        """The way as far as it is known; behind a fork that is not decided yet it goes on where its arms meet again."""
        node: Node | None = self.graph.start
        while node is not None:
            arm = next((arm for arm in node.arms if arm.key == self.instance.taken.get(node.key)), None)
            yield node, arm
            node = arm.nodes[0] if arm and arm.nodes else self.graph.behind(node)

    def state(self, place: int, here: int, node: Node, arm: Arm | None) -> str:
        if place == here:
            return AT_ITS_END[State(self.instance.state)]
        if place < here:
            return "done"
        is_kept = self.instance.return_to and node.key in self.tasks and arm is None
        return "kept" if is_kept and node.key != self.instance.return_to else "ahead"

    def step(self, node: Node, arm: Arm | None, state: str) -> PathStep:
        turns = () if state == "ahead" else tuple(self.turn(task) for task in self.tasks.get(node.key, ()))
        return PathStep(
            node.key,
            text_in_language(node.name.as_json()) if node.name else kind_label(node.kind),
            node.kind,
            state,
            word=self.word(node, arm, state, turns),
            note=self.note(node, arm, state, turns),
            at=self.started_at if node.kind == Kind.START and not turns else None,
            turns=turns,
        )

    def word(self, node: Node, arm: Arm | None, state: str, turns: Sequence[Turn]) -> str:
        """What is said beside the name: how several decide together, or how it stands."""
        if node.kind == Kind.BRANCH:
            return text_in_language(arm.name.as_json()) if arm and arm.name else ""
        if len(turns) > 1 and node.kind == Kind.APPROVE:
            return mode_word(node)
        return str(STATE_WORDS.get(state, ""))

    def note(self, node: Node, arm: Arm | None, state: str, turns: Sequence[Turn]) -> str:
        if node.kind == Kind.BRANCH:
            return "" if arm else _("Decided by what is filled in")
        if node.kind == Kind.WAIT and state == "current" and self.instance.wake_at:
            return _("Goes on by itself on %(day)s") % {
                "day": date_format(localtime(self.instance.wake_at), "Y-m-d H:i")
            }
        if node.kind == Kind.START:
            return "" if turns else self.instance.starter.name
        if turns:
            return ""
        rule = self.rules.get(node.key)
        return rule_words(rule) if rule and state != "ahead" else self.sentences.get(node.key, "")

    def turn(self, task: FlowTask) -> Turn:
        act = self.said.get(task.pk)
        reason = act.reason if act and not act.is_by_rule else ""
        return Turn(task, word=task_word(task), reason=reason, note=_came_or_went(task, act))


def _latest_round(tasks: Iterable[FlowTask]) -> dict[str, list[FlowTask]]:
    """The tasks of each node in the last round it was come to."""
    found: dict[str, list[FlowTask]] = {}
    for task in sorted(tasks, key=lambda task: (task.round, task.place, task.pk)):
        rows = found.setdefault(task.node_key, [])
        if rows and rows[-1].round != task.round:
            rows.clear()
        rows.append(task)
    return found


def _came_or_went(task: FlowTask, act: FlowAct | None) -> str:
    if act and act.kind == Act.TRANSFERRED and act.other:
        return _("passed on to %(name)s") % {"name": act.other.name}
    words = {
        FlowTask.Origin.ADDED: _("called in"),
        FlowTask.Origin.ESCALATED: _("passed up after the deadline"),
        FlowTask.Origin.SUCCEEDED: _("for somebody who left"),
    }
    return words.get(FlowTask.Origin(task.origin), "")
