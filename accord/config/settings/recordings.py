"""Where voice and video messages lie, and how long."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

# After so many days a recording is deleted; the words of the feedback stay.
RECORDING_DAYS = int(os.environ.get("ACCORD_RECORDING_DAYS", "365"))


@dataclass(frozen=True)
class RecordingPlace:
    """A folder of this machine, or a bucket of an object store if `endpoint` is set."""

    folder: Path
    endpoint: str = ""
    bucket: str = ""
    prefix: str = ""
    region: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)


def recording_place(url: str, home: Path) -> RecordingPlace:
    """Read `s3://KEY:SECRET@host:port/bucket/prefix?region=…&plain=1`; without a url it is a folder below `home`.

    `plain` is for a store on one's own machine that speaks no TLS. Raises ValueError for anything else.
    """
    folder = home / "files" / "recordings"
    if not url:
        return RecordingPlace(folder)
    parts = urlsplit(url)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        raise ValueError("ACCORD_RECORDINGS must look like s3://KEY:SECRET@host/bucket/prefix")
    options = parse_qs(parts.query)
    host = parts.netloc.rpartition("@")[2]
    return RecordingPlace(
        folder,
        endpoint=f"{'http' if options.get('plain') == ['1'] else 'https'}://{host}",
        bucket=bucket,
        prefix=prefix,
        region=options.get("region", ["us-east-1"])[0],
        user=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
    )
