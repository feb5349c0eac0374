"""Calibration meetings: planned, opened with their agenda, decided point by point, closed and archived."""
