from accord.foundation.models.events import Delivery, Event
from accord.foundation.models.imports import ImportRun
from accord.foundation.models.jobs import Job, ScheduledRun, Worker
from accord.foundation.models.notifications import Notification, NotificationPreference
from accord.foundation.models.users import User

__all__ = [
    "Delivery",
    "Event",
    "ImportRun",
    "Job",
    "Notification",
    "NotificationPreference",
    "ScheduledRun",
    "User",
    "Worker",
]
