"""Reading the body of an assessment model: everything is checked, and everything wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from accord.domain.assessment_model.methods import METHODS, params_of
from accord.domain.assessment_model.model import VERSION, Dimension, Item, Model
from accord.domain.assessment_model.problems import ModelError, Notes
from accord.domain.scoring import Direction, ScoringError, read_rule
from accord.domain.wording import Text, Wording, trimmed

MOST_DIMENSIONS, MOST_ITEMS, LONGEST_WHY, LONGEST_NAME = 12, 40, 1000, 60
NOT_LIMITED = Wording("不限", "no limit")

NAMES: Mapping[str, Wording] = {
    "weight": Wording("权重", "weight"),
    "weight_min": Wording("权重下限", "lowest weight"),
    "weight_max": Wording("权重上限", "highest weight"),
    "target": Wording("目标值", "target"),
    "target_min": Wording("目标值下限", "lowest target"),
    "target_max": Wording("目标值上限", "highest target"),
    "threshold": Wording("门槛值", "threshold"),
    "stretch": Wording("挑战值", "stretch"),
    "why": Wording("设置理由", "reason"),
    "author": Wording("提出人工号", "employee number of who proposed it"),
    "key_result": Wording("承接的关键结果", "key result"),
    "form": Wording("表单", "form"),
    "flow": Wording("流程", "flow"),
    "dimensions": Wording("维度", "dimensions"),
    "items": Wording("指标", "KPIs"),
    "params": Wording("评分参数", "parameters"),
    "method": Wording("评分方法", "scoring method"),
    "metric": Wording("指标", "metric"),
    "missing": Wording("缺分处理", "rule for missing scores"),
}
MISSING: Mapping[str, Wording] = {
    "block": Wording("暂不汇总", "no total yet"),
    "redistribute": Wording("权重由其余各项分担", "the others share its weight"),
    "zero": Wording("按 0 分计", "it counts as 0"),
}
_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_LIMITS = ("weight_min", "weight_max", "target_min", "target_max", "threshold", "stretch")
_ABOUT_LEVELS = {"target_not_positive": "target", "levels_not_in_order": "target"}
_ITEM_SETTINGS = {*NAMES} - {"form", "flow", "dimensions", "items", "missing"}


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """What a model has to know about a metric of the library."""

    name: Text
    direction: Direction


def read_model(body: object, metrics: Mapping[int, KnownMetric] | None = None) -> Model:
    """Return the model that `body` says. Raises ModelError with all problems.

    With `metrics` (those in use, by key) each item's metric and rule are checked against its direction, and sentences
    name it; without them a rule only has to hold for one of the two directions.
    """
    notes = Notes()
    if not isinstance(body, Mapping):
        notes.add("not_a_model")
        raise ModelError(tuple(notes.problems))
    if body.get("v") != VERSION:
        notes.at("v").add("unknown_version", given=body.get("v"))
    _refuse_others(body, {"v", "dimensions", "form", "flow", "missing"}, notes)
    dimensions = _dimensions(body.get("dimensions"), notes, metrics)
    model = Model(dimensions, _code(body, "form", notes), _code(body, "flow", notes), _missing(body, notes))
    _check_together(model, notes)
    if notes.problems:
        raise ModelError(tuple(notes.problems))
    return model


def read_item(raw: object) -> Item | None:
    """Read one item by itself, such as one whose curve is asked for; None where it says too little."""
    return _item(raw, Notes(), _Library(None))


def _check_together(model: Model, notes: Notes) -> None:
    """What holds for the model as a whole; not asked while single items are broken, for they would only echo."""
    items = list(model.items())
    if len(items) > MOST_ITEMS:
        notes.at("dimensions").add("too_many", name=NAMES["items"], given=len(items), most=MOST_ITEMS)
    if notes.problems:
        return
    if not items:
        notes.at("dimensions").add("no_items")
        return
    total = sum((item.weight for item in items), Decimal())
    if total != 1:
        notes.at("dimensions").add("weights_not_one", total=trimmed(total * 100))


def _dimensions(raw: object, notes: Notes, metrics: Mapping[int, KnownMetric] | None) -> tuple[Dimension, ...]:
    place = notes.at("dimensions")
    if not isinstance(raw, list):
        place.add("not_a_list", name=NAMES["dimensions"])
        return ()
    if len(raw) > MOST_DIMENSIONS:
        place.add("too_many", name=NAMES["dimensions"], given=len(raw), most=MOST_DIMENSIONS)
        return ()
    library = _Library(metrics)
    found = [_dimension(each, notes.at(f"dimensions[{at}]"), library) for at, each in enumerate(raw)]
    keys = [dimension.key for dimension in found]
    for at, key in enumerate(keys):
        if key and key in keys[:at]:
            notes.at(f"dimensions[{at}].key").add("same_key", given=key)
    return tuple(found)


def _dimension(raw: object, notes: Notes, library: _Library) -> Dimension:
    if not isinstance(raw, Mapping):
        notes.add("not_an_object")
        return Dimension("", Text(""))
    _refuse_others(raw, {"key", "name", "items"}, notes)
    key, name = raw.get("key"), _name(raw.get("name"), notes)
    if not isinstance(key, str) or not _SLUG.fullmatch(key):
        notes.at("key").add("bad_key", given=key)
        key = ""
    items = raw.get("items")
    if not isinstance(items, list):
        notes.at("items").add("not_a_list", name=NAMES["items"])
        return Dimension(key, name)
    named = {"dimension": name} if name.zh else {}
    if not items and named:
        notes.at("items", **named).add("dimension_empty")
    places = (notes.at(f"items[{at}]", dimension=name, row=at + 1) for at in range(len(items)))
    read = [_item(each, place, library) for each, place in zip(items[:MOST_ITEMS], places, strict=False)]
    return Dimension(key, name, tuple(item for item in read if item))


def _name(raw: object, notes: Notes) -> Text:
    given = raw if isinstance(raw, Mapping) else {"zh": raw}
    zh, en = given.get("zh"), given.get("en") or ""
    if not isinstance(zh, str) or not zh.strip() or not isinstance(en, str):
        notes.at("name").add("dimension_unnamed")
        return Text("")
    if max(len(zh), len(en)) > LONGEST_NAME:
        notes.at("name").add("text_too_long", name=NAMES["dimensions"], most=LONGEST_NAME)
    return Text(zh.strip(), en.strip())


def _item(raw: object, notes: Notes, library: _Library) -> Item | None:
    if not isinstance(raw, Mapping):
        notes.add("not_an_object")
        return None
    before = len(notes.problems)
    known = library.known(raw.get("metric"))
    if known:
        notes = notes.naming(kpi=known.name)
    _refuse_others(raw, _ITEM_SETTINGS, notes)
    metric = library.take(raw.get("metric"), notes)
    numbers: dict[str, Any] = {name: _number(raw, name, notes) for name in _LIMITS}
    weight, target = _required(raw, "weight", notes), _required(raw, "target", notes)
    _check_ranges(weight, target, numbers, notes)
    method, params = _method(raw, notes)
    author, key_result = _references(raw, notes)
    why = _text(raw, "why", LONGEST_WHY, notes)
    if len(notes.problems) > before or weight is None or target is None:
        return None
    said: dict[str, Any] = {"method": method, "params": params, "why": why, "author": author, "key_result": key_result}
    item = Item(metric=metric, weight=weight, target=target, **said, **numbers)
    _check_rule(item, known, notes)
    return item


class _Library:
    """The metrics there are, and those this model has named so far."""

    def __init__(self, metrics: Mapping[int, KnownMetric] | None) -> None:
        self._metrics = metrics
        self._taken: set[int] = set()

    def known(self, metric: object) -> KnownMetric | None:
        return (self._metrics or {}).get(metric) if isinstance(metric, int) else None

    def take(self, metric: object, notes: Notes) -> int:
        if not isinstance(metric, int) or isinstance(metric, bool):
            notes.at("metric").add("metric_missing")
            return 0
        if metric in self._taken:
            notes.at("metric").add("metric_twice")
        elif self._metrics is not None and metric not in self._metrics:
            notes.at("metric").add("metric_unknown")
        self._taken.add(metric)
        return metric


def _references(raw: Mapping[Any, Any], notes: Notes) -> tuple[str | None, int | None]:
    key_result = raw.get("key_result")
    if key_result is not None and (not isinstance(key_result, int) or isinstance(key_result, bool)):
        notes.at("key_result").add("not_a_reference", name=NAMES["key_result"])
    return _text(raw, "author", LONGEST_NAME, notes) or None, key_result


def _method(raw: Mapping[Any, Any], notes: Notes) -> tuple[str, dict[str, Any]]:
    method, params = raw.get("method", "completion_ratio"), raw.get("params", {})
    if not isinstance(method, str) or method not in METHODS:
        notes.at("method").add("method_unknown", given=method)
    if not isinstance(params, Mapping):
        notes.at("params").add("params_not_an_object")
        params = {}
    return str(method), dict(params)


def _check_rule(item: Item, known: KnownMetric | None, notes: Notes) -> None:
    """Note why the rule cannot score: for the metric's direction, or for neither where that is not known."""
    error: ScoringError | None = None
    for direction in (known.direction,) if known else tuple(Direction):
        try:
            read_rule(item.method, params_of(item, direction))
        except ScoringError as found:
            error = error or found
        else:
            return
    if error:
        place = _ABOUT_LEVELS.get(error.code, error.details.get("name"))
        notes.at(str(place) if place in METHODS[item.method].levels else "params").add(
            "rule", why=Text(error.explain("zh-hans"), error.explain("en"))
        )


