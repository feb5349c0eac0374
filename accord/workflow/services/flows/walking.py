"""Walking on: counting the votes at a node, and entering the next nodes until somebody has to act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from accord.domain.flow_graph import Answer, Ballot, Kind, Node, Outcome, Tally, Then, tally
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.services.flows.change import Change, NewTask
from accord.workflow.services.flows.people import successors_of, working
from accord.workflow.services.flows.statements import Row
from accord.workflow.services.flows.values import condition_values

State = FlowTask.State
PENDING = (State.WAITING, State.OPEN)
ANSWER_OF = {
    State.WAITING: Answer.PENDING,
    State.OPEN: Answer.PENDING,
    State.AGREED: Answer.AGREED,
    State.PASSED: Answer.AGREED,
    State.REJECTED: Answer.REJECTED,
}
"""What a task counts for; one that was passed on, returned or is no longer needed does not count."""

# Whoever is called in before or after an approver gets a place beside theirs.
PLACE = 1000


def settle(change: Change) -> None:
    """Count the votes at the current node, then ask whose turn it is, walk on, or end."""
    node = change.graph.node(change.instance.node_key)
    rows = [row for row in change.rows if row.node_key == node.key]
    counted = tally(node.mode, node.share, _ballots(rows))
    if counted.outcome == Outcome.OPEN:
        _open(change, node, [row.id for row in rows if row.id in counted.asked and row.state == State.WAITING])
        return
    cancel_pending(rows)
    if counted.outcome == Outcome.AGREED:
        go_on(change, node)
    else:
        end(change, FlowInstance.State.REJECTED)


def go_on(change: Change, node: Node) -> None:
    """Leave `node`, whose work is done, for the next node that somebody has to act at; or end well."""
    back = change.instance.return_to
    change.move(return_to="")
    after = change.graph.node(back) if back else _following(change, node)
    is_straight = bool(back)
    while after is not None:
        if enter(change, after, again=is_straight):
            return
        after, is_straight = _following(change, after), False
    change.note(FlowAct.Kind.FINISHED, by_rule=True)
    end(change, FlowInstance.State.FINISHED)


def end(change: Change, state: FlowInstance.State) -> None:
    """Let the instance come to its end."""
    where = "" if state == FlowInstance.State.FINISHED else change.instance.node_key
    change.move(state=state, node_key=where, return_to="", wake_at=None, ended_at=change.now)


def enter(change: Change, node: Node, *, again: bool = False) -> bool:
    """Come to `node`; whether the flow stops here, for somebody to act or because it ended.

    `again` is the way straight back to whoever returned it: they want to see it, whoever they are.
    """
    change.move(node_key=node.key, wake_at=None)
    if node.kind == Kind.START:
        starter = change.instance.starter_id
        return _ask(change, node, working([starter]) or successors_of(starter)[:1])
    if node.kind == Kind.WAIT:
        change.move(wake_at=change.now + timedelta(days=node.days))
        return True
    if node.kind == Kind.CC:
        change.add_tasks(_task(change, node, person, State.OPEN) for person in change.finder.asked(node).people)
        return False
    return _ask_approvers(change, node, again=again)


def cancel_pending(rows: Iterable[Row]) -> None:
    """Nobody else at this node has anything to do any more."""
    left = [row.id for row in rows if row.state in PENDING]
    if left:
        FlowTask.objects.filter(pk__in=left, state__in=PENDING).update(state=State.CANCELLED)


def due_after(change: Change, node: Node) -> tuple[datetime, datetime | None]:
    """From when and until when a task that opens now is owed, in calendar days."""
    days = node.deadline.days if node.deadline else node.days if node.kind == Kind.SIGN else 0
    return change.now, change.now + timedelta(days=days) if days else None


def _following(change: Change, node: Node) -> Node | None:
    names = change.graph.names_after(node.key)
    values = condition_values(change.instance, names) if names else {}
    onward = change.graph.following(node.key, values)
    if onward.taken:
        change.move(taken={**change.instance.taken, **onward.taken})
    return onward.node


def _ask_approvers(change: Change, node: Node, *, again: bool) -> bool:
    found = change.finder.asked(node)
    people: Sequence[int] = found.people
    if not people or (node.kind == Kind.SIGN and found.lacks_somebody):
        return _ask_instead(change, node)
    starter = change.instance.starter_id
    if node.kind == Kind.APPROVE and starter in people and starter not in found.explicit:
        # Nobody decides about what they started themselves: others do, or it goes on, and the history says so.
        change.note(FlowAct.Kind.PASSED, by_rule=True, other=starter, reason="rule:starter")
        people = [person for person in people if person != starter]
        if not people:
            return False
    return _ask(change, node, people, () if again else _agreed_just_before(change, node))


def _ask_instead(change: Change, node: Node) -> bool:
    """What the node's rule says where it finds nobody."""
    then = node.empty.then
    if then in (Then.ADMINISTRATOR, Then.NAMED):
        people = [person for person in change.finder.instead(node) if person != change.instance.starter_id]
        if people:
            return _ask(change, node, people)
        then = Then.REFUSE
    kind = FlowAct.Kind.PASSED if then == Then.PASS else FlowAct.Kind.REJECTED
    change.note(kind, by_rule=True, reason="rule:nobody")
    if then == Then.PASS:
        return False
    end(change, FlowInstance.State.REJECTED)
    return True


