"""A flow in plain words, node by node. Reads whatever stands in a body: a draft is shown while it is still wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from accord.domain.wording import Listed, shown
from accord.foundation.language import readers_language
from accord.people.models import Employee, RoleGrant
from accord.workflow.queries.conditions_in_words import condition_in_words

DEEPEST = 20
SEPARATOR = " · "


@dataclass(frozen=True)
class OutlineBranch:
    """A way out of a fork. `sentence` says when it is taken."""

    key: str
    name: str
    sentence: str
    nodes: tuple[OutlineNode, ...]


@dataclass(frozen=True)
class OutlineNode:
    """One node as people read it. `sentence` says who acts, how they decide together and by when."""

    key: str
    kind: str
    name: str
    sentence: str
    branches: tuple[OutlineBranch, ...] = ()


def flow_outline(body: object, labels: Mapping[str, str] | None = None) -> tuple[OutlineNode, ...]:
    """The nodes of a flow in words, nested as in `body`. `labels` are the words for names in conditions."""
    nodes = body.get("nodes") if isinstance(body, dict) else None
    words = _Words(names_of(numbers_in(body)), labels or {})
    return words.nodes(nodes, DEEPEST)


def sentences(outline: tuple[OutlineNode, ...]) -> dict[str, str]:
    """The sentence of every node by its key, and of every branch by `<key of the fork>/<its key>`."""
    found: dict[str, str] = {}
    for node in outline:
        found[node.key] = node.sentence
        for branch in node.branches:
            found[f"{node.key}/{branch.key}"] = branch.sentence
            found |= sentences(branch.nodes)
    return found


def numbers_in(body: object, depth: int = DEEPEST * 3) -> set[str]:
    """The employee numbers that stand anywhere in a body."""
    if depth == 0 or not isinstance(body, dict | list):
        return set()
    parts = body.values() if isinstance(body, dict) else body
    found = set().union(*(numbers_in(part, depth - 1) for part in parts))
    named = body.get("employees") if isinstance(body, dict) else None
    return found | ({each for each in named if isinstance(each, str)} if isinstance(named, list) else set())


def names_of(numbers: set[str]) -> dict[str, str]:
    """The names of the employees with these numbers."""
    sound = [number for number in numbers if number and "\0" not in number][:1000]
    return dict(Employee.objects.filter(employee_no__in=sound).values_list("employee_no", "name")) if sound else {}


def text_in_language(text: object) -> str:
    """A text in two languages in the reader's; Chinese where there is no other."""
    if not isinstance(text, dict):
        return ""
    wanted = text.get("en") if readers_language() == "en" else None
    found = wanted or text.get("zh")
    return found.strip() if isinstance(found, str) else ""


def listed(words: Sequence[str]) -> str:
    """Words one after the other, with the comma of the language."""
    return shown(Listed(tuple(words)), readers_language())


def kind_label(kind: str) -> str:
    """The word for a kind of node."""
    return {
        "start": pgettext("flow node", "Start"),
        "approve": pgettext("flow node", "Approval"),
        "fill": pgettext("flow node", "Fill in"),
        "sign": pgettext("flow node", "Signature"),
        "cc": pgettext("flow node", "For information"),
        "wait": pgettext("flow node", "Wait"),
        "branch": pgettext("flow node", "Condition branch"),
    }.get(kind, pgettext("flow node", "Unknown step"))


