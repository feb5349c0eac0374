"""Scoring everybody in a cycle, freezing what came of it, and working it out again from what was frozen."""
