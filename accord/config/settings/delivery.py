"""Mail, jobs and logging."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

_MAIL = urlsplit(os.environ.get("ACCORD_MAIL_URL", ""))

# Without a mail server messages stay in the app; nothing is sent into the void silently.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _MAIL.hostname else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_PORT = _MAIL.port or 25
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_USE_TLS = _MAIL.scheme == "smtp+tls"
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ACCORD_MAIL_FROM", "Accord <accord@localhost>")
# The daily digest goes out after this hour, in each reader's own time zone.
DIGEST_HOUR = int(os.environ.get("ACCORD_DIGEST_HOUR", "8"))
# Who outside gets the newest head of the archive each day, separated by commas.
ARCHIVE_WITNESSES = [each.strip() for each in os.environ.get("ACCORD_ARCHIVE_WITNESSES", "").split(",") if each.strip()]
# Whom to ask for a password where there is no mail server: a name, a room, a number. Shown on the login pages.
CONTACT = os.environ.get("ACCORD_CONTACT", "")

_BROKER = os.environ.get("ACCORD_BROKER_URL", "")
TASKS = {
    "default": {
        "BACKEND": (
            "accord.foundation.jobs.celery_backend.CeleryBackend"
            if _BROKER
            else "accord.foundation.jobs.lease_backend.LeaseBackend"
        ),
        "QUEUES": ["default"],
    }
}
CELERY_BROKER_URL = _BROKER
CELERY_TASK_DEFAULT_QUEUE = "default"
# What differs from accord.foundation.jobs.options.JobOptions.
ACCORD_JOBS: dict[str, Any] = {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ACCORD_LOG", "WARNING")},
}
