"""What cannot be done with a decomposition, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError

_LOOK_AGAIN = _("Open it again to see how it stands now. You may have it open in another window.")


class DecompositionChanged(BusinessError):
    code = "decomposition_changed_meanwhile"
    sentence = _("This decomposition was changed after you opened it; what you sent was not saved.")
    hint = _LOOK_AGAIN


class DecompositionApplied(BusinessError):
    code = "decomposition_already_applied"
    sentence = _("This decomposition has been handed out already; it does not change any more.")
    hint = _("Agreements are changed by the two who sign them. For a new target begin a new decomposition.")


class CannotDecompose(BusinessError):
    code = "decomposition_without_answer"
    status = 422
    sentence = _("%(where)s cannot be split like this: %(problem)s")
    hint = _("Nothing was changed. Change the number, or unlock another one, and try again.")


class NobodyCarries(BusinessError):
    code = "decomposition_without_people"
    status = 422
    sentence = _("Nobody below %(unit)s carries %(metric)s, so there is nobody to hand the target to.")
    hint = _("Put the metric into the assessment model of a position, or into the position map, then open this again.")


class CellUnreadable(BusinessError):
    code = "decomposition_number_unreadable"
    status = 422
    sentence = _("“%(given)s” is not a number that can be used here; nothing was changed.")
    hint = _("Write 0 or more, for example 26.5. An empty cell is worked out again.")
