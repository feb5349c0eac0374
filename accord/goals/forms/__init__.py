"""Forms of goals, by topic."""
