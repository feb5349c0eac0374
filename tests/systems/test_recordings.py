"""Recordings in a bucket of an object store, all the way, and what happens when it refuses or is away.

Here the bucket is held in memory. Against a real one: `ACCORD_TEST_S3=http://127.0.0.1:18900 pytest tests/systems`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import obstore
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from obstore.store import S3Store
from pytest_django import Settings

from accord.coaching.checks import recordings as check
from accord.coaching.errors.recordings import RecordingsAway
from accord.coaching.models import Recording
from accord.coaching.services.recordings import uploading
from accord.coaching.services.recordings.keeping import STRAY_WAITS, delete_expired, forget_strays
from accord.coaching.services.recordings.store import RETRIES, store
from accord.coaching.services.recordings.uploading import take
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import WEBM, begun, recorded, sound
from accord.coaching.tests.recordings.test_pages import TUS, media
from accord.coaching.tests.recordings.test_pages import patch as send
from accord.config.settings.recordings import recording_place
from tests.cast import Cast, client_of
from tests.systems.bucket import Bucket, serving

pytestmark = pytest.mark.django_db(transaction=True)
# More than a client of S3 sends in one go unless told to.
LARGE = WEBM + bytes(range(256)) * (11 << 12)
HALF = len(LARGE) // 2


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setitem(RETRIES, "max_retries", 1)
    with serving() as bucket:
        url = f"{bucket.url}/{secrets.token_hex(4)}/accord?plain=1"
        settings.ACCORD_RECORDINGS = recording_place(url, Path(settings.HOME))
        store.cache_clear()
        yield bucket
        store.cache_clear()


def names() -> set[str]:
    return {name for name, _ in store().names()}


def lost(content: bytes) -> Iterator[bytes]:
    """A connection that breaks after `content`."""
    yield content
    raise OSError("gone")


def test_a_recording_lives_in_a_bucket_and_leaves_nothing_there(cast: Cast, bucket: Bucket) -> None:
    feedback, client = draft(cast.colleague, cast.xiaozhang), client_of(cast.colleague)
    come = lost(LARGE[:HALF])
    recording = take(begun(feedback, LARGE), 0, lambda _: next(come))
    assert (recording.state, recording.received) == ("uploading", HALF)
    place = reverse("coaching:recording_upload", args=[recording.pk])
    assert client.head(place, **TUS)["Upload-Offset"] == str(HALF)
    assert send(client, place, HALF, LARGE[HALF:]).status_code == 204
    recording.refresh_from_db()
    whole = client.get(media(recording)).getvalue()
    assert whole.endswith(LARGE[len(WEBM) :])
    assert hashlib.sha256(whole).hexdigest() == recording.digest
    assert names() == {recording.stored_as}
    assert not [each for each in bucket.asked if "uploadId" in each or "?uploads" in each], "parts may be left over"
    heard = [each for each in bucket.asked if each.startswith("GET") and recording.stored_as in each]
    assert len(heard) == 3, "no answer stays open for as long as somebody listens"
    size = len(whole)
    middle = 4 << 20
    for first, last in ((0, 0), (middle - 9, middle + 9), (size - 9, size - 1)):
        part = client.get(media(recording), headers={"Range": f"bytes={first}-{last}"})
        assert (part.status_code, part["Content-Range"]) == (206, f"bytes {first}-{last}/{size}")
        assert part.getvalue() == whole[first : last + 1]
    assert client.get(media(recording), headers={"Range": f"bytes={size}-"}).status_code == 416
    assert client.post(reverse("coaching:recording_delete", args=[recording.pk])).status_code == 302
    assert names() == set()
    assert client.get(media(recording)).status_code == 410


def test_the_night_takes_what_is_ours_and_nothing_else(cast: Cast, bucket: Bucket, settings: Settings) -> None:
    feedback, place = draft(cast.colleague, cast.xiaozhang), settings.ACCORD_RECORDINGS
    beside = S3Store(
        place.bucket,
        endpoint=place.endpoint,
        prefix=place.prefix,
        region=place.region,
        access_key_id=place.user,
        secret_access_key=place.secret,
        client_options={"allow_http": True},
        virtual_hosted_style_request=False,
    )
    obstore.put(beside, "contracts/2026.pdf", b"%PDF")
    old, kept, stray = recorded(feedback), recorded(feedback), recorded(feedback)
    Recording.objects.filter(pk=stray.pk).delete()
    Recording.objects.filter(pk=kept.pk).update(keep_until=old.keep_until + timedelta(days=9))
    assert delete_expired(old.keep_until + timedelta(days=1)) == 1
    assert names() == {kept.stored_as, stray.stored_as}
    assert forget_strays(timezone.now()) == 0
    assert forget_strays(timezone.now() + STRAY_WAITS + timedelta(minutes=1)) == 1
    assert names() == {kept.stored_as}
    assert bytes(obstore.get(beside, "contracts/2026.pdf").bytes()) == b"%PDF"
    settings.ACCORD_RECORDINGS = replace(place, bucket="absent")
    store.cache_clear()
    assert [each.id for each in check()] == ["accord.E020"]
    with pytest.raises(RecordingsAway):
        recorded(feedback)


@pytest.mark.parametrize("fault", ["refuses", "away"])
def test_a_bucket_that_cannot_be_reached_is_said_and_costs_nothing(cast: Cast, bucket: Bucket, fault: str) -> None:
    feedback, client, content = draft(cast.colleague, cast.xiaozhang), client_of(cast.colleague), sound()
    ready, recording = recorded(feedback), begun(feedback, content)
    place = reverse("coaching:recording_upload", args=[recording.pk])
    assert send(client, place, 0, content[:1_000]).status_code == 204
    before = names()

    def fail(is_failing: bool, after: int = 0) -> None:
        bucket.refuses = is_failing and fault == "refuses"
        bucket.answers = after if is_failing and fault == "away" else None

    assert list(check()) == []
    assert names() == before
    fail(True)
    assert [each.id for each in check()] == ["accord.E020"]
    answer = send(client, place, 1_000, content[1_000:])
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "recordings_away")
    assert client.head(place, **TUS)["Upload-Offset"] == "1000"
    brought = {"recording": SimpleUploadedFile("memo.webm", content, "audio/webm")}
    assert client.post(reverse("coaching:recording_file", args=[feedback.pk]), brought).status_code == 500
    assert Recording.objects.count() == 2, "what a form began nobody can go on with"
    page = client.get(media(ready))
    assert page.status_code == 500
    assert "存放录音录像的地方" in page.content.decode()
    # Deleted is deleted: nobody reaches it any more, and the night takes the content.
    assert client.post(reverse("coaching:recording_delete", args=[ready.pk])).status_code == 302
    with pytest.raises(RecordingsAway):
        forget_strays(timezone.now() + STRAY_WAITS + timedelta(minutes=1))
    fail(False)
    assert names() == before
    assert recording.pieces.count() == 1
    assert client.get(media(ready)).status_code == 410
    assert forget_strays(timezone.now() + STRAY_WAITS + timedelta(minutes=1)) == 1
    # Away again between the last piece and putting them together.
    with patch.object(uploading, "finish", side_effect=RecordingsAway):
        assert send(client, place, 1_000, content[1_000:]).status_code == 500
    fail(True, after=3)
    told = {"CONTENT_TYPE": "application/offset+octet-stream"}
    assert send(client, place, len(content), b"", **told).status_code == 500
    fail(False)
    assert send(client, place, len(content), b"", **told).status_code == 204
    recording.refresh_from_db()
    whole = b"".join(store().pieces(recording.stored_as))
    assert whole.endswith(content[len(WEBM) :])
    assert hashlib.sha256(whole).hexdigest() == recording.digest
    assert names() == {recording.stored_as}
