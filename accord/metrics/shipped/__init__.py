"""What the product ships about metrics: those that are products of others, in a file that a person can read."""

import tomllib
from importlib import resources


def shipped_products() -> list[tuple[str, tuple[str, ...]]]:
    """The names of metrics that are the product of others, each with those, the volume first."""
    text = resources.files(__name__).joinpath("products.toml").read_text("utf-8")
    return [(product["metric"], tuple(product["factors"])) for product in tomllib.loads(text)["product"]]
