"""Commands on flows. Each is one transaction: rows, history and facts, or nothing.

`actor` is the Employee who acts. A command changes an instance only from where its author saw it standing; whoever is
second is told by AlreadyDecided who was faster.
"""

from accord.workflow.services.flows.deciding import agree, agree_many, fill_submitted, hand_in, reject
from accord.workflow.services.flows.delegations import delegate, end_delegation
from accord.workflow.services.flows.ending import withdraw
from accord.workflow.services.flows.passing import add_approver, transfer
from accord.workflow.services.flows.returning import return_to
from accord.workflow.services.flows.starting import start
from accord.workflow.services.flows.talking import comment, mark_read, nudge

__all__ = [
    "add_approver",
    "agree",
    "agree_many",
    "comment",
    "delegate",
    "end_delegation",
    "fill_submitted",
    "hand_in",
    "mark_read",
    "nudge",
    "reject",
    "return_to",
    "start",
    "transfer",
    "withdraw",
]
