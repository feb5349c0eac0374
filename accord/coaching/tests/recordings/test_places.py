"""Where recordings may lie, as the settings say."""

from pathlib import Path

import pytest

from accord.config.settings.recordings import recording_place

HOME = Path("/srv/accord")


def test_a_folder_unless_told_otherwise() -> None:
    place = recording_place("", HOME)
    assert (place.folder, place.endpoint) == (HOME / "files" / "recordings", "")


def test_a_bucket_with_its_keys() -> None:
    place = recording_place("s3://KEY:s%2Fcret@store.example:9000/voices/accord?region=cn-north-1", HOME)
    assert (place.endpoint, place.bucket, place.prefix) == ("https://store.example:9000", "voices", "accord")
    assert (place.region, place.user, place.secret) == ("cn-north-1", "KEY", "s/cret")
    assert "cret" not in repr(place)
    assert recording_place("s3://a:b@127.0.0.1/x?plain=1", HOME).endpoint == "http://127.0.0.1"


@pytest.mark.parametrize("url", ["http://store/x", "s3://store", "s3:///bucket", "/srv"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="ACCORD_RECORDINGS"):
        recording_place(url, HOME)
