"""The demo company: 远航电商, 120 people, three quarters of history, the same on every run."""
