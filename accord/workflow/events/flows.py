"""Facts about flows, with ids only: what people wrote stands in the history of the flow alone.

`subject` is what the instance is about in an app above. `what` is a FlowAct.Kind, `outcome` a FlowInstance.State.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {
    "flow.started": EventKind(_("a flow was started"), ("instance_id", "subject")),
    "flow.task_done": EventKind(_("a step of a flow was done by somebody"), ("instance_id", "task_id", "what")),
    "flow.acted": EventKind(_("something happened in a flow"), ("instance_id", "task_id", "what")),
    "flow.returned": EventKind(_("a flow was returned to an earlier step"), ("instance_id", "task_id", "to_node")),
    "flow.finished": EventKind(_("a flow came to its end"), ("instance_id", "subject", "outcome")),
    "flow.delegated": EventKind(_("somebody named a delegate"), ("delegation_id", "delegator_id", "delegate_id")),
    "flow.delegation_ended": EventKind(_("a delegation was ended"), ("delegation_id", "delegator_id", "delegate_id")),
}
