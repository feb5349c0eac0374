"""Facts that goals announces."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

EVENTS = {
    "kpis.changed": EventKind(label=_("KPIs or their targets changed"), fields=("ranges",)),
}
