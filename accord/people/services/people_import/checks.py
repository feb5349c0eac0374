"""What must hold among all people once a file is taken."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext_noop as _

from accord.people.services.closure import LONGEST_LINE
from accord.people.services.people_import.draft import Draft
from accord.people.services.people_import.reach import Reach, check_reach
from accord.people.services.people_import.rows import NOBODY

_NAMED_IN_A_CIRCLE = 8


def check(draft: Draft, reach: Reach | None = None) -> None:
    """Refuse rows until everything fits: a refusal can take away others' manager, close a circle, free an address.

    `reach` limits whom the file may be about; None does not.
    """
    checks: list[Callable[[Draft], None]] = [_emails, _managers, _circles, _long_lines]
    if reach:
        checks.append(partial(check_reach, reach=reach))
    position = 0
    while position < len(checks):
        revision = draft.revision
        checks[position](draft)
        # A check relies on those before it, so after a refusal all begin again.
        position = position + 1 if revision == draft.revision else 0


def warn_of_loose_ends(draft: Draft) -> None:
    """Warn of people who report to nobody, or to somebody who has left: they are taken, but nobody looks after them."""
    working = {key: person for key, person in draft.people.items() if not person.has_left}
    tops = [key for key, person in working.items() if person.manager == NOBODY]
    if len(tops) > 1:
        for key in tops:
            if key in draft.rows:
                sentence = _("%(name)s reports to nobody: only executives and the unit's HR partner will see them.")
                draft.warn(key, "manager_no", "reports_to_nobody", sentence, name=draft.name(key))
    reports = Counter(person.manager for person in working.values())
    for key in draft.rows:
        if draft.people[key].has_left and reports[key]:
            sentence = _("%(name)s has left, and %(count)s still report to them. Give these people another manager.")
            draft.warn(key, "status", "reports_of_leaver", sentence, name=draft.name(key), count=reports[key])


def _emails(draft: Draft) -> None:
    changed = {key: draft.people[key].email for key in draft.rows if _has_new_email(draft, key)}
    owners = {p.email.casefold(): key for key, p in draft.people.items() if p.email and key not in changed}
    for key, email in changed.items():
        owner = owners.setdefault(email.casefold(), key)
        if owner != key:
            sentence = _("The address %(email)s is that of %(owner)s.")
            draft.refuse(key, "email", "email_twice", sentence, email=email, owner=draft.name(owner))
        elif draft.known.account_emails.get(email.casefold(), key) != key:
            sentence = _("The address %(email)s belongs to another account.")
            draft.refuse(key, "email", "email_taken", sentence, email=email)


def _has_new_email(draft: Draft, key: str) -> bool:
    before, email = draft.known.people.get(key), draft.people[key].email.casefold()
    return bool(email) and (before is None or before.email.casefold() != email)


def _managers(draft: Draft) -> None:
    reports: dict[str, list[str]] = defaultdict(list)
    for row in draft.rows.values():
        if row.manager:
            reports[row.manager].append(row.key)
    waiting = deque(draft.rows)
    while waiting:
        key = waiting.popleft()
        if key in draft.rows and draft.rows[key].manager:
            _manager(draft, key)
            if key not in draft.people:
                waiting.extend(reports[key])


def _manager(draft: Draft, key: str) -> None:
    row = draft.rows[key]
    above = row.manager or NOBODY
    if above == key:
        draft.refuse(key, "manager_no", "reports_to_themselves", _("Nobody can report to themselves."))
    elif above not in draft.people:
        _unknown_manager(draft, key, above, row.manager_number)
    elif draft.people[above].has_left:
        sentence = _("The manager %(manager)s has left.")
        draft.refuse(key, "manager_no", "manager_has_left", sentence, manager=draft.name(above))


def _unknown_manager(draft: Draft, key: str, manager: str, number: str) -> None:
    """Nobody has the number. If only because the manager's own row was refused, a manager who is known stays."""
    if manager not in draft.refused:
        sentence = _("Nobody has the number %(number)s, neither in this file nor so far.")
        draft.refuse(key, "manager_no", "manager_unknown", sentence, number=number)
        return
    row, before = draft.refused[manager], draft.known.people.get(key)
    if before is None or before.manager == NOBODY:
        sentence = _("The manager's own row, %(manager_row)s, was refused. Mend that row first.")
        draft.refuse(key, "manager_no", "manager_refused", sentence, manager_row=row)
        return
    draft.keep_manager(key)
    sentence = _("The manager's own row, %(manager_row)s, was refused, so the manager is still %(manager)s.")
    draft.warn(key, "manager_no", "manager_kept", sentence, manager_row=row, manager=draft.name(before.manager))


def _circles(draft: Draft) -> None:
    sentence = _("These people would report to each other in a circle: %(people)s.")
    for circle in _found_circles(draft):
        names = [draft.name(key) for key in circle[:_NAMED_IN_A_CIRCLE]]
        names.append("…" if len(circle) > _NAMED_IN_A_CIRCLE else names[0])
        for key in circle:
            if draft.manager_changes(key):
                draft.refuse(key, "manager_no", "manager_circle", sentence, people=" → ".join(names))


def _found_circles(draft: Draft) -> list[list[str]]:
    """Every circle, each from its first person in the order of the people."""
    circles: list[list[str]] = []
    finished: set[str] = set()
    for key in draft.people:
        trail: dict[str, None] = {}
        at = key
        while at != NOBODY and at not in finished and at not in trail:
            trail[at] = None
            at = draft.people[at].manager
        if at in trail:
            steps = list(trail)
            circles.append(steps[steps.index(at) :])
        finished.update(trail)
    return circles


def _long_lines(draft: Draft) -> None:
    sentence = _("The line from %(name)s to the top would have more than %(limit)s levels.")
    too_deep = [key for key, level in _levels(draft).items() if level > LONGEST_LINE]
    causes = {cause: draft.name(key) for key in too_deep if (cause := _cause(draft, key))}
    for key, name in causes.items():
        draft.refuse(key, "manager_no", "line_too_long", sentence, name=name, limit=LONGEST_LINE)


def _levels(draft: Draft) -> dict[str, int]:
    """On which level from the top, 1, everybody stands."""
    levels: dict[str, int] = {}
    for key in draft.people:
        trail: list[str] = []
        at = key
        while at != NOBODY and at not in levels:
            trail.append(at)
            at = draft.people[at].manager
        level = levels.get(at, 0)
        for below in reversed(trail):
            level += 1
            levels[below] = level
    return levels


def _cause(draft: Draft, key: str) -> str | None:
    """The nearest person from `key` upwards whose manager the file changes."""
    while key != NOBODY and not draft.manager_changes(key):
        key = draft.people[key].manager
    return key or None
