"""What cannot be done with a development plan, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError

_LOOK_AGAIN = _("Open the plan again to see how it stands. You may have it open in another window.")


class PlanNotYours(BusinessError):
    code = "plan_not_yours"
    status = 403
    sentence = _("Only %(employee)s and their line manager work on this development plan.")
    hint = _("Others who see it can speak with the two. Nobody agrees for somebody else.")


class PlanNeedsManager(BusinessError):
    code = "plan_needs_manager"
    sentence = _("%(employee)s has no line manager to agree a development plan with; no plan was made.")
    hint = _("HR can record the line manager in the people directory.")


class PlanNeedsEmployee(BusinessError):
    code = "plan_needs_employee"
    sentence = _("%(employee)s has left; no development plan was made.")
    hint = _("Plans from before stay to be read.")


class PlanRuns(BusinessError):
    code = "plan_runs"
    sentence = _("%(employee)s has a running development plan already; yours stays a draft.")
    hint = _("Add what matters to the running plan, or close that one first. One plan at a time keeps both focused.")


class PlanFull(BusinessError):
    code = "plan_full"
    sentence = _("The plan has %(most)s focus areas already, which is as many as one can work on at a time.")
    hint = _("Take one out or change it. What is taken out stays in the history.")


class PlanEditedMeanwhile(BusinessError):
    code = "plan_edited_meanwhile"
    sentence = _("The plan was changed after you opened it, so this was not saved.")
    hint = _("Read how it stands now, then decide again. Words you wrote still stand in their form.")


class PlanNotOpen(BusinessError):
    code = "plan_not_open"
    sentence = _("This development plan is closed, or not shared yet; nothing was changed.")
    hint = _LOOK_AGAIN


class PlanManagerChanged(BusinessError):
    code = "plan_manager_changed"
    sentence = _("%(employee)s has another line manager since you opened the plan; nothing was shared or agreed.")
    hint = _("Open the plan again: it names who would read it now.")


class PlanIncomplete(BusinessError):
    code = "plan_incomplete"
    status = 422
    sentence = _("The plan is not complete yet, so it cannot be agreed to.")
    hint = _("Each focus area says what, why, action, support, measure and a day. What is missing stands beside it.")


class FocusGone(BusinessError):
    code = "plan_focus_gone"
    status = 404
    sentence = _("The plan has no such focus area any more; nothing was changed.")
    hint = _LOOK_AGAIN


class PlanSourceUnreadable(BusinessError):
    code = "plan_source_unreadable"
    status = 404
    sentence = _("What the plan should start from cannot be found, or is not yours to read; no plan was made.")
    hint = _("Begin with an empty plan, or from feedback that you received or sent.")


class PlanWithManager(BusinessError):
    code = "plan_with_manager"
    sentence = _("The plan is with the line manager of today already; nothing was changed.")
    hint = _LOOK_AGAIN
