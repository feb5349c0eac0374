"""Commands on objectives and key results. Each changes an objective only from the edition its author saw."""
