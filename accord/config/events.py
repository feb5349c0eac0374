"""What can happen: every fact that any app declares."""

from accord.alerts import events as alerts
from accord.coaching import events as coaching
from accord.foundation import events as foundation
from accord.goals import events as goals
from accord.insights import events as insights
from accord.metrics import events as metrics
from accord.people import events as people
from accord.workflow import events as workflow

EVENTS = {
    **foundation.EVENTS,
    **people.EVENTS,
    **workflow.EVENTS,
    **metrics.EVENTS,
    **goals.EVENTS,
    **alerts.EVENTS,
    **coaching.EVENTS,
    **insights.EVENTS,
}
