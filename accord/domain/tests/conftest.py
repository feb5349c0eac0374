"""Hypothesis without a stop-watch: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("accord", deadline=None)
settings.load_profile("accord")
