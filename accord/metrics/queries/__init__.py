"""Reads of metrics and their values."""
