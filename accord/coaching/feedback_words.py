"""The sentences of feedback: what each class of visibility means, and what each hint says."""

from django.utils.translation import gettext_lazy as _

from accord.coaching.models import Feedback
from accord.domain.feedback_hints import HintKind

READERS = {
    Feedback.Visibility.RECEIVER: _("Nobody else, not even HR or an administrator."),
    Feedback.Visibility.MANAGER: _("Their line manager of today reads it too; a later one does not."),
    Feedback.Visibility.TEAM: _(
        "Recognition only: their line manager, those who share that manager, and their people."
    ),
}

HINT_TITLES = {
    HintKind.GENERAL: _("Rather general"),
    HintKind.CHARACTER: _("About the person"),
    HintKind.UNPLACED: _("When or where?"),
    HintKind.HEDGING: _("Sounds unsure"),
    HintKind.HEATED: _("Sounds heated"),
}
HINT_WHYS = {
    HintKind.GENERAL: _("The other cannot tell what to keep or to change. Name one thing that was done or said."),
    HintKind.CHARACTER: _("People can change what they do, hardly what they are. Describe what a camera would show."),
    HintKind.UNPLACED: _("With a day, a meeting or a task both of you think of the same moment."),
    HintKind.HEDGING: _("Say what you saw yourself. If you are not sure, ask instead of stating."),
    HintKind.HEATED: _("Strong words are heard instead of the matter. Name the effect, and send it an hour later."),
}

ONE_SIDED_TITLES = {
    Feedback.Kind.RECOGNITION: _("The fourth recognition in a row"),
    Feedback.Kind.DEVELOPMENT: _("The fourth in a row about something to change"),
}
ONE_SIDED_WHYS = {
    Feedback.Kind.RECOGNITION: _("Is there something they could do even better? People who are only praised wonder."),
    Feedback.Kind.DEVELOPMENT: _("Is there something that went well? Said beside it, the rest is heard better."),
}
