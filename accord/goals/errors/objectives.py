"""What cannot be done with objectives and key results, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class ObjectiveChanged(BusinessError):
    code = "objective_changed"
    sentence = _("“%(title)s” was changed in the meantime; nothing was changed by you.")
    hint = _("Open it again to see how it stands now. You may have it open in another window.")


class ObjectiveClosed(BusinessError):
    code = "objective_closed"
    sentence = _("“%(title)s” is closed; nothing was changed.")
    hint = _("What was reached stays as it was written at close-out. Go on with an objective of the new cycle.")


class ObjectiveGone(BusinessError):
    code = "objective_gone"
    status = 404
    sentence = _("This objective was deleted in the meantime; nothing was changed.")
    hint = _("Go back to the list to see what there is now.")


class ObjectiveHasObjectivesBelow(BusinessError):
    code = "objective_has_below"
    sentence = _("“%(title)s” has objectives below it, so it cannot be deleted.")
    hint = _("Move those below another one first, or close this one with a retrospective.")


class ObjectiveHasCheckIns(BusinessError):
    code = "objective_has_check_ins"
    sentence = _("“%(title)s” has check-ins, so it cannot be deleted.")
    hint = _("Check-ins stay. Close the objective with a retrospective instead.")


class KeyResultHasCheckIns(BusinessError):
    code = "key_result_has_check_ins"
    sentence = _("“%(title)s” has check-ins, so it cannot be taken out.")
    hint = _("Check-ins stay. Give it the weight 0 instead: it then no longer counts.")


class KeyResultGone(BusinessError):
    code = "key_result_gone"
    sentence = _("One of these key results does not belong to “%(title)s” any more; nothing was changed.")
    hint = _("Open the objective again to see how it stands now.")


class WeightsNotOne(BusinessError):
    code = "key_result_weights_not_one"
    status = 422
    sentence = _("The weights of the key results make %(percent)s %%, not 100 %%.")
    hint = _("Change them, or let them be evened out.")


class KeyResultLeadsNowhere(BusinessError):
    code = "key_result_leads_nowhere"
    status = 422
    sentence = _("The target of “%(title)s” does not lie in the direction it should go.")
    hint = _("To increase, the target lies above the start; to decrease, below it.")


class SameKpiTwice(BusinessError):
    code = "key_result_same_kpi_twice"
    status = 422
    sentence = _("“%(title)s” is broken into the same KPI of the same position twice.")
    hint = _("Take one of them out.")


class ParentInOtherCycle(BusinessError):
    code = "objective_parent_in_other_cycle"
    status = 422
    sentence = _("“%(title)s” belongs to another cycle, so nothing of this one can be placed below it.")
    hint = _("Choose an objective of the same cycle.")


class RingOfObjectives(BusinessError):
    code = "objective_ring"
    status = 422
    sentence = _("“%(title)s” cannot be placed below itself or below one of its own branches.")
    hint = _("Choose an objective outside this branch, or move that one up first.")


class ValueMissing(BusinessError):
    code = "key_result_value_missing"
    status = 422
    sentence = _("Say where “%(title)s” stands now.")
    hint = _("A number is enough. If nothing has moved, give the same one again.")


class CheckInCorrected(BusinessError):
    code = "key_result_check_in_corrected"
    sentence = _("This check-in was corrected already; nothing was changed by you.")
    hint = _("Open the objective again and correct the newest line.")


class ShareChanged(BusinessError):
    code = "okr_share_changed"
    sentence = _("Somebody has set the share of “%(cycle)s” in the meantime; nothing was changed by you.")
    hint = _("Open the page again to see what holds now.")


class CycleIsOver(BusinessError):
    code = "okr_share_cycle_over"
    sentence = _("The cycle “%(cycle)s” is over, so what counts in it does not change any more.")
    hint = _("Set the share of a cycle that runs or has yet to begin.")