class _Words:
    """The sentences of one body, with the names of its people looked up once."""

    def __init__(self, people: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.people, self.labels = people, labels

    def nodes(self, nodes: object, depth: int) -> tuple[OutlineNode, ...]:
        return tuple(self.node(node, depth) for node in _dicts(nodes)) if depth else ()

    def node(self, node: dict[str, Any], depth: int) -> OutlineNode:
        kind = _word(node.get("kind"))
        name = text_in_language(node.get("name")) or kind_label(kind)
        sentence = SEPARATOR.join(part for part in self.parts(kind, node) if part)
        branches = tuple(self.branch(branch, depth) for branch in _dicts(node.get("branches")))
        return OutlineNode(_word(node.get("key")), kind, name, sentence, branches if kind == "branch" else ())

    def branch(self, branch: dict[str, Any], depth: int) -> OutlineBranch:
        when = branch.get("when")
        sentence = _("When no other branch holds")
        if isinstance(when, str):
            sentence = condition_in_words(when, self.labels) or _("No condition yet")
        name = text_in_language(branch.get("name")) or pgettext("flow", "Branch")
        return OutlineBranch(_word(branch.get("key")), name, sentence, self.nodes(branch.get("nodes"), depth - 1))

    def parts(self, kind: str, node: dict[str, Any]) -> Iterator[str]:
        if kind == "start":
            yield _("Whoever starts it fills in the form")
        elif kind == "wait":
            yield _days(node.get("days"), pgettext("flow", "Goes on after %(days)s"))
        elif kind == "branch":
            yield _("The first branch that holds is taken")
        else:
            yield self.who(node)
            yield _mode(node)
            yield _deadline(node)

    def who(self, node: dict[str, Any]) -> str:
        rules = [self.rule(rule) for rule in _dicts(node.get("approvers"))]
        return listed([rule for rule in rules if rule]) or _("Nobody is named yet")

    def rule(self, rule: dict[str, Any]) -> str:
        by, level = rule.get("by"), _whole(rule.get("level"))
        if by == "named":
            return self.named(rule.get("employees"))
        if by == "role":
            role = _word(rule.get("role"))
            return str(dict(RoleGrant.Role.choices).get(role, role))
        if by == "manager":
            return manager_word(level or 1)
        if by == "managers":
            level = _whole(rule.get("up_to")) or 1
            return _("The line of managers up to level %(level)s") % {"level": level}
        if by == "head":
            return head_word(level or 1)
        return plain_rules().get(_word(by), "")

    def named(self, numbers: object) -> str:
        known = [each for each in numbers if isinstance(each, str)] if isinstance(numbers, list) else []
        return listed([self.people.get(number, number) for number in known])


def plain_rules() -> dict[str, str]:
    """The words for approvers that need no further setting."""
    return {
        "hrbp": _("HR business partner"),
        "self": _("The person it is about"),
        "starter": _("Whoever started it"),
        "chosen": _("Chosen by whoever starts it"),
    }


def manager_word(level: int) -> str:
    """The n-th manager above the person."""
    return _("Direct manager") if level == 1 else _("Manager at level %(level)s") % {"level": level}


def head_word(level: int) -> str:
    """The head of the person's own unit (1), of the one above it (2) and so on."""
    return _("Head of the unit") if level == 1 else _("Head of the unit %(level)s above") % {"level": level - 1}


def _mode(node: dict[str, Any]) -> str:
    rules = list(_dicts(node.get("approvers")))
    if node.get("kind") != "approve" or not (len(rules) > 1 or any(map(_finds_many, rules))):
        return ""
    share = _whole(node.get("share"))
    return {
        "sequence": pgettext("flow mode", "one after the other"),
        "all": pgettext("flow mode", "all must agree"),
        "any": pgettext("flow mode", "one is enough"),
        "share": pgettext("flow mode", "%(share)s%% must agree") % {"share": share or "?"},
    }.get(_word(node.get("mode")), pgettext("flow mode", "all must agree"))


def _finds_many(rule: dict[str, Any]) -> bool:
    named = rule.get("employees")
    return rule.get("by") in ("role", "managers", "hrbp", "chosen") or (isinstance(named, list) and len(named) > 1)


def _deadline(node: dict[str, Any]) -> str:
    deadline = node.get("deadline")
    if node.get("kind") == "sign":
        return _days(node.get("days"), pgettext("flow", "within %(days)s"))
    if not isinstance(deadline, dict):
        return ""
    pattern = {
        "remind": pgettext("flow", "within %(days)s, then a reminder"),
        "escalate": pgettext("flow", "within %(days)s, then passed up"),
        "pass": pgettext("flow", "within %(days)s, then passed"),
        "return": pgettext("flow", "within %(days)s, then returned"),
    }.get(_word(deadline.get("then")), pgettext("flow", "within %(days)s"))
    return _days(deadline.get("days"), pattern)


def _days(days: object, pattern: str) -> str:
    count = _whole(days)
    if count is None:
        return ""
    return pattern % {"days": npgettext("flow", "%(count)s day", "%(count)s days", count) % {"count": count}}


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
