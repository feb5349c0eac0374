"""What coaching tells people."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode
from accord.foundation.notices import NoticeKind

TASK_OPENED = NoticeKind(
    "coaching.task_opened",
    _("A KPI of somebody in my team missed its target twice in a row"),
    _("%(metric)s of %(name)s missed its target in %(earlier)s and %(period)s. A coaching task is waiting for you."),
    link_text=_("To the coaching task"),
)
TASK_OPENED_ON_FALL = NoticeKind(
    "coaching.task_opened_on_fall",
    _("A KPI of somebody in my team keeps getting worse"),
    _("%(metric)s of %(name)s kept getting worse from %(earlier)s to %(period)s. A coaching task is waiting for you."),
    link_text=_("To the coaching task"),
)
TASK_WITHDRAWN = NoticeKind(
    "coaching.task_withdrawn",
    _("A coaching task is no longer needed"),
    _("The alert about %(metric)s of %(name)s was withdrawn. Its coaching task is closed."),
    link_text=_("To the coaching task"),
)
TASK_RECOVERED = NoticeKind(
    "coaching.task_recovered",
    _("A KPI I was coaching on has recovered"),
    _("%(metric)s of %(name)s has recovered. You can close the coaching task with its outcome."),
    link_text=_("To the coaching task"),
)
TASK_MOVED = NoticeKind(
    "coaching.task_moved",
    _("A coaching task came to me with a change of manager"),
    _("You are now the line manager of %(name)s. The coaching task about %(metric)s came to you with its history."),
    link_text=_("To the coaching task"),
)
TASK_ESCALATED = NoticeKind(
    "coaching.task_escalated",
    _("A coaching task was passed up to me"),
    _("The coaching task of %(owner)s about %(metric)s of %(name)s has seen no step so far. You can see it now too."),
    MailMode.AT_ONCE,
    _("To the coaching task"),
)
TASK_PASSED_UP = NoticeKind(
    "coaching.task_passed_up",
    _("A coaching task of mine was passed up the line"),
    _("No step has been recorded on the coaching task about %(metric)s of %(name)s. %(receiver)s can see it now too."),
    link_text=_("To the coaching task"),
)

NOTICES = (
    TASK_OPENED,
    TASK_OPENED_ON_FALL,
    TASK_WITHDRAWN,
    TASK_RECOVERED,
    TASK_MOVED,
    TASK_ESCALATED,
    TASK_PASSED_UP,
)
