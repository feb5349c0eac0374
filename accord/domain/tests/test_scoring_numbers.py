"""Numbers are read exactly or refused with a reason; nothing rounds twice and nothing hangs."""

from decimal import Decimal

import pytest

from accord.domain.scoring import NumberError, score
from accord.domain.scoring.arithmetic import cents, read_number


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("92.5", "92.5"),
        (" -0.0 ", "0"),
        ("+7.", "7"),
        (".5", "0.5"),
        ("1E3", "1000"),
        ("9" * 18, "9" * 18),
        ("0." + "3" * 24, "0." + "3" * 24),
        (-12, "-12"),
        (Decimal("4.50"), "4.50"),
    ],
)
def test_reads_exactly(given: object, number: str) -> None:
    assert read_number(given, "actual") == Decimal(number)


@pytest.mark.parametrize(
    "given", ["", "abc", "1,234", "12%", "1_000", "٣", "１２", "0x1F", "--1", "1e", "1 2", 1.5, True, None, [], b"1"]
)
def test_refuses_what_is_no_number(given: object) -> None:
    with pytest.raises(NumberError, match=r"^not_a_number"):
        read_number(given, "actual")


@pytest.mark.parametrize("given", ["NaN", "-nan", "sNaN12", "inf", "-Infinity", Decimal("NaN"), Decimal("-Infinity")])
def test_refuses_what_is_not_finite(given: object) -> None:
    with pytest.raises(NumberError, match=r"^number_not_finite"):
        read_number(given, "actual")


@pytest.mark.parametrize(
    "given",
    [
        "1e400",
        "1e999999999",
        "-1e999999999999999999999999",
        "1e-400",
        "1e-999999999999999999999999",
        "1" + "0" * 18,
        "0." + "0" * 24 + "1",
        "0." + "3" * 100_000,
        10**18,
        -(10**5000),
        Decimal("1e999999999"),
        Decimal("1e-999999999"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_refuses_what_no_business_figure_is(given: object) -> None:
    with pytest.raises(NumberError, match=r"^number_out_of_range"):
        read_number(given, "actual")


def test_a_score_that_could_not_be_read_in_again_is_refused() -> None:
    params = {"base": "0", "target": "0", "per": "0.000001", "plus": "900000", "minus": "0"}
    with pytest.raises(NumberError, match=r"^number_out_of_range: score"):
        score("points", params, "9" * 17)


@pytest.mark.parametrize(
    ("raw", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("-0.0049", "0.00"), ("2.675", "2.68")]
)
def test_rounds_half_up_and_never_to_minus_zero(raw: str, rounded: str) -> None:
    assert str(cents(Decimal(raw))) == rounded


def test_a_quotient_just_below_a_tie_is_not_rounded_up() -> None:
    """With the usual 28 digits this ratio would first become half a cent and then a whole one."""
    params = {"target": "999999999999999999.999999999999999999999999"}
    assert score("completion_ratio", params, "49999999999999.999999999999999999999999").value == Decimal("0.00")
    assert score("completion_ratio", params, "50000000000000").value == Decimal("0.01")
