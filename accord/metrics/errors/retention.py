"""What people may be told about values that have left the database."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError


class PeriodStoredAway(BusinessError):
    code = "period_stored_away"
    sentence = _("The values of %(period)s have left the database for a file of their own; nothing can be added to it.")
    hint = _("An administrator can bring the period back with “accord values back %(period)s”.")


class NotStoredAway(BusinessError):
    code = "period_not_stored_away"
    status = 404
    sentence = _("The values of %(period)s are not in a file.")
    hint = _("“accord values list” shows the periods that are.")


class StoredFileGone(BusinessError):
    code = "stored_file_gone"
    status = 410
    sentence = _("The file with the values of %(period)s was deleted at the end of its retention or is missing.")
    hint = _("Look for “%(file)s” in a backup of the folder “values”; its digest is in the archive.")


class StoredFileChanged(BusinessError):
    code = "stored_file_changed"
    sentence = _("The file with the values of %(period)s is not the one that was written: its digest differs.")
    hint = _("Take “%(file)s” from a backup; nothing was brought back.")


class NoSuchPeriod(BusinessError):
    code = "no_such_period"
    status = 422
    sentence = _("“%(text)s” is not a period.")
    hint = _("Write a week such as 2026-W41, a month such as 2026-10, a quarter such as 2026-Q4 or a day.")
