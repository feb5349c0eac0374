"""Every case on file gets the answer written beside it, and a bad line spoils nothing but itself."""

import io
import json
from decimal import localcontext
from pathlib import Path

import pytest

from accord.domain.scoring.cases import LONGEST_LINE, answer_cases
from accord.domain.scoring.registry import METHODS

HERE = Path(__file__).parent
GOLDEN = HERE.parents[2].parent / "shared" / "golden" / "scoring.jsonl"
FILES = [path for path in (HERE / "cases" / "scoring.jsonl", GOLDEN) if path.exists()]
CASES = [json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()]


def answered(*lines: bytes) -> list[dict[str, object]]:
    return [json.loads(answer.as_json()) for answer in answer_cases(io.BytesIO(b"\n".join(lines)))]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case_gets_the_answer_beside_it(case: dict[str, object]) -> None:
    [answer] = answered(json.dumps(case).encode())
    assert answer == {"id": case["id"], "result": case["expect"]}


def test_our_cases_cover_every_method_with_scores_and_errors() -> None:
    ours = [json.loads(line) for line in FILES[0].read_text("utf-8").splitlines()]
    for method in METHODS:
        results = [str(case["expect"]).startswith("error:") for case in ours if case["method"] == method]
        assert {True, False} <= set(results), method


def test_answers_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    with localcontext() as context:
        context.prec, context.rounding, context.traps = 2, "ROUND_UP", dict.fromkeys(context.traps, False)
        for case in CASES:
            [answer] = answered(json.dumps(case).encode())
            assert answer["result"] == case["expect"], case["id"]


GOOD = b'{"id": "a", "method": "deduction", "params": {"full": "10", "per_event": "2"}, "actual": 1}'


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"\xff\xfe{}",
        b'{"id": "\xe4"}',
        b"[" * 100_000,
        b'{"id": "long", "note": "' + b"x" * LONGEST_LINE + b'"}',
    ],
    ids=["cut", "list", "text", "null", "utf-16", "latin-1", "deep", "long"],
)
def test_unreadable_line_is_named_and_the_rest_goes_on(line: bytes) -> None:
    unreadable = {"id": None, "result": "error:unreadable_line", "line": 2}
    assert answered(GOOD, line, GOOD) == [{"id": "a", "result": "8.00"}, unreadable, {"id": "a", "result": "8.00"}]


def test_line_numbers_count_blank_and_long_lines() -> None:
    long = b'"' + b"x" * (3 * LONGEST_LINE) + b'"'
    lines = [answer.line for answer in answer_cases(io.BytesIO(b"\n".join([b"", GOOD, b"  ", long, GOOD, b""])))]
    assert lines == [2, 4, 5]


def test_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert answered(b"\xef\xbb\xbf" + GOOD + b"\r", GOOD + b"\r") == [{"id": "a", "result": "8.00"}] * 2


@pytest.mark.parametrize(
    ("actual", "result"),
    [
        (b"1.5", "7.00"),
        (b"1e0", "8.00"),
        (b"NaN", "error:number_not_finite"),
        (b"-Infinity", "error:number_not_finite"),
        (b"1e400", "error:number_out_of_range"),
        (b"9" * 5000, "error:number_out_of_range"),
        (b"-" + b"9" * 18, "error:actual_negative"),
        (b"1e99999999999999999999999", "error:number_out_of_range"),
        (b"1e-99999999999999999999999", "error:number_out_of_range"),
        (b"true", "error:not_a_number"),
        (b"{}", "error:not_a_number"),
    ],
)
def test_json_numbers_are_read_exactly(actual: bytes, result: str) -> None:
    line = b'{"id": 4, "method": "deduction", "params": {"full": 10, "per_event": 2}, "actual": ' + actual + b"}"
    assert answered(line) == [{"id": 4, "result": result}]


def test_identity_is_returned_as_it_came() -> None:
    for identity in (7, "七", None, ["a", 1], {"k": 2}, "\ud800"):
        line = json.dumps({"id": identity}).encode()
        assert answered(line) == [{"id": identity, "result": "error:unknown_method"}]
    assert answered(b'{"id": 1.50}')[0]["id"] == "1.50"
