from accord.foundation.models.attempts import AttemptCount
from accord.foundation.models.events import Delivery, Event
from accord.foundation.models.imports import ImportRun
from accord.foundation.models.jobs import Job, ScheduledRun, Worker
from accord.foundation.models.notifications import MailMode, Notification, NotificationPreference
from accord.foundation.models.users import User

__all__ = [
    "AttemptCount",
    "Delivery",
    "Event",
    "ImportRun",
    "Job",
    "MailMode",
    "Notification",
    "NotificationPreference",
    "ScheduledRun",
    "User",
    "Worker",
]
