"""What happens in a flow, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.domain.flow_graph import Mode, Node
from accord.foundation.errors import Text
from accord.workflow.models import FlowAct, FlowTask

Act, Task = FlowAct.Kind, FlowTask.State


def task_word(task: FlowTask) -> Text:
    """What became of a task: agreed, filled in, signed …"""
    if task.state == Task.AGREED and task.kind == FlowTask.Kind.FILL:
        return pgettext("flow task", "filled in")
    if task.state == Task.AGREED and task.kind == FlowTask.Kind.SIGN:
        return pgettext("flow task", "signed")
    if task.state == Task.OPEN and task.kind == FlowTask.Kind.CC:
        return pgettext("flow task", "not read yet")
    return task.get_state_display()


def mode_word(node: Node) -> str:
    """How several people at a node decide together, in the word people use for it."""
    return {
        Mode.SEQUENCE: pgettext("flow node", "one after the other"),
        Mode.ALL: pgettext("flow node", "all must agree"),
        Mode.ANY: pgettext("flow node", "one is enough"),
        Mode.SHARE: pgettext("flow node", "%(share)s%% must agree") % {"share": node.share},
    }[node.mode]


def rule_words(act: FlowAct) -> str:
    """Why the flow went on (or ended) by itself."""
    name = act.other.name if act.other else ""
    words = {
        "rule:starter": _("%(name)s started it and is not asked to decide about it") % {"name": name},
        "rule:same_person": _("%(name)s agreed at the step before and is not asked twice") % {"name": name},
        "rule:nobody": _("Nobody was found to decide here"),
        "rule:deadline": _("The deadline passed"),
        "rule:expired": _("The time to sign ran out"),
        "rule:wait_over": _("The waiting time is over"),
        "rule:left": _("%(name)s has left") % {"name": name},
    }
    return words.get(act.reason, "")


def act_words(act: FlowAct, names_of_nodes: dict[str, str]) -> str:
    """One line of the history behind the name of whoever acted: “passed it on to 李经理”."""
    other = act.other.name if act.other else ""
    node = names_of_nodes.get(act.to_node, act.to_node)
    if act.kind == Act.TRANSFERRED and other:
        return pgettext("flow act", "passed it on to %(name)s") % {"name": other}
    if act.kind == Act.ADDED and other:
        return pgettext("flow act", "called in %(name)s") % {"name": other}
    if act.kind == Act.RETURNED and act.to_node:
        return pgettext("flow act", "returned it to “%(node)s”") % {"node": node}
    if act.kind in (Act.AGREED, Act.REJECTED, Act.FILLED) and other:
        return pgettext("flow act", "%(what)s for %(name)s") % {"what": act.get_kind_display(), "name": other}
    if act.kind in (Act.ESCALATED, Act.SUCCEEDED, Act.REMINDED) and other:
        return pgettext("flow act", "%(what)s: %(name)s") % {"what": act.get_kind_display(), "name": other}
    return str(act.get_kind_display())
