"""Decompositions, read and worked out."""
