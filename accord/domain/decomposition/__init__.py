"""Splitting a target over units, people and periods so that the parts are the whole again, to the last digit."""
