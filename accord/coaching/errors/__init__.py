"""What cannot be done in talks and feedback, and why, by topic."""
