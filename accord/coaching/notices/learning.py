"""What people are told of learning."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.notices import NoticeKind

RECOMMENDED = NoticeKind(
    "coaching.learning_recommended",
    _("Something to learn from was chosen for me"),
    _("For %(competencies)s, %(count)s resources were chosen for you. You can decline any of them."),
    link_text=_("To what was chosen"),
)

NOTICES = (RECOMMENDED,)
