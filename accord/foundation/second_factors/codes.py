"""One-time codes of an authenticator app: each is good once, for all web processes together."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accord.foundation.models import User


def accept_code(user: User, code: str) -> Authenticator | None:
    """The authenticator app of `user` if `code` is right now and neither it nor a later one was used before."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    counter = _counter_of(decrypt(app.data["secret"]), code) if app else None
    if app is None or counter is None:
        return None
    # Compare-and-set: of two requests with one code, one wins, in whatever process they run.
    unused = Q(data__last_counter__isnull=True) | Q(data__last_counter__lt=counter)
    app.data = {**app.data, "last_counter": counter}
    taken = Authenticator.objects.filter(unused, pk=app.pk).update(data=app.data, last_used_at=timezone.now())
    return app if taken else None


def _counter_of(secret: str, code: str) -> int | None:
    typed = "".join(code.split())
    for counter in yield_hotp_counters_from_time():
        if constant_time_compare(typed, format_hotp_value(hotp_value(secret, counter))):
            return int(counter)
    return None
