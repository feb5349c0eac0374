"""Messages to one person. Quiet by default: a digest a day, at once only what is urgent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailMode(models.TextChoices):
    """How a message reaches a person outside the app."""

    AT_ONCE = "at_once", _("mail at once")
    DIGEST = "digest", _("in the daily digest")
    APP_ONLY = "app_only", _("in the app only")


class Notification(models.Model):
    """One message, kept as a kind with plain values so that it is shown in the reader's own language.

    `mode` was settled when the message was left, from its urgency and the reader's preference. `mailed_at` is when a
    mail with it was *claimed*, which is just before the sending: see services.notification_mail.
    """

    class Urgency(models.TextChoices):
        DIGEST = "digest", _("in the daily digest")
        AT_ONCE = "at_once", _("at once")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    mode = models.CharField(max_length=10, choices=MailMode.choices, default=MailMode.DIGEST)
    # Notifying twice for the same cause (a reaction run again) changes nothing.
    cause = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "cause"], name="one_notification_per_cause")
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_of_recipient"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notifications_unread"),
            models.Index(
                fields=["mode", "recipient"],
                condition=models.Q(mailed_at=None, read_at=None, mode__in=["at_once", "digest"]),
                name="notifications_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class NotificationPreference(models.Model):
    """How one person wants to hear of one kind; without a row the kind's own default holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    mode = models.CharField(max_length=10, choices=MailMode.choices)

    class Meta:
        db_table = "notification_preferences"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_preference_per_kind")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.mode}"
