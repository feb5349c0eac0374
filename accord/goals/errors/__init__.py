"""What cannot be done with goals, and why, by topic."""
