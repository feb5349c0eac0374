"""Who may sign in. Employment is another thing: see people.Employee."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A login identity; `username` is the employee number for people who were imported."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    time_zone = models.CharField(_("time zone"), max_length=50, default="Asia/Shanghai")

    class Meta:
        db_table = "users"
        verbose_name = _("user")
        indexes = [
            models.Index(Lower("username"), name="users_username_folded"),
            models.Index(Lower("email"), name="users_email_folded"),
        ]

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone; the installation's own where theirs is not one this machine knows."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)

    def get_full_name(self) -> str:
        return self.name or self.username

    def __str__(self) -> str:
        return self.get_full_name()
