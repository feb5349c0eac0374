"""Hypothesis strategies for rules of every method that is scored from one observed value."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Params = dict[str, Any]
Case = tuple[str, Params, str | None]

DIRECTIONS = st.sampled_from(["up", "down"])


def decimals(low: int, high: int, places: int = 3) -> st.SearchStrategy[Decimal]:
    """Numbers with at most `places` decimals, as people type them."""
    return st.integers(0, places).flatmap(
        lambda digits: st.integers(low * 10**digits, high * 10**digits).map(lambda n: Decimal(n).scaleb(-digits))
    )


def texts(low: int, high: int, places: int = 3) -> st.SearchStrategy[str]:
    return decimals(low, high, places).map(lambda number: format(number, "f"))


def optional(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[Params]:
    return st.fixed_dictionaries({}, optional=strategies)


def both(required: st.SearchStrategy[Params], extra: st.SearchStrategy[Params]) -> st.SearchStrategy[Params]:
    return st.tuples(required, extra).map(lambda pair: pair[0] | pair[1])


LIMITS = {"floor": texts(-20, 60, 2), "cap": texts(61, 150, 2)}

completion_ratio = both(
    st.fixed_dictionaries({"target": st.one_of(texts(1, 999), st.sampled_from(["8", "200", "400", "1600", "0.04"]))}),
    optional(
        direction=DIRECTIONS,
        down_formula=st.sampled_from(["two_minus", "inverse"]),
        zero_below=texts(30, 90),
        **LIMITS,
    ),
)


def _bands(starts: list[Decimal], scores: list[Decimal]) -> list[dict[str, str]]:
    pairs = zip(sorted(starts), sorted(scores), strict=False)
    return [{"from": format(start, "f"), "score": format(score, "f")} for start, score in pairs]


step_bands = both(
    st.fixed_dictionaries(
        {
            "bands": st.builds(
                _bands,
                st.lists(decimals(-50, 150, 2), min_size=1, max_size=5, unique=True),
                st.lists(decimals(0, 120), min_size=5, max_size=5),
            )
        }
    ),
    optional(otherwise=texts(-9, 0)),
)


def _levels(levels: list[Decimal], direction: str, scores: list[Decimal]) -> Params:
    names = ["threshold", "target", "stretch"]
    values = sorted(levels, reverse=direction == "down")
    return {name: format(value, "f") for name, value in zip(names, values, strict=True)} | {
        "direction": direction,
        **{f"{name}_score": format(score, "f") for name, score in zip(names, sorted(scores), strict=True)},
    }


threshold_target_stretch = st.builds(
    _levels,
    st.lists(decimals(-200, 200, 2), min_size=3, max_size=3, unique=True),
    DIRECTIONS,
    st.lists(decimals(0, 150, 2), min_size=3, max_size=3),
)

points = both(
    st.fixed_dictionaries(
        {
            "base": texts(0, 100, 2),
            "target": texts(-50, 50, 1),
            "per": st.sampled_from(["0.5", "1", "2", "3", "8", "0.07"]),
            "plus": texts(0, 3, 2),
            "minus": texts(0, 3, 2),
        }
    ),
    optional(
        direction=DIRECTIONS,
        mode=st.sampled_from(["pro_rata", "full_units"]),
        cap_plus=texts(0, 9, 1),
        cap_minus=texts(0, 9, 1),
    ),
)

difference = both(
    st.fixed_dictionaries(
        {
            "target": texts(-200, 200, 2),
            "unit": st.sampled_from(["1", "3", "5", "8", "0.4"]),
            "points_per_unit": texts(0, 3, 2),
        }
    ),
    optional(direction=DIRECTIONS, **LIMITS),
)

deduction = both(
    st.fixed_dictionaries({"full": texts(10, 100, 2), "per_event": texts(0, 9)}),
    optional(floor=texts(-20, 10, 2)),
)

all_or_nothing = both(
    st.fixed_dictionaries({"target": texts(-9, 9, 1)}),
    optional(direction=DIRECTIONS, full=texts(0, 100)),
)

RULES: dict[str, st.SearchStrategy[Params]] = {
    "completion_ratio": completion_ratio,
    "step_bands": step_bands,
    "threshold_target_stretch": threshold_target_stretch,
    "points": points,
    "difference": difference,
    "deduction": deduction,
    "all_or_nothing": all_or_nothing,
}


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, Params]:
    """A method and its parameters, sound together."""
    method = draw(st.sampled_from(sorted(RULES)))
    return method, draw(RULES[method])


def actuals(method: str, params: Params) -> st.SearchStrategy[Decimal]:
    """Observed values near, on and beside the values the rule turns at."""
    turns = [params[name] for name in ("target", "threshold", "stretch") if name in params]
    turns += [band["from"] for band in params.get("bands", [])]
    if method == "deduction":
        return decimals(0, 60, 1)
    anywhere = decimals(-250, 400)
    beside = st.tuples(st.sampled_from(turns), decimals(-1, 1)).map(lambda pair: Decimal(pair[0]) + pair[1])
    return st.one_of(anywhere, st.sampled_from(turns).map(Decimal), beside)


@st.composite
def ties(draw: st.DrawFn) -> tuple[Case, Decimal]:
    """A case whose exact score ends in half a cent, and that score."""
    exact = Decimal(2 * draw(st.integers(-4_000, 4_000)) + 1) / 200
    method = draw(
        st.sampled_from(["completion_ratio", "points", "difference", "threshold_target_stretch", "deduction"])
    )
    if method == "completion_ratio":
        target = draw(decimals(1, 500, 2).filter(bool))
        params: Params = {"target": target, "cap": "500", "floor": "-500"}
        actual = exact * target / 100
        if draw(st.booleans()):
            params |= {"direction": "down"}
            actual = (200 - exact) * target / 100
    elif method == "threshold_target_stretch":
        start, span = draw(decimals(-99, 99, 1)), draw(decimals(1, 400, 1).filter(bool))
        exact = abs(exact) + 60
        params = {
            "threshold": start,
            "target": start + span,
            "stretch": start + span + 1,
            "target_score": "160",
            "stretch_score": "170",
        }
        actual = start + (exact - 60) * span / 100
    elif method == "deduction":
        params = {"full": "100", "per_event": abs(exact), "floor": "-500"}
        actual = Decimal(draw(st.sampled_from([1, 3, 5])))
        exact = 100 - abs(exact) * actual
    else:
        unit = draw(st.sampled_from(["0.5", "1", "2", "4", "5", "8"]))
        params = {"target": "7"}
        actual = 7 + (exact - 100) * Decimal(unit)
        if method == "points":
            params |= {"base": "100", "per": unit, "plus": "1", "minus": "1"}
        else:
            params |= {"unit": unit, "points_per_unit": "1", "cap": "500", "floor": "-500"}
    return (method, {name: plain(value) for name, value in params.items()}, plain(actual)), exact


def plain(value: str | Decimal) -> str:
    return value if isinstance(value, str) else format(value, "f")
