"""Settings, read from a few `ACCORD_…` environment variables; every one has a safe default for one machine."""

import os
from pathlib import Path

from accord.config.settings.database import database_from_url
from accord.config.settings.secret import secret_key_in

HOME = Path(os.environ.get("ACCORD_HOME", Path.cwd() / ".accord")).resolve()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = os.environ.get("ACCORD_DEBUG", "") == "1"
# The demo company lets a visitor become any of its people with one click; never true for real data.
DEMO = os.environ.get("ACCORD_DEMO", "") == "1"
SECRET_KEY = os.environ.get("ACCORD_SECRET_KEY") or secret_key_in(HOME)
ALLOWED_HOSTS = os.environ.get("ACCORD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BASE_URL = os.environ.get("ACCORD_BASE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    # Before allauth, so that its pages come in our look.
    "accord.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accord.people",
    "accord.metrics",
    "accord.workflow",
    "accord.goals",
    "accord.alerts",
    "accord.coaching",
    "accord.insights",
    "accord.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accord.foundation.middleware.ReaderPreferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "accord.people.middleware.StandingOncePerRequest",
    "accord.foundation.middleware.PrivatePages",
    "accord.foundation.middleware.ClosedDevices",
    "accord.foundation.middleware.BusinessErrors",
]

ROOT_URLCONF = "accord.config.urls"
WSGI_APPLICATION = "accord.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accord.foundation.navigation.navigation",
                "accord.foundation.bell.bell",
                "accord.foundation.personas.personas",
            ],
        },
    }
]

FORM_RENDERER = "accord.foundation.components.forms.Renderer"

DATABASES = {"default": database_from_url(os.environ.get("ACCORD_DATABASE_URL", ""), HOME)}
# SQLite cannot hold one constraint on roles, and every command would say so; grants take turns, so it is held anyway.
SILENCED_SYSTEM_CHECKS = ["models.W047"]
# Values of periods that ended so many months ago go into files, and these files are deleted; 0: never.
VALUES_MONTHS = int(os.environ.get("ACCORD_VALUES_MONTHS", "0"))
STORED_VALUES_MONTHS = int(os.environ.get("ACCORD_STORED_VALUES_MONTHS", "0"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = os.environ.get("ACCORD_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Folders below which sources may read files, separated by commas; without any, none are read.
_FOLDERS = os.environ.get("ACCORD_SOURCE_FOLDERS", "").split(",")
ACCORD_SOURCE_FOLDERS = [each.strip() for each in _FOLDERS if each.strip()]
if DEMO and not ACCORD_SOURCE_FOLDERS:
    ACCORD_SOURCE_FOLDERS = [str(HOME / "sources")]

from accord.config.settings.delivery import *
from accord.config.settings.recordings import RECORDING_DAYS as RECORDING_DAYS
from accord.config.settings.recordings import recording_place
from accord.config.settings.security import *

ACCORD_RECORDINGS = recording_place(os.environ.get("ACCORD_RECORDINGS", ""), HOME)

# Dotted names of the composition tables; foundation reads them without importing accord.config.
ACCORD_EVENTS = "accord.config.events.EVENTS"
ACCORD_REACTIONS = "accord.config.reactions.REACTIONS"
ACCORD_SCHEDULE = "accord.config.schedule.SCHEDULE"
ACCORD_PAGES = "accord.config.pages.PAGES"
ACCORD_PANELS = "accord.config.panels.PANELS"
ACCORD_IMPORTS = "accord.config.imports.IMPORTS"
ACCORD_NOTICES = "accord.config.notices.NOTICES"
ACCORD_DOCUMENT_READERS = "accord.config.document_readers.DOCUMENT_READERS"
ACCORD_ARCHIVE_WORDS = "accord.config.archive_words.ARCHIVE_WORDS"
ACCORD_DESIGN_KINDS = "accord.config.designs.DESIGN_KINDS"
ACCORD_DESIGN_PAGES = "accord.config.designs.DESIGN_PAGES"
ACCORD_OWN_DATA = "accord.config.own_data.OWN_DATA"
ACCORD_PREFILL = "accord.config.prefill.PREFILL"
ACCORD_SERIES_TARGETS = "accord.config.targets.SERIES_TARGETS"
ACCORD_PERSONAS = "accord.config.personas.PERSONAS"
# Run after `accord migrate`; each does nothing where it has been done.
ACCORD_INSTALL = (
    "accord.goals.services.position_map.install_shipped_map",
    # After the families, which its expectations name.
    "accord.coaching.services.shipping.install_shipped_learning",
)
