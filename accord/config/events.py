"""What can happen: every fact that any app declares."""

from accord.alerts import events as alerts
from accord.coaching import events as coaching
from accord.foundation import events as foundation

EVENTS = {**foundation.EVENTS, **alerts.EVENTS, **coaching.EVENTS}
