"""What people are told when rules, budget or watch list cannot be changed."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class NotWatched(BusinessError):
    code = "alert_not_watched"
    sentence = _("This alert is no longer on the watch list; nothing was changed.")
    hint = _("It has been taken up already, or has recovered. Open it to see how it stands.")


class BudgetTooLarge(BusinessError):
    code = "alert_budget_too_large"
    status = 422
    sentence = _("The number of alerts a month has to lie between 0 and %(most)s; nothing was changed.")
    hint = _("0 means no limit. Most managers can take four talks a month.")


class BudgetChangedMeanwhile(BusinessError):
    code = "alert_budget_changed_meanwhile"
    sentence = _("Somebody else changed the number of alerts a month after you opened the page; nothing was changed.")
    hint = _("Reload the page to see the number as it is now.")
