"""Reading the rules that find people."""

from __future__ import annotations

from typing import Any

from accord.domain.flow_graph.nodes import Approver, By
from accord.domain.flow_graph.report import Here, Known

MOST_RULES = 30
MOST_NAMED = 100
HIGHEST_LEVEL = 20
_SETTINGS: dict[By, tuple[str, ...]] = {
    By.NAMED: ("by", "employees"),
    By.ROLE: ("by", "role"),
    By.MANAGER: ("by", "level"),
    By.MANAGERS: ("by", "up_to"),
    By.HEAD: ("by", "level"),
    By.HRBP: ("by",),
    By.SELF: ("by",),
    By.STARTER: ("by",),
    By.CHOSEN: ("by", "min", "max"),
}


def read_approvers(given: Any, here: Here, known: Known) -> tuple[Approver, ...]:
    """The rules of a node; at least one."""
    if not isinstance(given, list) or not given:
        here.add("no_approvers", "approvers")
        return ()
    if len(given) > MOST_RULES:
        here.add("too_many_approvers", "approvers", limit=MOST_RULES)
        return ()
    read = (_approver(each, f"approvers.{at}", here, known) for at, each in enumerate(given))
    return tuple(rule for rule in read if rule is not None)


def named(given: dict[str, Any], here: Here, setting: str) -> tuple[str, ...]:
    """The employee numbers that a rule names."""
    people = given.get("employees")
    place = f"{setting}.employees"
    if not isinstance(people, list) or not people or not all(isinstance(each, str) and each for each in people):
        here.add("nobody_named", place)
        return ()
    if len(people) > MOST_NAMED:
        here.add("too_many_named", place, limit=MOST_NAMED)
        return ()
    return tuple(dict.fromkeys(people))


def _approver(given: Any, setting: str, here: Here, known: Known) -> Approver | None:
    way = given.get("by") if isinstance(given, dict) else None
    if not isinstance(way, str) or way not in tuple(By):
        here.add("unknown_rule", setting, given=way)
        return None
    by = By(way)
    here.only(given, _SETTINGS[by], setting)
    if by == By.NAMED:
        return Approver(by, employees=named(given, here, setting))
    if by == By.ROLE:
        return Approver(by, role=_role(given, setting, here, known))
    if by in (By.MANAGER, By.HEAD):
        return Approver(by, level=here.number(given, "level", 1, HIGHEST_LEVEL, setting, default=1))
    if by == By.MANAGERS:
        return Approver(by, level=here.number(given, "up_to", 1, HIGHEST_LEVEL, setting))
    return _chosen(given, setting, here) if by == By.CHOSEN else Approver(by)


def _role(given: dict[str, Any], setting: str, here: Here, known: Known) -> str:
    role = given.get("role")
    if not isinstance(role, str) or not role or (known.roles is not None and role not in known.roles):
        here.add("unknown_role", f"{setting}.role", given=role)
        return ""
    return role


def _chosen(given: dict[str, Any], setting: str, here: Here) -> Approver:
    least = here.number(given, "min", 1, MOST_NAMED, setting, default=1)
    most = here.number(given, "max", 1, MOST_NAMED, setting, default=MOST_NAMED)
    if least > most:
        here.add("bad_bounds", setting)
    return Approver(By.CHOSEN, least=least, most=most if given.get("max") is not None else None)
