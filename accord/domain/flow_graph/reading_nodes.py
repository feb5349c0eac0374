"""Reading the nodes of a flow, each with its settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from accord.domain.flow_graph.nodes import ACTIONS, KIND_NAMES, Approver, Arm, Deadline, Empty, Kind, Mode, Node, Then
from accord.domain.flow_graph.reading_conditions import check_arms, read_condition
from accord.domain.flow_graph.reading_people import named, read_approvers
from accord.domain.flow_graph.report import Here, Known, Report
from accord.domain.wording import Text, Wording

MOST_DEEP = 6
MOST_DAYS = 365
MOST_LETTERS = 200
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PEOPLE = ("kind", "key", "name", "approvers", "empty")
SETTINGS: dict[str, tuple[str, ...]] = {
    Kind.START: ("kind", "key", "name", "step"),
    Kind.APPROVE: (*_PEOPLE, "step", "mode", "share", "deadline", "may"),
    Kind.FILL: (*_PEOPLE, "step", "deadline", "may"),
    Kind.SIGN: (*_PEOPLE, "days", "expired"),
    Kind.CC: ("kind", "key", "name", "approvers"),
    Kind.WAIT: ("kind", "key", "name", "days"),
    Kind.BRANCH: ("kind", "key", "name", "branches"),
}


@dataclass(frozen=True)
class NodeReader:
    """Reads nodes and notes in `report` what is wrong; what it returns is only of use where nothing is."""

    report: Report
    known: Known

    def flow(self, body: dict[str, Any]) -> tuple[Node, ...]:
        """The nodes of a whole definition."""
        if body.get("v") != 1:
            self.report.add("unknown_version", "v", given=body.get("v"))
        Here(self.report, "", "", Wording("流程", "The flow")).only(body, ("v", "nodes"))
        return self.nodes(body.get("nodes"), "nodes", 0)

    def nodes(self, given: Any, place: str, depth: int) -> tuple[Node, ...]:
        """A list of nodes, `depth` branches deep."""
        if not isinstance(given, list):
            self.report.add("not_a_list", place)
            return ()
        if depth > MOST_DEEP:
            self.report.add("too_deep", place, limit=MOST_DEEP)
            return ()
        read = (self.node(each, f"{place}.{at}", depth) for at, each in enumerate(given))
        return tuple(node for node in read if node is not None)

    def node(self, given: Any, place: str, depth: int) -> Node | None:
        """One node, None where not even its kind is known."""
        self.report.seen += 1
        if not isinstance(given, dict):
            self.report.add("not_an_object", place)
            return None
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in SETTINGS:
            self.report.add("unknown_kind", f"{place}.kind", given=kind)
            return None
        name = self.text(given.get("name"), f"{place}.name")
        key = self.key(given.get("key"), f"{place}.key")
        here = Here(self.report, place, key, name or KIND_NAMES[Kind(kind)])
        here.only(given, SETTINGS[kind])
        return self._settings(Kind(kind), key, name, given, here, depth)

    def _settings(self, kind: Kind, key: str, name: Text | None, given: dict[str, Any], here: Here, depth: int) -> Node:
        if kind == Kind.START and here.place != "nodes.0":
            here.add("second_start")
        approvers: tuple[Approver, ...] = ()
        if kind in (Kind.APPROVE, Kind.FILL, Kind.SIGN, Kind.CC):
            approvers = read_approvers(given.get("approvers"), here, self.known)
        mode = Mode(here.choice(given, "mode", tuple(Mode), default=Mode.ALL)) if kind == Kind.APPROVE else Mode.ALL
        return Node(
            kind=kind,
            key=key,
            name=name,
            step=self.step(kind, given, here),
            approvers=approvers,
            mode=mode,
            share=self.share(mode, given, here),
            empty=self.empty(kind, given, here),
            deadline=self.deadline(given, here),
            may=self.may(kind, given, here),
            days=here.number(given, "days", 1, MOST_DAYS) if kind in (Kind.SIGN, Kind.WAIT) else 0,
            expired=Then(here.choice(given, "expired", (Then.RETURN, Then.REFUSE), default=Then.RETURN)),
            arms=self.arms(given.get("branches"), here, depth) if kind == Kind.BRANCH else (),
        )

    def key(self, given: Any, place: str) -> str:
        """A key nobody else has."""
        if not isinstance(given, str) or not _SLUG.fullmatch(given):
            self.report.add("bad_key", place, given=given)
            return ""
        if given in self.report.keys:
            self.report.add("duplicate_key", place, given, given=given)
        self.report.keys.add(given)
        return given

    def text(self, given: Any, place: str) -> Text | None:
        """Words in two languages, or none at all."""
        if given is None:
            return None
        fits = isinstance(given, dict) and given.keys() <= {"zh", "en"} and str(given.get("zh", "")).strip()
        if not fits or not all(isinstance(words, str) and len(words) <= MOST_LETTERS for words in given.values()):
            self.report.add("bad_text", place, limit=MOST_LETTERS)
            return None
        return Text(given["zh"], given.get("en", ""))

    def step(self, kind: Kind, given: dict[str, Any], here: Here) -> str:
        """The step of the form that is filled in or shown here."""
        step, steps = given.get("step"), self.known.steps
        if kind == Kind.FILL and steps is not None and not steps:
            here.add("no_form", "step")
        elif step is None or step == "":
            if kind == Kind.FILL:
                here.add("no_step", "step")
        elif not isinstance(step, str) or (steps and step not in steps):
            here.add("unknown_step", "step", given=step)
        return step if isinstance(step, str) else ""

    def share(self, mode: Mode, given: dict[str, Any], here: Here) -> int | None:
        """The percentage that 票签 needs; other modes have none."""
        return here.number(given, "share", 1, 100) if mode == Mode.SHARE else None

    def empty(self, kind: Kind, given: dict[str, Any], here: Here) -> Empty:
        """What follows where nobody is found: the administrator is asked unless it says otherwise.

        Nobody signs for another, so there the default is to refuse.
        """
        rule = given.get("empty")
        if rule is None:
            return Empty(Then.REFUSE if kind == Kind.SIGN else Then.ADMINISTRATOR)
        if not isinstance(rule, dict):
            here.add("not_an_object", "empty")
            return Empty(Then.ADMINISTRATOR)
        here.only(rule, ("then", "employees"), "empty")
        allowed = (Then.PASS, Then.REFUSE, Then.ADMINISTRATOR, Then.NAMED)
        then = Then(here.choice(rule, "then", allowed, "empty"))
        return Empty(then, named(rule, here, "empty") if then == Then.NAMED else ())

    def deadline(self, given: dict[str, Any], here: Here) -> Deadline | None:
        """How long somebody has, and what follows then."""
        rule = given.get("deadline")
        if rule is None:
            return None
        if not isinstance(rule, dict):
            here.add("not_an_object", "deadline")
            return None
        here.only(rule, ("days", "then"), "deadline")
        allowed = (Then.REMIND, Then.ESCALATE, Then.PASS, Then.RETURN)
        days = here.number(rule, "days", 1, MOST_DAYS, "deadline")
        return Deadline(days, Then(here.choice(rule, "then", allowed, "deadline")))

    def may(self, kind: Kind, given: dict[str, Any], here: Here) -> tuple[str, ...]:
        """What is allowed beside agreeing and rejecting; everything where it does not say."""
        rights = given.get("may")
        if rights is None:
            return tuple(action for action in ACTIONS if kind == Kind.APPROVE or action != "add")
        if not isinstance(rights, list) or not all(right in ACTIONS for right in rights):
            here.add("bad_choice", "may", what="may", given=str(rights))
            return ()
        return tuple(action for action in ACTIONS if action in rights)

    def arms(self, given: Any, here: Here, depth: int) -> tuple[Arm, ...]:
        """The ways through a branch, the last one without a condition."""
        if not isinstance(given, list) or len(given) < 2:
            here.add("too_few_arms", "branches")
            return ()
        keys: set[str] = set()
        read = [self.arm(each, at, here, depth, keys) for at, each in enumerate(given)]
        arms = [arm for arm in read if arm is not None]
        check_arms(arms, here)
        return tuple(arms)

    def arm(self, given: Any, at: int, here: Here, depth: int, keys: set[str]) -> Arm | None:
        """One way; its key is its own within the branch."""
        place = f"branches.{at}"
        if not isinstance(given, dict):
            here.add("not_an_object", place)
            return None
        here.only(given, ("key", "name", "when", "nodes"), place)
        key, name = given.get("key"), self.text(given.get("name"), f"{here.place}.{place}.name")
        if not isinstance(key, str) or not _SLUG.fullmatch(key):
            here.add("bad_key", f"{place}.key", given=key)
            key = f"{at}"
        elif key in keys:
            here.add("duplicate_key", f"{place}.key", given=key)
        keys.add(key)
        when = read_condition(given.get("when"), here, f"{place}.when", name or key, self.known)
        nodes = self.nodes(given.get("nodes", []), f"{here.place}.{place}.nodes", depth + 1)
        return Arm(key, name, when, str(given.get("when") or ""), nodes)
