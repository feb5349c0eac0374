"""Notes of a talk. They save themselves, and no window ever writes over words it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.coaching.errors.one_on_ones import NoteBusy, NoteTooLong
from accord.coaching.models import OneOnOne, TalkNote
from accord.people.models import Employee

LONGEST_NOTE = 20_000
MOST_WINDOWS = 6
_TRIES = 8


@dataclass(frozen=True)
class SavedNote:
    """A note after a save; `is_aside` when another window was faster and both texts are kept."""

    note: TalkNote
    is_aside: bool = False


def save_note(talk: OneOnOne, author: Employee, kind: str, text: str, edition: int, window: str = "") -> SavedNote:
    """Keep what one window wrote over the edition it saw. Raises NoteTooLong, or NoteBusy after many losses.

    Where another window of the author saved meanwhile, its text stays and this one is set aside, until the author
    chooses. Notes are nobody's event: who writes when is nobody's business.
    """
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(limit=LONGEST_NOTE)
    for _attempt in range(_TRIES):
        saved = _try(talk, author, kind, text, edition, window)
        if saved:
            return saved
    raise NoteBusy


def choose_words(note: TalkNote, window: str, choice: str) -> TalkNote:
    """End a conflict with what one window wrote: `stored`, `aside` or `both` stays. Raises NoteBusy if it moved on."""
    if window not in note.asides:
        return note
    aside = note.asides[window]
    texts = {"stored": note.text, "aside": aside, "both": f"{note.text}\n\n{aside}".strip()}
    rest = {name: text for name, text in note.asides.items() if name != window}
    seen = TalkNote.objects.filter(pk=note.pk, edition=note.edition)
    if not seen.update(text=texts[choice], window="", asides=rest, edition=note.edition + 1, saved_at=timezone.now()):
        note.refresh_from_db()
        if window in note.asides:
            raise NoteBusy
        return note  # A second click: it was chosen already.
    note.refresh_from_db()
    return note


def _try(talk: OneOnOne, author: Employee, kind: str, text: str, edition: int, window: str) -> SavedNote | None:
    now = timezone.now()
    note = TalkNote.objects.filter(one_on_one=talk, author=author, kind=kind).first()
    if note is None:
        try:
            with transaction.atomic():
                made = TalkNote.objects.create(
                    one_on_one=talk, author=author, kind=kind, text=text, window=window, edition=1, saved_at=now
                )
        except IntegrityError:
            return None
        return SavedNote(made)
    is_newest = edition == note.edition or bool(window and window == note.window)
    if text == note.text or (not is_newest and note.asides.get(window) == text):
        return SavedNote(note, is_aside=text != note.text)
    if not is_newest and window not in note.asides and len(note.asides) >= MOST_WINDOWS:
        raise NoteBusy
    change = {"text": text, "window": window} if is_newest else {"asides": {**note.asides, window: text}}
    # An aside moves no edition: the window that holds the newer text goes on. Two asides at once meet on `asides`.
    seen = TalkNote.objects.filter(pk=note.pk, edition=note.edition, asides=note.asides)
    if not seen.update(saved_at=now, edition=note.edition + is_newest, **change):
        return None
    note.refresh_from_db()
    return SavedNote(note, is_aside=not is_newest)
