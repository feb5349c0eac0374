"""The side bar, from top to bottom, in groups: the places of everybody's day, then those of administration."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accord.coaching.places import GROWTH, TALKS
from accord.foundation.access import may_see_jobs
from accord.foundation.pages import Place
from accord.people import access
from accord.workflow.access.design import may_design
from accord.workflow.panels import inbox_count


def _has_board(request: HttpRequest) -> bool:
    return access.is_manager(request.user) or access.is_executive(request.user) or access.is_hrbp(request.user)


def _is_auditor(request: HttpRequest) -> bool:
    return access.is_auditor(request.user)


def _may_import(request: HttpRequest) -> bool:
    return request.user.has_perm("foundation.view_importrun")


PAGES: tuple[tuple[Place, ...], ...] = (
    (
        Place(_("Today"), "insights:today", "sun"),
        Place(_("Inbox"), "workflow:inbox", "inbox", badge=inbox_count),
        Place(_("Boards"), "insights:boards", "layout-grid", may_open=_has_board),
        Place(_("Goals"), "goals:kpis", "target"),
        Place(_("Metrics"), "metrics:library", "chart-line"),
        Place(_("Alerts"), "alerts:alerts", "bell"),
        Place(
            _("Talks"),
            "coaching:one_on_ones",
            "messages",
            also=tuple(TALKS),
        ),
        Place(
            _("Growth"),
            "coaching:feedback",
            "seedling",
            also=(*GROWTH, "coaching:mirror"),
        ),
    ),
    (
        Place(_("Designer"), "workflow:forms", "ruler-2", may_open=may_design),
        Place(_("People"), "people:directory", "users"),
        Place(_("Imports"), "foundation:imports", "file-import", may_open=_may_import),
        Place(_("Archive"), "workflow:archive", "archive", may_open=_is_auditor),
        Place(_("Jobs"), "foundation:jobs", "list-check", may_open=may_see_jobs),
    ),
)
