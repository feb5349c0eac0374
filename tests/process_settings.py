"""Settings of the processes that tests start: the product's own, in a hurry, with the facts and tasks of tests."""

import os
from datetime import timedelta

from accord.config.settings import *  # noqa: F403

ACCORD_EVENTS = "accord.foundation.tests.effects.EVENTS"
ACCORD_REACTIONS = "accord.foundation.tests.effects.REACTIONS"
ACCORD_SCHEDULE = "accord.foundation.tests.effects.SCHEDULE"
ACCORD_JOBS = {
    "lease": timedelta(seconds=2.5),
    "poll": timedelta(seconds=0.05),
    "first_pause": timedelta(seconds=0.1),
    "dispatch_grace": timedelta(seconds=0.1),
    "stop_within": timedelta(seconds=1),
}
# For Celery's filesystem broker, which is a folder.
_FOLDER = os.environ.get("TEST_BROKER_FOLDER", "")
CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": _FOLDER, "data_folder_out": _FOLDER, "control_folder": _FOLDER}
