"""Facts about feedback. Of a draft there are none: it is its author's alone."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "feedback.sent": EventKind(_("feedback was sent"), ("feedback_id", "receiver_id", "kind")),
    "feedback.withdrawn": EventKind(_("feedback was withdrawn before it was read"), ("feedback_id",)),
    "feedback.received": EventKind(_("feedback was read by its receiver"), ("feedback_id",)),
    "feedback.thanked": EventKind(_("feedback was thanked for"), ("feedback_id",)),
    "feedback.replied": EventKind(_("something was asked or answered about feedback"), ("feedback_id",)),
    "feedback.asked": EventKind(_("feedback was asked for"), ("request_id",)),
    "feedback.declined": EventKind(_("a request for feedback was declined"), ("request_id",)),
}
