"""How fast a company target is split down to people: `python -m tests.bench.decomposition [PEOPLE]`.

Prints one JSON line a figure: a sum and a product of three factors over 100,000 people in teams of ten, three levels
deep, with one lock in every fourth team. The raw limit is a bare loop over whole numbers that rounds by largest
remainder in one flat list, without decimals, locks, levels or checks.
"""

import json
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from accord.domain.decomposition.chains import Chain, Child, Node, Quantities, split_tree

SUM = Chain((2,), 2)
PRODUCT = Chain((0, 2, 2), 2, Decimal("0.000001"))
TEAM, GROUP = 10, 100


def company(people: int, chain: Chain) -> tuple[Node, list[int]]:
    """A company of teams and departments, and the shares of its people in one list."""
    random = Random(7)  # noqa: S311
    rates = (Decimal(1),) * (chain.length - 1)
    shares = [random.randint(1_000_000, 40_000_000) for _ in range(people)]
    leaves = [Node(f"e{place}", Child(Decimal(share).scaleb(-6), rates)) for place, share in enumerate(shares)]
    for team in range(0, people, TEAM * 4):
        leaves[team] = Node(leaves[team].key, Child(leaves[team].child.share, rates, {chain.length: Decimal("12.34")}))
    return Node("root", Child(Decimal(1), rates), gathered(gathered(tuple(leaves), TEAM, rates), GROUP, rates)), shares


def gathered(nodes: tuple[Node, ...], size: int, rates: tuple[Decimal, ...]) -> tuple[Node, ...]:
    """Units above some nodes; each has the share of what lies below it."""
    groups = [nodes[start : start + size] for start in range(0, len(nodes), size)]
    return tuple(
        Node(f"{group[0].key}+", Child(sum((node.child.share for node in group), Decimal(0)), rates), group)
        for group in groups
    )


def bare(units: int, shares: list[int]) -> list[int]:
    """The raw limit: largest remainder over whole numbers."""
    whole = sum(shares)
    found = [divmod(units * share, whole) for share in shares]
    parts = [part for part, _ in found]
    order = sorted(range(len(shares)), key=lambda place: -found[place][1])
    for place in order[: units - sum(parts)]:
        parts[place] += 1
    return parts


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds `run` takes and what it found."""
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found


def check(chain: Chain, whole: Quantities, found: dict[str, Quantities], people: int) -> None:
    """People add up to the company, and everybody's factors multiply back."""
    parts = [found[f"e{place}"] for place in range(people)]
    assert tuple(map(sum, zip(*parts, strict=True))) == whole, "the parts are not the whole"
    for part in parts[:1000]:
        product = Fraction(chain.scale)
        for factor in chain.factors(part):
            product *= factor or 0
        assert product == Fraction(part[-1]), "the factors do not multiply back"


def main(people: int) -> None:
    """Measure all three on the same company and print what they took."""
    total = Decimal(people * 26)
    raw_seconds = 0.0
    for name, chain, leading in (
        ("sum", SUM, ()),
        ("product of three", PRODUCT, (Decimal(people * 57_000), Decimal("2.4"))),
    ):
        root, shares = company(people, chain)
        if not raw_seconds:
            raw_seconds, parts = timed(lambda shares=shares: bare(int(total * 100), shares))
            assert sum(parts) == total * 100
            print(json.dumps({"people": people, "split": "bare loop", "seconds": round(raw_seconds, 3)}))
        whole = chain.quantities(total, leading)
        seconds, found = timed(lambda chain=chain, whole=whole, root=root: split_tree(chain, whole, root))
        check(chain, whole, found, people)
        times = {"seconds": round(seconds, 2), "times_bare": round(seconds / raw_seconds, 1)}
        print(json.dumps({"people": people, "split": name, **times}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
