"""What a flow is made of, once it has been read: frozen, and right by construction.

A flow is a list of nodes. A branch holds lists of nodes of its own, of which one is walked; after its end the flow goes
on behind the branch. There is no way back in a definition, so every walk ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accord.domain.expressions import Expression
from accord.domain.wording import Language, Text


class Kind(StrEnum):
    """What happens at a node."""

    START = "start"
    APPROVE = "approve"
    FILL = "fill"
    SIGN = "sign"
    CC = "cc"
    WAIT = "wait"
    BRANCH = "branch"


class Mode(StrEnum):
    """How several approvers decide together: 依次, 会签, 或签, 票签."""

    SEQUENCE = "sequence"
    ALL = "all"
    ANY = "any"
    SHARE = "share"


class By(StrEnum):
    """How people are found."""

    NAMED = "named"
    ROLE = "role"
    MANAGER = "manager"
    MANAGERS = "managers"
    HEAD = "head"
    HRBP = "hrbp"
    SELF = "self"
    STARTER = "starter"
    CHOSEN = "chosen"


class Then(StrEnum):
    """What follows where nobody is found, a deadline passes, or a document expires."""

    PASS = "pass"  # noqa: S105
    REFUSE = "refuse"
    ADMINISTRATOR = "administrator"
    NAMED = "named"
    REMIND = "remind"
    ESCALATE = "escalate"
    RETURN = "return"


ASKING = (Kind.APPROVE, Kind.FILL, Kind.SIGN)
"""The kinds of node that wait for people."""

ACTIONS = ("transfer", "add", "return")
"""What a node may allow beside agreeing and rejecting."""


@dataclass(frozen=True, slots=True)
class Approver:
    """One rule that finds people. `level` counts from 1 (the direct manager, the person's own unit); for MANAGERS it is
    the highest level asked. `least` and `most` bound how many the starter chooses.
    """

    by: By
    level: int = 1
    employees: tuple[str, ...] = ()
    role: str = ""
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """What follows where a node finds nobody: PASS, REFUSE, or asking the administrator or the named."""

    then: Then
    employees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many calendar days somebody has, and what follows then: REMIND, ESCALATE, PASS or RETURN (to the start)."""

    days: int
    then: Then


@dataclass(frozen=True, slots=True)
class Arm:
    """One way through a branch. The last one has no condition: it is the otherwise."""

    key: str
    name: Text | None
    when: Expression | None
    condition: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a flow. Which fields mean something follows from `kind`."""

    kind: Kind
    key: str
    name: Text | None = None
    step: str = ""
    approvers: tuple[Approver, ...] = ()
    mode: Mode = Mode.ALL
    share: int | None = None
    empty: Empty = Empty(Then.ADMINISTRATOR)
    deadline: Deadline | None = None
    may: tuple[str, ...] = ACTIONS
    # SIGN: until a document expires; WAIT: how long.
    days: int = 0
    # SIGN: what follows when the document expires, RETURN (to the start) or REFUSE.
    expired: Then = Then.RETURN
    arms: tuple[Arm, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the flow waits here for people."""
        return self.kind in ASKING

    def say(self, language: Language) -> str:
        """What people call it: its name, else what it is."""
        return (self.name or KIND_NAMES[self.kind]).say(language)


KIND_NAMES = {
    Kind.START: Text("发起", "Start"),
    Kind.APPROVE: Text("审批", "Approval"),
    Kind.FILL: Text("填写", "Fill in"),
    Kind.SIGN: Text("签署", "Signature"),
    Kind.CC: Text("抄送", "For information"),
    Kind.WAIT: Text("等待", "Wait"),
    Kind.BRANCH: Text("条件分支", "Branch"),
}
