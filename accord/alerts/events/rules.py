"""Facts about the rules that alerts follow."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "alert_switch.changed": EventKind(_("an alert rule was switched"), ("metric_id", "rule", "is_on")),
    "alert_budget.changed": EventKind(_("the number of alerts a month was changed"), ("per_month",)),
}
