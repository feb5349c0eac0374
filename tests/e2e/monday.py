"""Monday at nine in a served instance, on whatever day the tests run: `python -m tests.e2e.monday`.

Writes the reports of the week that ended last, as the job does on that morning, and has the worker mail them.
"""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.story import today
from tests.processes import wait_for


def main() -> None:
    """May be run as often as one likes; returns when the worker has mailed what there was."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "accord.config.settings"
    django.setup()

    from accord.insights.jobs.weekly_reports import mail_weekly_reports
    from accord.insights.services.weekly_reports import write_next

    monday = today() - timedelta(days=today().weekday())
    while write_next(datetime.combine(monday, time(9), ZoneInfo("Asia/Shanghai"))):
        pass
    asked = mail_weekly_reports.enqueue()

    def is_done() -> bool:
        asked.refresh()
        return asked.is_finished

    wait_for(is_done)


if __name__ == "__main__":
    main()
