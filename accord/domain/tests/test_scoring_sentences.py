"""A person with a pencil gets the printed score from the printed sentence, in Chinese and in English."""

import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from accord.domain.scoring import Answer, Language, ScoringError, VetoedScore, answer, explain, score
from accord.domain.scoring.errors import ActualError, NumberError, ParameterError

LANGUAGES: tuple[Language, Language] = ("zh-hans", "en")
FOLDER = Path(__file__).parent / "cases"
SENTENCES = [json.loads(line) for line in (FOLDER / "scoring_sentences.jsonl").read_text("utf-8").splitlines()]
CASES = [json.loads(line) for line in (FOLDER / "scoring.jsonl").read_text("utf-8").splitlines()]

NUMBER = r"-?\d+(?:\.\d+)?"
SUM = re.compile(rf"(\(?{NUMBER}(?:\)? [×÷+−] \(?{NUMBER}\)?)*) = ({NUMBER})")
LIMIT = re.compile(rf"按(?:上限)? ({NUMBER}) 分计|记 (0) 分|so (?:the cap of )?({NUMBER}) counts")
RATIO = re.compile(rf"({NUMBER})%")
BASE = re.compile(rf"(?:基础分|base) ({NUMBER})")
NOT_CALCULATED = {"veto", "graded", "step_bands", "all_or_nothing", "threshold_target_stretch", "distribution"}


def outcomes(kind: type[Answer] | type[ScoringError]) -> Iterator[tuple[dict[str, Any], Any]]:
    for case in CASES:
        try:
            outcome: object = answer(case["method"], case["params"], case["actual"])
        except ScoringError as error:
            outcome = error
        if isinstance(outcome, kind):
            yield case, outcome


SCORED = list(outcomes(Answer))
REFUSED = [error for _, error in outcomes(ScoringError)]
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_answer = pytest.mark.parametrize(("case", "result"), SCORED, ids=[case["id"] for case, _ in SCORED])


def rounded(value: Fraction, places: int) -> Decimal:
    steps = abs(value) * 10**places + Fraction(1, 2)
    return Decimal(steps.numerator // steps.denominator * (1 if value >= 0 else -1)).scaleb(-places)


def by_hand(expression: str) -> Fraction:
    python = expression.replace("×", "*").replace("÷", "/").replace("−", "-")
    return Fraction(eval(re.sub(NUMBER, lambda number: f"Fraction('{number[0]}')", python)))  # noqa: S307


@each_language
@each_answer
def test_every_sum_in_a_sentence_is_right(case: dict[str, Any], result: Answer, language: Language) -> None:
    for expression, printed in SUM.findall(explain(result, language)):
        places = len(printed.partition(".")[2])
        assert rounded(by_hand(expression), places) == Decimal(printed), expression


@each_language
@each_answer
def test_the_score_is_where_the_way_to_it_ends(case: dict[str, Any], result: Answer, language: Language) -> None:
    """The score is the limit the sentence names, or else the result of its last sum."""
    on_target = case["actual"] == case["params"].get("target")
    if case["method"] in NOT_CALCULATED or (on_target and case["method"] != "key_result"):
        return
    sentence = explain(result, language)
    limits = ["".join(found) for found in LIMIT.findall(sentence)]
    sums = [printed for _, printed in SUM.findall(sentence)] or BASE.findall(sentence)
    ratios = RATIO.findall(sentence) if case["method"] == "completion_ratio" else []
    [*_, last] = limits or sums or ratios
    assert Decimal(last).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(str(result.result)), sentence


@each_language
@each_answer
def test_a_sentence_is_one_sentence_without_shouting_or_gaps(
    case: dict[str, Any], result: Answer, language: Language
) -> None:
    sentence = explain(result, language)
    stop = "。" if language == "zh-hans" else "."
    assert sentence.endswith(stop)
    assert not re.search(r"[!！{}]|None|E[+-]|。.|\. |，，|, ,|（）|\(\)", sentence), sentence


@pytest.mark.parametrize("case", SENTENCES, ids=[case["method"] for case in SENTENCES])
def test_sentences_read_like_this(case: dict[str, Any]) -> None:
    result = answer(case["method"], case["params"], case["actual"])
    assert (explain(result, "zh-hans"), explain(result, "en")) == (case["zh"], case["en"])


def veto(params: dict[str, object], actual: object) -> VetoedScore:
    result = score("veto", params, actual)
    assert isinstance(result, VetoedScore)
    return result


def test_a_veto_keeps_the_score_for_the_record_with_cause_and_evidence() -> None:
    result = veto(
        {"effect": "total_zero", "cause": "泄露客户资料", "evidence": ["邮件 3", "日志 8"]},
        {"score": "88.456", "grade": "B", "coefficient": "1.1"},
    )
    assert (result.value, result.kept, result.grade, result.coefficient) == (0, Decimal("88.46"), "B", Decimal("1.1"))
    assert (result.cause, result.evidence) == ("泄露客户资料", ("邮件 3", "日志 8"))


def test_a_veto_may_cap_the_grade_or_zero_the_coefficient_and_leaves_the_score() -> None:
    limited = veto({"effect": "grade_cap", "grade_cap": "C"}, "91.2")
    scale = {"effect": "grade_cap", "grade_cap": "C", "grades": ["A", "B", "C", "D"]}
    lowered, kept = (veto(scale, {"score": "91.2", "grade": grade}) for grade in "AD")
    zeroed = veto({"effect": "coefficient_zero"}, {"score": "91.2", "coefficient": "1.2"})
    assert [result.value for result in (limited, lowered, kept, zeroed)] == [Decimal("91.20")] * 4
    assert [result.grade for result in (limited, lowered, kept, zeroed)] == ["C", "C", "D", None]
    assert [result.coefficient for result in (limited, lowered, kept, zeroed)] == [None, None, None, 0]


@pytest.mark.parametrize("error", REFUSED, ids=[error.code for error in REFUSED])
def test_every_error_says_what_is_wrong_in_both_languages(error: ScoringError) -> None:
    assert isinstance(error, NumberError | ParameterError | ActualError)
    assert str(error) == f"{error.code}: {error.explain('en')}"
    for language, stop in zip(LANGUAGES, "。.", strict=True):
        sentence = error.explain(language)
        assert sentence.endswith(stop)
        assert not re.search(r"[!！{}]|Decimal", sentence), sentence


def test_an_error_names_the_place_and_quotes_briefly() -> None:
    bands = [{"from": "1", "score": "2"}, {"from": "x" * 10_000, "score": "2"}]
    with pytest.raises(NumberError, match=r"^not_a_number: bands\[1\]\.from is not a number \(x{40}…\)") as caught:
        score("step_bands", {"bands": bands}, "1")
    assert len(caught.value.explain("zh-hans")) < 120


ODD = [10**6000, -(10**6000), {"deep": 1}, b"1", object(), 1.5, float("nan")]


@pytest.mark.parametrize("odd", ODD, ids=[type(odd).__name__ for odd in ODD])
def test_odd_python_values_are_refused_and_can_still_be_printed(odd: object) -> None:
    for params, actual in (({"target": odd}, "1"), ({"target": "1"}, odd), ({"target": "1", "direction": odd}, "1")):
        with pytest.raises((NumberError, ParameterError)) as caught:
            score("completion_ratio", params, actual)
        assert len(str(caught.value)) < 200


def test_a_distribution_is_no_score() -> None:
    with pytest.raises(ParameterError, match="unknown_method"):
        score("distribution", {"shares": ["1"]}, 3)
