"""What can happen: every fact that any app declares."""

from accord.foundation import events as foundation
from accord.metrics import events as metrics

EVENTS = {**foundation.EVENTS, **metrics.EVENTS}
