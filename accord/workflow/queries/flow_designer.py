"""What the designer of flows is given: the flow, what its conditions may ask for, and the words it says by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.domain.flow_graph import FlowError, differences
from accord.foundation.language import readers_language
from accord.people.models import Position, RoleGrant
from accord.people.queries.directory import active_units
from accord.workflow.models import Flow, FlowVersion
from accord.workflow.queries.designers import designer_page
from accord.workflow.queries.flow_names import NameInConditions, form_of, labels_of, names_in_conditions, steps_of
from accord.workflow.queries.flow_outline import (
    flow_outline,
    head_word,
    kind_label,
    manager_word,
    names_of,
    numbers_in,
    sentences,
)
from accord.workflow.queries.flow_problems import graph_of, problems_of

_KINDS = ("start", "approve", "fill", "sign", "cc", "wait", "branch")
_ADDRESSES = ("save", "check", "rehearse")
MOST_SUGGESTED = 500


def flow_page(version: FlowVersion) -> dict[str, Any]:
    """The JSON the designer in the browser starts from."""
    form = form_of(version.flow)
    names = names_in_conditions(form)
    addresses = {name: reverse(f"workflow:flow_designer_{name}", args=[version.pk]) for name in _ADDRESSES}
    page = designer_page(version, addresses=addresses, answer=answer_about(version.flow, version.body), words={})
    page["words"] |= flow_words()
    return page | {
        "language": "en" if readers_language() == "en" else "zh",
        "sprite": static("accord/dist/icons.svg"),
        "people": names_of(numbers_in(version.body)),
        "steps": [{"key": key, "label": label} for key, label in steps_of(form)],
        "names_in_conditions": [_as_json(name) for name in names],
        "names": {kind: dict(_in_both_languages(kind)) for kind in (*_KINDS, "condition", "otherwise")},
    }


def answer_about(flow: Flow, body: dict[str, Any]) -> dict[str, Any]:
    """What the server has to say about a body: its problems, each with the part it belongs to, and every sentence."""
    names = names_in_conditions(form_of(flow))
    outline = flow_outline(body, labels_of(names))
    problems = [{"id": problem.part, "name": problem.name, "text": problem.text} for problem in problems_of(flow, body)]
    return {"problems": problems, "sentences": sentences(outline)}


def differences_in_words(flow: Flow, mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """What `theirs` says otherwise than `mine`; nothing in words where one of them cannot be read as a flow yet."""
    try:
        found = differences(graph_of(flow, mine), graph_of(flow, theirs))
    except FlowError:
        return [] if mine == theirs else [_("They differ; one of the two still has problems to mend.")]
    return [difference.explain(readers_language()) for difference in found]


def designer_context(version: FlowVersion) -> dict[str, Any]:
    """Everything the template of the designer shows."""
    form = form_of(version.flow)
    names = names_in_conditions(form)
    return {
        "version": version,
        "page": flow_page(version),
        "problems": problems_of(version.flow, version.body),
        "names": names,
        "steps": steps_of(form),
        "roles": RoleGrant.Role.choices,
        "manager_levels": [(level, manager_word(level)) for level in range(1, 6)],
        "head_levels": [(level, head_word(level)) for level in range(1, 6)],
        "positions": Position.objects.order_by("name").values_list("name", flat=True)[:MOST_SUGGESTED],
        "units": active_units().order_by("path").values_list("path", flat=True)[:MOST_SUGGESTED],
    }


def flow_words() -> dict[str, Any]:
    """What the designer says that is not in its template."""
    kinds = {kind: kind_label(kind) for kind in _KINDS}
    return _canvas_words() | {
        "kinds": kinds | {"condition": _("Branch"), "otherwise": _("Otherwise branch")},
        "people_headings": {
            "approve": _("Who decides"),
            "fill": _("Who fills in"),
            "sign": _("Who signs"),
            "cc": _("Who is told"),
        },
        "signs": {
            "<": _("is below"),
            "<=": _("is at most"),
            ">": _("is above"),
            ">=": _("is at least"),
            "=": _("equals"),
            "!=": _("differs from"),
            "contains": _("contains"),
            "lacks": _("does not contain"),
            "empty": _("is empty"),
            "filled": _("is filled in"),
        },
    }


def _canvas_words() -> dict[str, str]:
    return {
        "add_after": _("Add a step after “%(name)s”"),
        "place_after": _("Move it behind “%(name)s”"),
        "place_here": _("Move here"),
        "add_branch": _("Add branch"),
        "new_part": "…",
        "problems": _("To mend: %(count)s"),
        "no_problems": _("No problems"),
        "rank": _("Priority %(rank)s"),
        "rest": _("Last"),
        "no_condition": _("No condition yet"),
        "otherwise": _("When no other branch holds"),
        "ending": _("The flow is finished"),
        "tools": _("Tools of this card"),
        "up": _("Move up"),
        "down": _("Move down"),
        "earlier": _("Ask earlier"),
        "later": _("Ask later"),
        "copy": _("Duplicate"),
        "copied": _("Duplicated; the copy is selected."),
        "remove": _("Delete"),
        "removed": _("“%(name)s” was deleted."),
        "choose_gap": _("Choose where it goes: Tab leads from gap to gap, Enter places it, Escape leaves it."),
        "moved_after": _("“%(name)s” now stands behind “%(above)s”."),
        "moved_to_rank": _("“%(name)s” now has priority %(rank)s."),
    }


def _in_both_languages(kind: str) -> Iterator[tuple[str, str]]:
    """What a new part is called, so that it has a name whoever reads it."""
    for key, code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(code):
            special = {"condition": pgettext("flow", "Condition"), "otherwise": pgettext("flow", "Otherwise")}
            yield key, special.get(kind) or kind_label(kind)


def _as_json(name: NameInConditions) -> dict[str, Any]:
    return {
        "name": name.name,
        "label": name.label,
        "group": name.group,
        "kind": name.kind,
        "given": name.given,
        "options": [{"value": value, "label": label} for value, label in name.options],
    }
