"""Why a word about a warning of the fit check is not taken."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NothingToOverride(BusinessError):
    code = "nothing_to_override"
    sentence = _("The fit check does not say this about the agreement any more; nothing was kept.")
    hint = _("Open the agreement again. Its lines, the position map or the metric may have changed in the meantime.")


class TermsNotEdited(BusinessError):
    code = "fit_terms_not_edited"
    sentence = _("The agreement is not being edited any more, so no reason can be added to it.")
    hint = _("What is being signed or in force stays as it is. A reason can be given in the next amendment.")


class WordMissing(BusinessError):
    code = "fit_word_missing"
    status = 422
    sentence = _("A warning stays only with a reason of 1 to %(most)d characters; nothing was kept.")
    hint = _("Write in one sentence why this KPI belongs into the agreement all the same.")
