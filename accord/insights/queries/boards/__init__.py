"""Reads of the boards of company, units and positions: roll-up rows by key, whatever the size of the company."""
