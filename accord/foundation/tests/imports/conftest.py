import pytest
from django.contrib.auth.models import Permission

from accord.foundation import registry
from accord.foundation.models import User
from accord.foundation.tests.imports.cars import CARS


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, monkeypatch):
    """Files go to a folder of the test's own; `cars` is the only kind."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    settings.ACCORD_IMPORTS = "accord.foundation.tests.imports.conftest.KINDS"
    registry.table.cache_clear() if hasattr(registry.table, "cache_clear") else None
    monkeypatch.setenv("LANGUAGE", "")
    yield
    registry.table.cache_clear() if hasattr(registry.table, "cache_clear") else None


KINDS = {"cars": CARS}


@pytest.fixture
def jobs_at_once(settings):
    """Jobs run where they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def jobs_later(settings):
    """Jobs are only noted."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def _user(name: str, *rights: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.com", "secret", name=name)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights, content_type__app_label="foundation"))
    return user


@pytest.fixture
def hrbp(db) -> User:
    return _user("王HRBP", "add_importrun", "view_importrun")


@pytest.fixture
def onlooker(db) -> User:
    return _user("审计", "view_importrun")


@pytest.fixture
def stranger(db) -> User:
    return _user("外人")
