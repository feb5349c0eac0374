"""What cannot be done in a workshop, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class WorkshopClosed(BusinessError):
    code = "workshop_closed"
    sentence = _("This workshop is closed; nothing was changed.")
    hint = _("Open it again to read its minutes.")


class CardMoved(BusinessError):
    code = "workshop_card_moved"
    sentence = _("Somebody else has moved this card in the meantime; nothing was changed.")
    hint = _("Look at the board as it stands now and move it again if you still want to.")


class BoardChanged(BusinessError):
    code = "workshop_board_changed"
    sentence = _("The board has changed since you opened this page; the workshop was not closed.")
    hint = _("Go through the decisions once more and close it then. Nobody's votes are lost.")


class CardsNotMergeable(BusinessError):
    code = "workshop_cards_not_mergeable"
    sentence = _("These two cards cannot be merged; nothing was changed.")
    hint = _("Choose another card of the same workshop that was not merged already.")


class NobodyToInvite(BusinessError):
    code = "workshop_without_members"
    status = 422
    sentence = _("Nobody in this team holds the position “%(position)s”, so the workshop was not opened.")
    hint = _("Choose another team or position. Those who lead a workshop do not count as its members.")


class AdoptedTwice(BusinessError):
    code = "workshop_metric_adopted_twice"
    status = 422
    sentence = _("Two adopted cards are about “%(name)s”; the workshop was not closed.")
    hint = _("Merge them on the board, or put one aside.")


class ReasonMissing(BusinessError):
    code = "workshop_reason_missing"
    status = 422
    sentence = _("“%(name)s” has no reason yet; the workshop was not closed.")
    hint = _("Say in a few words why it is adopted or not. Its author reads it in the minutes.")
