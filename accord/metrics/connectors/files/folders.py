"""Which files may be read: those below a folder that an administrator named."""

from __future__ import annotations

from pathlib import Path, PurePath

from django.conf import settings

from accord.metrics.errors.connectors import FolderNotNamed


def inside_named_folder(path: str) -> Path:
    """Where `path` lies below one of the named folders; a path that is not absolute is meant below the first that has
    it. Raises FolderNotNamed for any other, also where dots or a link lead out.
    """
    places = [place for folder in map(Path, settings.ACCORD_SOURCE_FOLDERS) if (place := _below(folder, path))]
    if not places:
        raise FolderNotNamed(folder=path)
    return next((place for place in places if place.exists()), places[0])


def _below(folder: Path, path: str) -> Path | None:
    root = folder.resolve()
    asked = PurePath(path)
    if not path.strip() or "\0" in path or ".." in asked.parts:
        return None
    if asked.is_absolute():
        above = next((each for each in (folder, root) if asked.is_relative_to(each)), None)
        if above is None:
            return None
        asked = asked.relative_to(above)
    found = root / asked
    # No link on the way is followed, not even one that stays inside: it may lead elsewhere tomorrow.
    return found if found.resolve() == found else None