def _check_ranges(
    weight: Decimal | None, target: Decimal | None, numbers: Mapping[str, Decimal | None], notes: Notes
) -> None:
    if weight is not None and not 0 < weight <= 1:
        notes.at("weight").add("weight_outside")
    elif weight is not None:
        hundred = {name: each and each * 100 for name, each in numbers.items()}
        _check_range("weight", weight * 100, hundred, notes, sign="%")
        if any(each is not None and not 0 <= each <= 1 for each in (numbers["weight_min"], numbers["weight_max"])):
            notes.at("weight_max").add("weight_outside")
    if target is not None:
        _check_range("target", target, numbers, notes)


def _check_range(
    name: str, value: Decimal, numbers: Mapping[str, Decimal | None], notes: Notes, sign: str = ""
) -> None:
    low, high = numbers[f"{name}_min"], numbers[f"{name}_max"]
    if (low is None or low <= value) and (high is None or value <= high):
        return
    said = [NOT_LIMITED if each is None else trimmed(each) + sign for each in (value, low, high)]
    notes.at(name).add("outside_range", name=NAMES[name], given=said[0], least=said[1], most=said[2])


def _required(raw: Mapping[Any, Any], name: str, notes: Notes) -> Decimal | None:
    if raw.get(name) in (None, ""):
        notes.at(name).add("number_missing", name=NAMES[name])
        return None
    return _number(raw, name, notes)


