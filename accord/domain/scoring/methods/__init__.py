"""One file a scoring method, named by its code (the two OKR methods share one)."""
