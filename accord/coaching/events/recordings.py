"""Facts about voice and video messages."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "recording.added": EventKind(_("a recording was added to feedback"), ("recording_id", "feedback_id")),
    "recording.deleted": EventKind(_("a recording was deleted"), ("recording_id", "feedback_id", "because")),
}
