"""Commands of feedback: keeping a draft, sending it, what its receiver answers, and asking for it."""
