"""What is signed: frozen once, shown whole, and every part of it in the digest."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.documents import FrozenDocument, Signer, Statement, digest_of, rest_of, rows_of, say

WORDS = st.text(max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
PAPER = FrozenDocument(
    kind="agreement",
    subject="agreements:7",
    title="约定",
    text="一、目标",
    content={"rows": [{"label": {"zh": "权重"}, "value": "60%"}], "answers": {"a": ["1", None]}},
    parties=(Signer("A011", "小张", {"zh": "本人", "en": "Employee"}),),
    made_by="A030",
    made_at="2026-11-25T22:00:00Z",
    expires_at="2026-12-09T22:00:00Z",
    nonce="0" * 32,
)


@given(title=WORDS, text=st.text(), content=st.dictionaries(WORDS, PLAIN, max_size=4))
@settings(max_examples=50)
def test_reading_what_was_frozen_gives_the_same_digest(title: str, text: str, content: dict[str, object]) -> None:
    frozen = replace(PAPER, title=title, text=text, content=content).frozen
    assert FrozenDocument.read(frozen).frozen == frozen


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "x"},
        {"subject": "x"},
        {"title": "x"},
        {"text": "x"},
        {"content": {}},
        {"parties": ()},
        {"parties": (Signer("A011", "小张", {"zh": "上级", "en": "Employee"}),)},
        {"made_by": ""},
        {"made_at": "x"},
        {"expires_at": "x"},
        {"nonce": "1" * 32},
    ],
)
def test_whatever_changes_changes_the_digest(changed: dict[str, object]) -> None:
    assert digest_of(replace(PAPER, **changed).frozen) != digest_of(PAPER.frozen)


def test_content_is_shown_whole_in_two_parts() -> None:
    assert rows_of(PAPER.content, "en") == [("权重", "60%")]
    assert rest_of(PAPER.content) == [("answers.a 1", "1"), ("answers.a 2", "")]


def test_a_statement_covers_who_what_and_why() -> None:
    said = Statement("refuse", 1, "d" * 64, "A011", {"zh": "本人"}, "目标过高")
    others = [
        replace(said, **changed)
        for changed in (
            {"action": "sign"},
            {"document": 2},
            {"digest_of_document": "e" * 64},
            {"party": "A012"},
            {"label": {"zh": "上级"}},
            {"reason": "别的"},
        )
    ]
    assert len({said.digest, *(other.digest for other in others)}) == 7


def test_a_text_without_english_is_said_in_chinese() -> None:
    assert (say({"zh": "本人", "en": "Employee"}, "en"), say({"zh": "本人"}, "en")) == ("Employee", "本人")
