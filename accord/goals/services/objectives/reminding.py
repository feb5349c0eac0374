"""The weekly reminder: once, late in the week, only to those whose key results have no line yet."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accord.domain.periods import Frequency, Period
from accord.foundation.models import User
from accord.foundation.services.notifications import Notice, notify_many
from accord.goals.notices.objectives import CHECK_IN_DUE
from accord.goals.queries.check_in_lines import waiting_for

REMIND_FROM = 3
"""The day of the week from which it is worth a word: Thursday."""


def remind_of_check_ins(today: date) -> int:
    """Tell each owner with key results that have no line in the week of `today`, once a week. Returns how many.

    Run every day: before Thursday it does nothing, and whoever has done their lines since is not told.
    """
    if today.weekday() < REMIND_FROM:
        return 0
    week = Period.of(today, Frequency.WEEK)
    owners = waiting_for(week, today)
    users = User.objects.filter(pk__in=owners, is_active=True)
    url = reverse("goals:objectives_check_in")
    notices = [Notice(user, f"week:{week.label}", {"count": owners[user.pk]}, url) for user in users]
    notify_many(CHECK_IN_DUE.code, notices)
    return len(notices)
