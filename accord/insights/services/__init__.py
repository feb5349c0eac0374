"""Commands of insights, by topic."""
