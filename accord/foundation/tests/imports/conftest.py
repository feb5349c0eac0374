import pytest

from accord.foundation.models import User
from tests.cast import Cast

PAGES = ()


@pytest.fixture(autouse=True)
def _ground_floor_only(settings, tmp_path, monkeypatch):
    """`cars` is the only kind, the side bar leads to no upper floor, files go to a folder of the test's own."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.ACCORD_IMPORTS = "accord.foundation.tests.imports.cars.KINDS"
    settings.ACCORD_PAGES = f"{__name__}.PAGES"
    monkeypatch.delenv("LANGUAGE", raising=False)


@pytest.fixture
def jobs_at_once(settings):
    """Jobs run where they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def jobs_later(settings):
    """Jobs are only noted."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def hrbp(cast: Cast) -> User:
    """May bring files in."""
    return cast.hrbp_wang.user


@pytest.fixture
def onlooker(cast: Cast) -> User:
    """May see what was brought in."""
    return cast.auditor.user


@pytest.fixture
def stranger(cast: Cast) -> User:
    return cast.stranger.user
