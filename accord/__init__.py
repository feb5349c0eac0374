"""绩约 Accord: agree, act, talk, grow."""

__version__ = "0.1.0"
