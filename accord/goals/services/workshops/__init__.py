"""Workshops: opening, proposing and talking, voting, the board, closing."""
