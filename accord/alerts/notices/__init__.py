"""What alerts may tell a person, by topic."""

from accord.alerts.notices.watch_list import WATCH_LIST_GREW

NOTICES = (WATCH_LIST_GREW,)

__all__ = ["NOTICES", "WATCH_LIST_GREW"]
