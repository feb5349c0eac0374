"""Driver trees: what moved a result, exactly, and what the targets of its parts must be to make it."""