def _ask(change: Change, node: Node, people: Sequence[int], agreed: Collection[int] = ()) -> bool:
    """Ask `people`, but not those who have `agreed` just before; false where that decides the node already."""
    answers = [Answer.AGREED if person in agreed else Answer.PENDING for person in people]
    ballots = [Ballot(at, at, PLACE, answer) for at, answer in enumerate(answers)]
    counted = tally(node.mode, node.share, ballots)
    for at, person in enumerate(people):
        if person in agreed:
            change.note(FlowAct.Kind.PASSED, by_rule=True, other=person, reason="rule:same_person")
            change.add_tasks([_task(change, node, person, State.PASSED)])
        elif counted.outcome == Outcome.OPEN:
            change.add_tasks([_task(change, node, person, _opening(at, counted))])
    if counted.outcome == Outcome.OPEN and node.kind == Kind.SIGN:
        change.to_sign = node.key
    return counted.outcome == Outcome.OPEN


def _opening(at: int, counted: Tally) -> str:
    return State.OPEN if at in counted.asked else State.WAITING


def _task(change: Change, node: Node, person: int, state: str) -> NewTask:
    opened_at, due_at = due_after(change, node) if state == State.OPEN else (None, None)
    return NewTask(
        node_key=node.key,
        round=change.instance.round,
        # Coming back to the start, the starter fills it in once more.
        kind="fill" if node.kind == Kind.START else node.kind.value,
        assignee_id=person,
        place=PLACE,
        state=str(state),
        opened_at=opened_at,
        due_at=due_at,
        acted_by_id=person if state == State.PASSED else None,
    )


def _agreed_just_before(change: Change, node: Node) -> frozenset[int]:
    """Who agreed at the approval right before this one, themselves or by this very rule."""
    if node.kind != Kind.APPROVE:
        return frozenset()
    both: list[Row | NewTask] = [*change.rows, *change.tasks]
    asked = [row for row in both if row.kind == FlowTask.Kind.APPROVE]
    before = next((row.node_key for row in reversed(asked) if row.node_key != node.key), None)
    return frozenset(
        row.assignee_id
        for row in asked
        if row.node_key == before
        and (row.state == State.AGREED or (row.state == State.PASSED and row.acted_by_id == row.assignee_id))
    )


def _open(change: Change, node: Node, keys: list[int]) -> None:
    if keys:
        opened_at, due_at = due_after(change, node)
        opening = {"state": State.OPEN, "opened_at": opened_at, "due_at": due_at, "is_told": False}
        FlowTask.objects.filter(pk__in=keys, state=State.WAITING).update(**opening)


def voices(rows: Iterable[Row]) -> dict[int, int]:
    """Task → the task of whoever the rule asked: those that came from one another speak with one voice."""
    voice: dict[int, int] = {}
    for row in rows:
        # Rows come in the order of their keys, and a task comes from an older one.
        voice[row.id] = voice.get(row.origin_task_id, row.id) if row.origin_task_id else row.id
    return voice


def _ballots(rows: Sequence[Row]) -> list[Ballot]:
    """The tasks that count, each with its voice."""
    voice = voices(rows)
    counting = (row for row in rows if row.state in ANSWER_OF)
    return [Ballot(row.id, voice[row.id], row.place, ANSWER_OF[FlowTask.State(row.state)]) for row in counting]
