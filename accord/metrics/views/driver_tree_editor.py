"""Making a driver tree and changing it, one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.domain.periods import Frequency
from accord.foundation.errors import BusinessError
from accord.foundation.requests import edition_of, whole_number
from accord.metrics.access.driver_trees import tree_to_change, unit_to_make_tree_for, units_to_make_trees_for
from accord.metrics.forms.driver_trees import NewTreeForm, NodeForm, PartsForm, TreeForm
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.queries.driver_trees import (
    all_products,
    fitness_of,
    fitness_of_draft,
    metrics_in_use,
    nested_of,
    node_of,
    parts_of,
    suggested_scale,
)
from accord.metrics.services.driver_trees import (
    NodeDraft,
    change_tree,
    draft_of_product,
    draft_of_tree,
    edit_node,
    make_tree,
    move_node,
    remove_node,
    retire_tree,
    take_apart,
)


@require_http_methods(["GET", "HEAD", "POST"])
def new_tree_page(request: HttpRequest) -> HttpResponse:
    """Begin a tree: with the drivers of a shipped product, or with a metric alone."""
    units = units_to_make_trees_for(request.user)
    if not units.exists():
        raise PermissionDenied
    form = NewTreeForm(
        all_products(), metrics_in_use(), units, request.POST or None, initial={"what": request.GET.get("what")}
    )
    if form.is_valid():
        made = _tried(form, lambda: _made(request, form))
        if made is not None:
            messages.success(request, _("The tree stands. Check its drivers and their owners."))
            return redirect("metrics:tree_edit", made.pk)
    return render(request, "metrics/tree_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, form: NewTreeForm) -> DriverTree:
    unit, me = unit_to_make_tree_for(request.user, form.cleaned_data["unit"].pk)
    metric, factors = form.chosen()
    draft = draft_of_product(metric, factors, unit) if factors else NodeDraft(metric.pk, unit.pk, owner_unit=unit.pk)
    name, owner = form.cleaned_data["name"] or metric.name, form.cleaned_data["owner"]
    return make_tree(name, unit, draft, me, frequency=Frequency(metric.frequency), owner=owner)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_tree_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree with the tools to change it, and whether its formula agrees with what is measured."""
    tree, me = tree_to_change(request.user, pk)
    form = TreeForm(request.POST or None, initial={"name": tree.name, "owner": tree.owner})
    if form.is_valid():
        named = {"name": form.cleaned_data["name"], "owner": form.cleaned_data["owner"]}
        if _tried(form, lambda: change_tree(tree, edition_of(request), me, draft_of_tree(tree), **named)):
            messages.success(request, _("Saved."))
            return redirect("metrics:tree_edit", pk)
    context = {"tree": tree, "form": form, "outline": nested_of(tree), "fitness": fitness_of(tree)}
    return render(request, "metrics/tree_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_node_page(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """What one part is, and who answers for it. With `check` it only says what the conversion would make."""
    tree, me = tree_to_change(request.user, pk)
    part = _part(tree, node)
    form, below = NodeForm(tree, part, request.POST or None), parts_of(tree, part)
    is_check = "check" in request.POST
    is_ready = not is_check and form.is_valid()
    if is_ready and _tried(form, lambda: edit_node(tree, edition_of(request), me, node, **form.as_change())):
        messages.success(request, _("Saved."))
        return redirect("metrics:tree_edit", pk)
    context = {"tree": tree, "part": part, "form": form} | _check(tree, part, form, below, ())
    return render(
        request, "metrics/tree_node_edit.html", context, status=422 if form.is_bound and not is_check else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_apart_page(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """Put drivers below a part. With `check` it only says whether they make what is measured."""
    tree, me = tree_to_change(request.user, pk)
    part = _part(tree, node)
    form = PartsForm(tree, part, request.POST or None)
    is_check = "check" in request.POST
    parts = form.parts(part.org_unit_id) if form.is_valid() else []
    if parts and not is_check:
        how = {name: form.cleaned_data[name] for name in ("kind", "scale")}
        if _tried(form, lambda: take_apart(tree, edition_of(request), me, node, parts, **how)):
            messages.success(request, _("The drivers are in the tree."))
            return redirect("metrics:tree_edit", pk)
    context = {"tree": tree, "part": part, "form": form} | _check(tree, part, form, parts_of(tree, part), parts)
    return render(
        request, "metrics/tree_node_apart.html", context, status=422 if form.is_bound and not is_check else 200
    )


def _check(
    tree: DriverTree, part: DriverNode, form: NodeForm | PartsForm, below: list[DriverNode], more: Sequence[NodeDraft]
) -> dict[str, Any]:
    """What the parts, with those in the form, make of a node with the typed conversion; nothing without parts."""
    parts = [(each.metric_id, each.org_unit_id) for each in below] + [(each.metric, each.org_unit) for each in more]
    kind, scale = form.conversion()
    if not parts or not kind:
        return {}
    suggested = suggested_scale(part, [metric for metric, _unit in parts]) if kind == DriverNode.Kind.PRODUCT else None
    return {
        "fitness": fitness_of_draft(tree, part, kind, scale, parts),
        "suggested": suggested if suggested != scale else None,
    }


@require_POST
def move(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """Put a part with all below it somewhere else."""
    tree, me = tree_to_change(request.user, pk)
    parent, place = (whole_number(request.POST.get(name, "")) for name in ("parent", "place"))
    move_node(tree, edition_of(request), me, node, -1 if parent is None else parent, place or 0)
    return redirect("metrics:tree_edit", pk)


@require_POST
def remove(request: HttpRequest, pk: int, node: int) -> HttpResponse:
    """Take a part out with all below it."""
    tree, me = tree_to_change(request.user, pk)
    remove_node(tree, edition_of(request), me, _part(tree, node).pk)
    messages.success(request, _("The part is out of the tree."))
    return redirect("metrics:tree_edit", pk)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a tree out of use."""
    tree, me = tree_to_change(request.user, pk)
    retire_tree(tree, edition_of(request), me)
    messages.success(request, _("“%(tree)s” is out of use.") % {"tree": tree.name})
    return redirect("metrics:trees")


def _tried(form: forms.Form, command: Callable[[], Any]) -> Any:
    """What a command returns; None where the form has to be filled in otherwise, which it then says."""
    try:
        return command()
    except BusinessError as refusal:
        if refusal.status != 422:
            raise
        form.add_error(None, f"{refusal} {refusal.advice()}")
        return None


def _part(tree: DriverTree, pk: int) -> DriverNode:
    part = node_of(tree, pk)
    if part is None:
        raise Http404
    return part
