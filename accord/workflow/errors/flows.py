"""What cannot be done with a flow, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class AlreadyDecided(BusinessError):
    """Somebody was faster: `name` did `what` to it."""

    code = "flow_already_decided"
    sentence = _("%(name)s was faster (%(what)s); nothing was changed by you.")
    hint = _("Open it again to see where it stands now. You may have it open in another window.")


class MovedOn(BusinessError):
    """The flow went on by one of its own rules."""

    code = "flow_moved_on"
    sentence = _("“%(title)s” has gone on in the meantime; nothing was changed by you.")
    hint = _("Open it again to see where it stands now.")


class FlowOver(BusinessError):
    code = "flow_over"
    sentence = _("“%(title)s” has come to its end already (%(state)s).")
    hint = _("Its history stays readable. Start a new one if something is left to decide.")


class FlowNotPublished(BusinessError):
    code = "flow_not_published"
    sentence = _("This version of the flow is not published, so nothing can be started on it.")
    hint = _("Publish it first, or start on the version that is.")


class NotYourTask(BusinessError):
    code = "flow_not_your_task"
    status = 403
    sentence = _("This is for %(name)s to do.")
    hint = _("Whoever is away can name a delegate for a time.")


class ActionNotOffered(BusinessError):
    code = "flow_action_not_offered"
    sentence = _("This step does not allow that.")
    hint = _("The flow says for each step what may be done. HR can change it in a new version.")


class ReasonNeeded(BusinessError):
    code = "flow_reason_needed"
    status = 422
    sentence = _("Please say why.")
    hint = _("The reason stands in the history, so that whoever reads it can follow.")


class NotWorkingHere(BusinessError):
    code = "flow_not_working_here"
    status = 422
    sentence = _("%(name)s has left and cannot be asked.")
    hint = _("Choose somebody who works here.")


class TakesPartAlready(BusinessError):
    code = "flow_takes_part_already"
    status = 422
    sentence = _("%(name)s takes part in this step already.")
    hint = _("Choose somebody else.")


class StarterCannotDecide(BusinessError):
    code = "flow_starter_cannot_decide"
    status = 422
    sentence = _("%(name)s started this and cannot decide about it.")
    hint = _("Choose somebody else.")


class ConcernedCannotDecide(BusinessError):
    code = "flow_concerned_cannot_decide"
    status = 422
    sentence = _("This is about %(name)s, who cannot decide about it.")
    hint = _("Choose somebody else.")


class NoSuchStepBefore(BusinessError):
    code = "flow_no_such_step_before"
    status = 422
    sentence = _("It cannot be returned to this step.")
    hint = _("Choose one of the steps it has passed already.")


class ChoiceMissing(BusinessError):
    code = "flow_choice_missing"
    status = 422
    sentence = _("“%(node)s” needs people chosen by you: %(least)s to %(most)s who work here.")
    hint = _("Choose them and start again; what you wrote is kept.")


class NudgedAlready(BusinessError):
    code = "flow_nudged_already"
    sentence = _("A reminder went out today already.")
    hint = _("One a day is enough; %(names)s can see it in their list.")


class NobodyToNudge(BusinessError):
    code = "flow_nobody_to_nudge"
    sentence = _("Nobody owes anything here right now.")
    hint = _("The picture of the flow shows what it waits for.")


class MentionedOutsider(BusinessError):
    code = "flow_mentioned_outsider"
    status = 422
    sentence = _("%(name)s takes no part in this and could not open it.")
    hint = _("Only people who can see it can be mentioned.")


class NothingSaid(BusinessError):
    code = "flow_nothing_said"
    status = 422
    sentence = _("The comment is empty.")
    hint = _("Write something, then send it.")


class DelegationNotPossible(BusinessError):
    code = "flow_delegation_not_possible"
    status = 422
    sentence = _(
        "A delegation lasts from today or later to a day within a year, and its last day is not before its first."
    )
    hint = _("Check both days.")


class DelegatesToThemselves(BusinessError):
    code = "flow_delegates_to_themselves"
    status = 422
    sentence = _("You cannot be your own delegate.")
    hint = _("Choose somebody else.")


class CircularDelegation(BusinessError):
    code = "flow_circular_delegation"
    status = 422
    sentence = _("%(name)s has a delegate at that time, and this leads back to you.")
    hint = _("Choose somebody who is there while you are away, or other days.")


class DelegationOver(BusinessError):
    code = "flow_delegation_over"
    sentence = _("This delegation has ended already.")
    hint = _("Make a new one where it is needed.")
