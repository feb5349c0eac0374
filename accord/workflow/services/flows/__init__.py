"""Commands on flows. Each is one transaction: rows, history and facts, or nothing.

`actor` is the Employee who acts. A command changes an instance only from where its author saw it standing; whoever is
second is told by AlreadyDecided who was faster.
"""

from accord.workflow.services.flows.deciding import agree, agree_many, fill_submitted, reject
from accord.workflow.services.flows.starting import start

__all__ = ["agree", "agree_many", "fill_submitted", "reject", "start"]
