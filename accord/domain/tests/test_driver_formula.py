"""What a formula makes of its parts."""

from decimal import Decimal

import pytest

from accord.domain.driver_tree.formula import made_of

D = Decimal


@pytest.mark.parametrize(
    ("kind", "parts", "scale", "made"),
    [
        ("product", ["100000", "2.0", "200"], "0.000001", "40"),
        ("sum", ["1", "2.5", "-0.5"], "1", "3.0"),
        ("ratio", ["1", "4"], "100", "25"),
        ("mean", ["1", "10", "3", "20"], "1", "17.5"),
        ("ratio", ["1", "0"], "1", None),
        ("mean", ["1", "10", "-1", "20"], "1", None),
        ("product", ["1", None], "1", None),
        ("sum", [], "1", None),
    ],
)
def test_each_kind(kind: str, parts: list[str | None], scale: str, made: str | None) -> None:
    given = [None if part is None else D(part) for part in parts]
    assert made_of(kind, given, D(scale)) == (None if made is None else D(made))


def test_a_long_product_is_exact() -> None:
    assert made_of("product", [D("1.000001")] * 4) == D("1.000001") ** 4 == D("1.000004000006000004000001")
