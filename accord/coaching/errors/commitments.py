"""What cannot be done with a commitment, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class CommitmentChanged(BusinessError):
    code = "commitment_changed"
    sentence = _("This commitment has changed since you opened it; nothing was changed now.")
    hint = _("Open it again to see where it stands. You may have it open in another window.")


class CommitmentRecorded(BusinessError):
    code = "commitment_recorded"
    sentence = _("This form has recorded “%(text)s” already; what it says now was not recorded.")
    hint = _("If it is one more commitment, record it once more. To put the first one off, open it.")


class PromisedToOneself(BusinessError):
    code = "commitment_to_oneself"
    sentence = _("A commitment is made to another person; this one would be to yourself.")
    hint = _("Choose who follows it with you.")


class PartnerHasLeft(BusinessError):
    code = "commitment_partner_has_left"
    sentence = _("%(name)s has left; nothing new is agreed with them.")
    hint = _("Agree it with whoever has taken over.")
