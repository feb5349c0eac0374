"""Chinese is complete: every text a person can see has its sentence in the .po file of the app that says it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ACCORD = Path(__file__).parents[2] / "accord"
APPS = sorted(path.parent.name for path in ACCORD.glob("*/__init__.py") if path.parent.name != "config")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACES = re.compile(r"%\((\w+)\)")
# Chinese sentences take the wide marks; a number such as 1,000 or a time such as 10:00 keeps its own.
NARROW_MARK = re.compile(r"[\u3400-\u9fff][,;:?!](?!//)|[,;?!](?=[\u3400-\u9fff])")


def messages(app: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield file, msgid and context of every translatable text in an app."""
    for path in sorted((ACCORD / app).rglob("*")):
        if {"tests", "migrations"} & set(path.parts):
            continue
        if path.suffix == ".py":
            method, source = "python", path.read_text("utf-8")
        elif path.suffix in (".html", ".txt"):
            # Django turns a template into pseudo code that is not quite Python; the other reader does not mind.
            method, source = "javascript", templatize(path.read_text("utf-8"), origin=str(path))
        else:
            continue
        for _line, message, _comments, context in extract(method, io.BytesIO(source.encode()), keywords=KEYWORDS):
            yield str(path.relative_to(ACCORD)), message[0] if isinstance(message, tuple) else message, context


def catalog(app: str) -> Catalog:
    path = ACCORD / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("app", APPS)
def test_every_text_is_there_in_chinese(app: str) -> None:
    chinese = catalog(app)
    missing = []
    for where, message, context in messages(app):
        found = chinese.get(message, context)
        if found is None or not found.string or found.fuzzy:
            missing.append(f"{where}: {message}")
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("app", APPS)
def test_no_translation_loses_or_invents_a_place(app: str) -> None:
    wrong = []
    for message in catalog(app):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = {place for text in ids for place in PLACES.findall(text)}
        wrong += [text for text in texts if message.id and not set(PLACES.findall(text)) <= allowed]
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_chinese_sentences_use_chinese_marks(app: str) -> None:
    texts = [
        text
        for message in catalog(app)
        for text in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]
    assert not [text for text in texts if NARROW_MARK.search(text)]
