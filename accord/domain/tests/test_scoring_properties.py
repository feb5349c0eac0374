"""What holds for every rule and every observed value."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.scoring import ScoringError, explain, read_rule, score
from accord.domain.scoring.methods.weighted_total import Item, Missing, WeightedTotal
from accord.domain.tests.scoring_strategies import Case, Params, actuals, decimals, points, rules, texts, ties


def value(method: str, params: Params, actual: object) -> Decimal:
    return score(method, params, actual).value


def falls(method: str, params: Params) -> bool:
    return method == "deduction" or params.get("direction") == "down"


@given(st.data(), rules())
def test_a_better_actual_is_never_worth_less(data: st.DataObject, rule: tuple[str, Params]) -> None:
    method, params = rule
    low, high = sorted((data.draw(actuals(method, params)), data.draw(actuals(method, params))))
    worse, better = (high, low) if falls(method, params) else (low, high)
    assert value(method, params, worse) <= value(method, params, better)


@given(st.data(), rules())
def test_a_score_stays_between_its_limits(data: st.DataObject, rule: tuple[str, Params]) -> None:
    method, params = rule
    reached = value(method, params, data.draw(actuals(method, params)))
    assert reached == reached.quantize(Decimal("0.01"))
    low, high = limits(method, params)
    assert low is None or reached >= cents(low)
    assert high is None or reached <= cents(high)


def cents(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def limits(method: str, params: Params) -> tuple[Decimal | None, Decimal | None]:
    of = {
        name: Decimal(number)
        for name, number in params.items()
        if name not in {"bands", "direction", "mode", "down_formula"}
    }
    zero, hundred = Decimal(0), Decimal(100)
    if method == "points":
        low = of["base"] - of["cap_minus"] if "cap_minus" in of else None
        return low, of["base"] + of["cap_plus"] if "cap_plus" in of else None
    if method == "step_bands":
        scores = [Decimal(band["score"]) for band in params["bands"]]
        return min(of.get("otherwise", zero), *scores), max(of.get("otherwise", zero), *scores)
    high = of.get(
        {"threshold_target_stretch": "stretch_score", "deduction": "full", "all_or_nothing": "full"}.get(method, "cap"),
        hundred if method == "all_or_nothing" else Decimal(120),
    )
    return of.get("floor", zero), high


@given(st.data(), rules())
def test_a_rule_answers_the_same_again_and_explains_itself(data: st.DataObject, rule: tuple[str, Params]) -> None:
    method, params = rule
    actual = data.draw(actuals(method, params))
    built = read_rule(method, params)
    first, second = built.answer(actual), built.answer(str(actual))
    assert first.result == second.result == score(method, params, actual).result
    assert str(first.result) in explain(first, "zh-hans")
    assert str(first.result) in explain(first, "en")


@given(ties())
def test_half_a_cent_is_rounded_away_from_zero(tie: tuple[Case, Decimal]) -> None:
    case, exact = tie
    assert abs(value(*case)) == abs(exact) + Decimal("0.005")


@given(st.data(), points)
def test_a_target_below_the_baseline_never_pays(data: st.DataObject, params: Params) -> None:
    """Whoever sets a lower target cannot be given a higher limit on the bonus for it."""
    params = {**params, "direction": "up", "minus": "0", "base": "20", "last_actual": "40", "last_target": "50"}
    low, high = sorted((data.draw(decimals(1, 80)), data.draw(decimals(1, 80))))
    far = "9999999"
    modest, ambitious = (
        value("baseline_linked_points", {**params, "target": str(target)}, far) for target in (low, high)
    )
    if "cap_plus" in params and Decimal(params["plus"]) > 0:
        assert modest <= ambitious


@st.composite
def scorecards(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Items whose weights sum to exactly 1."""
    cuts = sorted(draw(st.lists(st.integers(1, 999), max_size=6, unique=True)))
    weights = [end - start for start, end in zip([0, *cuts], [*cuts, 1000], strict=True)]
    scores = st.one_of(st.none(), texts(0, 130))
    return [{"weight": f"0.{weight:03}" if weight < 1000 else "1", "score": draw(scores)} for weight in weights]


totals = st.fixed_dictionaries(
    {"missing": st.sampled_from(["redistribute", "zero", "block"])},
    optional={
        "bonuses": st.lists(texts(0, 9), max_size=3),
        "deductions": st.lists(texts(0, 9), max_size=3),
        "bonus_cap": texts(0, 20),
        "deduction_cap": texts(0, 20),
        "floor": texts(-20, 40),
        "cap": texts(41, 140),
    },
)


@given(scorecards(), totals)
def test_a_total_adds_up_by_hand_from_the_printed_scores(items: list[dict[str, str | None]], params: Params) -> None:
    printed = [(Fraction(item["weight"]), item["score"] and cents(Decimal(item["score"]))) for item in items]
    there = [(weight, Fraction(points)) for weight, points in printed if points is not None]
    if not there or (len(there) < len(printed) and params["missing"] == "block"):
        assert code_of(params, items) == "missing_score"
        return
    total = sum(weight * points for weight, points in there)
    if params["missing"] == "redistribute":
        total /= sum(weight for weight, _ in there)
    for side, sign in (("bonus", 1), ("deduction", -1)):
        amounts = sum(map(Fraction, params.get({"bonus": "bonuses", "deduction": "deductions"}[side], [])), Fraction())
        total += sign * min(amounts, Fraction(params.get(f"{side}_cap", 10**6)))
    total = max(min(total, Fraction(params.get("cap", 10**6))), Fraction(params.get("floor", 0)))
    reached = score("weighted_total", params, items).value
    assert abs(Fraction(reached) - total) <= Fraction(1, 200)
    assert abs(total) * 100 % 1 != Fraction(1, 2) or abs(Fraction(reached)) > abs(total)


@given(scorecards())
def test_items_scored_here_total_like_items_from_outside(items: list[dict[str, str | None]]) -> None:
    scored = [Item(Decimal(item["weight"]), item["score"] and cents(Decimal(item["score"]))) for item in items]
    with localcontext() as context:
        context.prec = 4
        total = WeightedTotal(missing=Missing.ZERO).total([*scored, Item(Decimal(0), Decimal(1))])
    assert total.value == value("weighted_total", {"missing": "zero"}, [*items, {"weight": "0", "score": "1"}])


def code_of(params: Params, actual: object) -> str:
    try:
        score("weighted_total", params, actual)
    except ScoringError as error:
        return error.code
    return ""


@given(scorecards(), st.integers(1, 10**9))
def test_weights_that_miss_one_by_a_hair_are_refused(items: list[dict[str, str | None]], hair: int) -> None:
    off = str(Decimal(str(items[0]["weight"])) + Decimal(hair).scaleb(-18))
    assert code_of({}, [{**items[0], "weight": off}, *items[1:]]) == "weights_not_one"


@given(st.text() | st.floats() | st.integers() | st.binary() | st.lists(st.none()), rules())
def test_any_nonsense_is_a_typed_error_or_a_score(nonsense: object, rule: tuple[str, Params]) -> None:
    method, params = rule
    for case in ((method, params, nonsense), (method, {**params, "target": nonsense}, "1"), (nonsense, params, "1")):
        try:
            reached = score(*case).value  # type: ignore[arg-type]
        except ScoringError as error:
            sentence = error.explain("zh-hans")
            assert sentence
        else:
            assert reached.is_finite()
