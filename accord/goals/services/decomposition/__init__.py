"""Decompositions: begun, changed and handed out."""
