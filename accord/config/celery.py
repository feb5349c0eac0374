"""Entry point for Celery: `celery -A accord.config.celery worker -Q default`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accord.config.settings")

from accord.foundation.jobs.celery_backend import app

__all__ = ["app"]
