"""What can happen: every fact that any app declares."""

from accord.foundation import events as foundation

EVENTS = {**foundation.EVENTS}
