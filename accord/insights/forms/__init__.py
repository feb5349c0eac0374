"""What insights reads from addresses and forms, by topic."""
