"""Agreements: drafted, agreed line by line, signed by both, amended."""