def _number(raw: Mapping[Any, Any], name: str, notes: Notes) -> Decimal | None:
    given = raw.get(name)
    if given is None or given == "":
        return None
    number = number_in(given)
    if number is None:
        notes.at(name).add("not_a_number", name=NAMES[name])
    return number


def number_in(given: object) -> Decimal | None:
    """The number a text or whole number says, as far as the product can keep it; None for anything else."""
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        return None
    try:
        number = Decimal(given.strip() if isinstance(given, str) else given)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= 12:
        return None
    number = number.normalize()
    return number if int(number.as_tuple().exponent) >= -6 else None


def _text(raw: Mapping[Any, Any], name: str, longest: int, notes: Notes) -> str:
    given = raw.get(name) or ""
    if not isinstance(given, str):
        notes.at(name).add("text_expected", name=NAMES[name])
        return ""
    if len(given) > longest:
        notes.at(name).add("text_too_long", name=NAMES[name], most=longest)
    return given.strip()


def _code(body: Mapping[Any, Any], name: str, notes: Notes) -> str | None:
    given = body.get(name)
    if given in (None, ""):
        return None
    if not isinstance(given, str) or not _CODE.fullmatch(given):
        notes.at(name).add("text_expected", name=NAMES[name])
        return None
    return given


def _missing(body: Mapping[Any, Any], notes: Notes) -> str:
    given = body.get("missing") or "block"
    if given not in MISSING:
        notes.at("missing").add("unknown_choice", name=NAMES["missing"], given=given)
    return str(given)


def _refuse_others(raw: Mapping[Any, Any], known: set[str], notes: Notes) -> None:
    for name in raw:
        if name not in known:
            notes.add("unknown_setting", given=name)
