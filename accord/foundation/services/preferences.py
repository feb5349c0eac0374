"""What a person chose about language and mail."""

from django.db import transaction

from accord.foundation.models import NotificationPreference, User
from accord.foundation.notices import kinds


@transaction.atomic
def choose_mail_modes(user: User, modes: dict[str, str]) -> None:
    """Keep how `user` wants to hear of each kind. A choice equal to the default is no choice and follows it later."""
    NotificationPreference.objects.filter(user=user, kind__in=modes).delete()
    NotificationPreference.objects.bulk_create(
        NotificationPreference(user=user, kind=code, mode=mode)
        for code, mode in modes.items()
        if mode != kinds()[code].default_mode
    )
