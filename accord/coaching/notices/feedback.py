"""What is told about feedback: from whom, never its words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.foundation.notices import NoticeKind

RECEIVED = NoticeKind(
    "coaching.feedback_received",
    _("I was given feedback"),
    _("%(name)s has given you feedback."),
    link_text=_("Read the feedback"),
)
SHARED = NoticeKind(
    "coaching.feedback_shared",
    _("Feedback for somebody in my team was shared with me"),
    _("%(name)s has given %(receiver)s feedback and lets you read it too."),
    link_text=_("Read the feedback"),
)
THANKED = NoticeKind(
    "coaching.feedback_thanked",
    _("Somebody thanked me for feedback"),
    _("%(name)s thanks you for your feedback."),
    link_text=_("To the feedback"),
)
REPLIED = NoticeKind(
    "coaching.feedback_replied",
    _("A question or an answer about feedback"),
    _("%(name)s has written something about the feedback between you."),
    link_text=_("To the feedback"),
)
ASKED = NoticeKind(
    "coaching.feedback_asked",
    _("Somebody asks me for feedback"),
    _("%(name)s asks you for feedback."),
    link_text=pgettext_lazy("feedback", "To the request"),
)
DECLINED = NoticeKind(
    "coaching.feedback_declined",
    _("My request for feedback was declined"),
    _("%(name)s cannot give you feedback on this occasion."),
    link_text=_("To my requests"),
)

NOTICES = (RECEIVED, SHARED, THANKED, REPLIED, ASKED, DECLINED)
