"""Pages of driver trees: the list, one tree in a period, and one part of it."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.domain.periods import Frequency, Period, PeriodError
from accord.foundation.clock import organisation_day
from accord.foundation.language import readers_language
from accord.foundation.requests import asked_for
from accord.metrics.access.driver_trees import tree_for, tree_rights_of, units_to_make_trees_for, visible_trees
from accord.metrics.data_age import ages_of
from accord.metrics.models import DriverTree
from accord.metrics.queries.driver_trees import (
    NodeView,
    TreeView,
    all_products,
    breakdown,
    histories_of,
    newest_period,
    sentences,
    slip_of,
    summaries_of,
    tree_view,
)
from accord.metrics.queries.driver_trees.pictures import bars_of, chart_of, rows_of, trend_of
from accord.metrics.queries.driver_trees.views import Against

_PER_PAGE = 20


@require_safe
def trees_page(request: HttpRequest) -> HttpResponse:
    """The trees of the units that one may see; whoever may make some is offered what is shipped."""
    page = Paginator(visible_trees(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    units = units_to_make_trees_for(request.user)
    context = {
        "page": page,
        "summaries": summaries_of(list(page.object_list)),
        "units": units,
        "products": all_products() if units and not page.object_list else (),
    }
    return render(request, "metrics/trees_page.html", context)


@require_safe
def tree_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One tree in a period: what moved its result, and whose work that was."""
    tree = tree_for(request.user, pk)
    seen = _seen(request, tree)
    slip = slip_of(seen["view"])
    view = seen["view"]
    row = rows_of(view, seen["histories"])
    context = (
        seen
        | _ages(view)
        | {
            "slip": slip,
            "sentences": sentences(view, readers_language(), slip),
            "bars": bars_of(view),
            "row": row,
            "drawing": chart_of(row, view.root.metric),
            "may_change": tree_rights_of(request.user).may_change(tree),
        }
    )
    return render(request, "metrics/tree_page.html", context | _part(request, seen, slip.node if slip else view.root))


@require_safe
def node_page(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """One part of a tree: whose work it is, unit by unit and person by person, and its last thirteen periods."""
    tree = tree_for(request.user, pk)
    seen = _seen(request, tree)
    part = seen["view"].nodes.get(node)
    if part is None:
        raise Http404
    context = seen | _part(request, seen, part) | {"may_change": tree_rights_of(request.user).may_change(tree)}
    return render(request, "metrics/tree_node_page.html", context)


def _seen(request: HttpRequest, tree: DriverTree) -> dict[str, Any]:
    """The tree in the period and comparison of the address: the target first, the period before second."""
    running = Period.of(organisation_day(), Frequency(tree.frequency))
    newest = newest_period(tree)
    period = min(_period(request, tree) or newest, running)
    asked = asked_for(request, "against")
    view = tree_view(tree, period, cast(Against, asked) if asked in ("target", "before") else "target")
    if asked not in ("target", "before") and view.root.target is None:
        view = tree_view(tree, period, "before")
    return {
        "tree": tree,
        "view": view,
        "histories": histories_of([each.node for each in view.nodes.values()], period),
        "newest": newest,
        "earlier": period - 1,
        "later": period + 1 if period < running else None,
        "has_target": view.root.target is not None,
    }


def _ages(view: TreeView) -> dict[str, Any]:
    """How old the result is, and which drivers come from a source that fails."""
    metrics = {each.metric.pk: each.metric for each in view.nodes.values()}
    ages = ages_of(metrics.values())
    age = ages[view.root.metric.pk]
    others = [(metrics[pk], each) for pk, each in ages.items() if each.trouble and each is not age]
    return {"age": age, "troubled": others}


def _part(request: HttpRequest, seen: dict[str, Any], part: NodeView) -> dict[str, Any]:
    view: TreeView = seen["view"]
    return {
        "part": part,
        "shares": breakdown(part, view, request.user),
        "trend": trend_of(part.node, seen["histories"]),
        "history": seen["histories"].nodes[part.pk],
    }


def _period(request: HttpRequest, tree: DriverTree) -> Period | None:
    try:
        return Period.parse(asked_for(request, "period"), Frequency(tree.frequency))
    except PeriodError:
        return None
