"""What cannot be done with an agreement, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError

_LOOK_AGAIN = _("Open the agreement again to see how it stands. You may have it open in another window.")


class DraftedMeanwhile(BusinessError):
    code = "agreement_drafted_meanwhile"
    sentence = _("Somebody else is drafting agreements for the same people right now; nothing was changed.")
    hint = _("Look at the list in a moment, and draft what is still missing.")


class NotYourAgreement(BusinessError):
    code = "agreement_not_yours"
    status = 403
    sentence = _("Only %(employee)s and %(manager)s can change, agree to or sign this agreement.")
    hint = _("Others who see it can speak with the two. Nobody agrees for somebody else.")


class EditedMeanwhile(BusinessError):
    code = "agreement_edited_meanwhile"
    sentence = _("The agreement was changed after you opened it; what you sent was not saved.")
    hint = _LOOK_AGAIN


class NotBeingAgreed(BusinessError):
    code = "agreement_not_being_agreed"
    sentence = _("This wording is no longer being agreed: %(state)s. Nothing was changed.")
    hint = _LOOK_AGAIN


class NoSuchLine(BusinessError):
    code = "agreement_line_missing"
    status = 404
    sentence = _("The agreement has no such line any more; nothing was changed.")
    hint = _LOOK_AGAIN


class LineThere(BusinessError):
    code = "agreement_line_exists"
    sentence = _("“%(metric)s” stands in the agreement already.")
    hint = _("Change its line instead: one metric has one line.")


class LineRequired(BusinessError):
    code = "agreement_line_required"
    sentence = _("“%(metric)s” belongs to every agreement of this position, so its line stays.")
    hint = _("The assessment model gives it at least %(least)s of weight. HR can change the model.")


class OutOfRange(BusinessError):
    code = "agreement_value_out_of_range"
    status = 422
    sentence = _("%(field)s of “%(metric)s” can be %(range)s, not %(value)s.")
    hint = _("The assessment model of the position leaves this room. HR can change the model.")


class NumberUnusable(BusinessError):
    code = "agreement_number_unusable"
    status = 422
    sentence = _("%(field)s of “%(metric)s” has more digits than can be kept exactly.")
    hint = _("Up to 13 digits before the point and 6 behind it can be kept. Check the unit.")


class FixedByModel(BusinessError):
    code = "agreement_method_fixed"
    sentence = _("How “%(metric)s” is scored stands in the assessment model; nothing was changed.")
    hint = _("Weight and target can be agreed. HR can change the scoring method in the model.")


class RuleUnreadable(BusinessError):
    code = "agreement_rule_unreadable"
    status = 422
    sentence = _("“%(metric)s” cannot be scored like this: %(why)s")
    hint = _("Change target, threshold or stretch so that the scoring method can use them.")


class WeightsNotWhole(BusinessError):
    code = "agreement_weights_not_whole"
    status = 422
    sentence = _("The weights sum to %(sum)s, not to 100%%, so nobody can agree yet.")
    hint = _("Change the weights until they sum to exactly 100%%.")


class NothingToAgree(BusinessError):
    code = "agreement_empty"
    status = 422
    sentence = _("The agreement has no line yet, so nobody can agree to it.")
    hint = _("Add the first KPI with its weight and target.")


class NothingChanged(BusinessError):
    code = "agreement_nothing_amended"
    status = 422
    sentence = _("The amendment changes nothing yet, so nobody can agree to it.")
    hint = _("Change a weight, a target or a line first.")


class NotSigned(BusinessError):
    code = "agreement_not_in_force"
    sentence = _("This agreement has not been signed by both, so there is nothing to amend.")
    hint = _("Change the draft itself; it is not in force yet.")


class UnderWay(BusinessError):
    code = "agreement_wording_under_way"
    sentence = _("Another wording of this agreement is being agreed or signed already; nothing was begun.")
    hint = _LOOK_AGAIN


class OutsideAgreement(BusinessError):
    code = "agreement_day_outside"
    status = 422
    sentence = _("%(day)s does not lie within the agreement, which runs from %(first)s to %(last)s.")
    hint = _("Choose a day within it.")


class ReasonMissing(BusinessError):
    code = "agreement_reason_missing"
    status = 422
    sentence = _("An amendment says why it is needed; the reason is empty.")
    hint = _("Write one sentence that both can still understand in a year.")


class NotMoved(BusinessError):
    code = "agreement_not_to_be_ended"
    sentence = _("%(name)s has the position this agreement was made for, so it runs until %(last)s.")
    hint = _("What changes before then is changed by an amendment that both sign.")


class AgreementOver(BusinessError):
    code = "agreement_over"
    sentence = _("This agreement has ended already; nothing was changed.")
    hint = _LOOK_AGAIN


class NobodyToDraftFor(BusinessError):
    code = "agreement_nobody_to_draft_for"
    sentence = _("There is nobody here without an agreement for whom KPIs of this or the last cycle are known.")
    hint = _("Assign an assessment model, import KPIs, or break a company target down.")
