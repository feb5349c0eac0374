"""Every error is in the catalogue, in both languages, and its words fit its values."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from accord.foundation.error_catalogue import all_errors, catalogue
from accord.foundation.errors import BusinessError

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
ERRORS = sorted(all_errors(), key=lambda error: error.code)
PLACE = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "write it anew: python -m accord errors > docs/errors.md"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_an_error_says_what_and_what_to_do_in_both_languages(error: type[BusinessError]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", error.code)
    assert 400 <= error.status <= 500
    places = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            sentence, hint = str(error.sentence), str(error.hint)
        assert sentence, f"{error.code} has no sentence"
        assert hint, f"{error.code} has no hint"
        assert bool(HAN.search(sentence) and HAN.search(hint)) == (language == "zh-hans"), f"{error.code} in {language}"
        places[language] = set(PLACE.findall(sentence + hint))
    assert places["en"] == places["zh-hans"]
