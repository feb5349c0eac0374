"""What cannot be done with feedback, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class FeedbackToOneself(BusinessError):
    code = "feedback_to_oneself"
    status = 422
    sentence = _("Feedback goes to somebody else; nothing was sent.")
    hint = _("Choose the colleague it is for. What you wrote is still there.")


class ReceiverLeft(BusinessError):
    code = "feedback_receiver_left"
    status = 422
    sentence = _("%(name)s does not work here any more; nothing was sent.")
    hint = _("What you wrote is kept as a draft; you can throw it away.")


class NoLineManager(BusinessError):
    code = "feedback_no_line_manager"
    status = 422
    sentence = _("%(name)s has no line manager who could read it; nothing was sent.")
    hint = _("Choose “Only the two of us”.")


class LineManagerChanged(BusinessError):
    code = "feedback_line_manager_changed"
    sentence = _("The line manager of %(name)s has changed since you wrote this; nothing was sent.")
    hint = _("Open the draft again: it names who would read it now.")


class OnlyRecognitionForTeam(BusinessError):
    code = "feedback_team_recognition_only"
    status = 422
    sentence = _("Only recognition can be shown to the whole team.")
    hint = _("Choose who else reads it, or make it a recognition.")


class FeedbackUnfinished(BusinessError):
    code = "feedback_unfinished"
    status = 422
    sentence = _("Situation, behaviour and impact are needed before it can be sent.")
    hint = _("One sentence each is enough.")


class FeedbackTooLong(BusinessError):
    code = "feedback_too_long"
    status = 422
    sentence = _("A part of this feedback is longer than %(most)s characters; nothing was saved.")
    hint = _("Keep to one occasion; a second one is a feedback of its own.")


class TooManyCompetencies(BusinessError):
    code = "feedback_too_many_competencies"
    status = 422
    sentence = _("A feedback names up to %(most)s competencies; what stands here is not saved yet.")
    hint = _("Take one of them back. A second occasion is a feedback of its own.")


class TooManyDrafts(BusinessError):
    code = "feedback_too_many_drafts"
    status = 422
    sentence = _("You have %(most)s drafts of feedback already; this one was not kept.")
    hint = _("Send some of them or throw them away. What stands here stays in this window.")


class DraftChanged(BusinessError):
    code = "feedback_draft_changed"
    sentence = _("This draft was changed in another window; what stands here is not saved yet.")
    hint = _("Compare the two below. Saving again keeps the words that stand in this form.")


class FeedbackSent(BusinessError):
    code = "feedback_sent_already"
    sentence = _("This feedback has been sent already; nothing was changed.")
    hint = _("Open it to see it as it was sent. You may have it open in another window.")


class FeedbackWithdrawn(BusinessError):
    code = "feedback_withdrawn"
    status = 410
    sentence = _("The author withdrew this feedback before you opened it.")
    hint = _("Nothing is expected of you.")


class FeedbackRead(BusinessError):
    code = "feedback_read_already"
    sentence = _("%(name)s has read this feedback already; it can't be withdrawn any more.")
    hint = _("Write a line below it if something needs to be put right.")


class ThreadFull(BusinessError):
    code = "feedback_thread_full"
    sentence = _("There are %(most)s messages below this feedback already; yours was not added.")
    hint = _("Take it into your next talk: that is quicker for both.")


class RequestClosed(BusinessError):
    code = "feedback_request_closed"
    sentence = _("This request for feedback is answered or declined already; nothing was changed.")
    hint = _("You may have it open in another window.")


class TooManyRequests(BusinessError):
    code = "feedback_too_many_requests"
    status = 422
    sentence = _("You wait for %(open)s answers already; nobody was asked.")
    hint = _("At most %(most)s requests stand open at once. Wait for some of the answers, or ask in person.")


class NoNextTalk(BusinessError):
    code = "feedback_no_next_talk"
    sentence = _("No one-on-one is planned for you; nothing was put on an agenda.")
    hint = _("Arrange one with your line manager, then take the feedback there.")
