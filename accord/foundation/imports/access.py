"""Who may bring files in and see what was brought in. The rights come from roles, which an upper floor grants."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accord.foundation.imports.kinds import import_kinds
from accord.foundation.models import ImportRun, User

VIEW, ADD = "foundation.view_importrun", "foundation.add_importrun"


def may_see_imports(request: HttpRequest) -> bool:
    """Whether the side bar leads there."""
    return request.user.has_perm(VIEW)


def visible_runs(actor: User | AnonymousUser) -> QuerySet[ImportRun]:
    """Every run, newest first, for those with the right. Raises Http404 for all others."""
    if not actor.has_perm(VIEW):
        raise Http404
    return ImportRun.objects.select_related("started_by", "loaded_by").order_by("-id")


def run_for(actor: User | AnonymousUser, pk: int) -> ImportRun:
    """The run, to look at. Raises Http404."""
    return get_object_or_404(visible_runs(actor), pk=pk)


def may_read(actor: User | AnonymousUser, run: ImportRun) -> bool:
    """Whether `actor`, who may see the run, may also read what its file says: performance only if they sent it."""
    kind = import_kinds().get(run.kind)
    is_open = kind is not None and not kind.has_performance
    return is_open or (run.started_by_id is not None and run.started_by_id == actor.pk)


def run_to_read(actor: User | AnonymousUser, pk: int) -> ImportRun:
    """The run, to hand out its files. Raises Http404, or PermissionDenied for those who may only know of it."""
    run = run_for(actor, pk)
    if not may_read(actor, run):
        raise PermissionDenied
    return run


def run_to_change(actor: User | AnonymousUser, pk: int) -> ImportRun:
    """The run, to load or discard. Raises Http404, or PermissionDenied for those who may only look."""
    run = run_for(actor, pk)
    ensure_may_import(actor)
    return run


def ensure_may_import(actor: User | AnonymousUser) -> None:
    """Raises Http404 for strangers to imports, PermissionDenied for those who may only look."""
    if not actor.has_perm(VIEW):
        raise Http404
    if not actor.has_perm(ADD):
        raise PermissionDenied
