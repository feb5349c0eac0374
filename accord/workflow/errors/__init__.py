"""What cannot be done, and why, by topic."""
