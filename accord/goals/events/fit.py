"""Facts about the fit check."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "fit.overridden": EventKind(
        label=_("A warning of the fit check was let stand with a reason"),
        fields=("agreement_id", "code", "metric_id"),
    ),
}
