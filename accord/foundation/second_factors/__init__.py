"""Proving anew who one is: by password, one-time code or passkey."""

from accord.foundation.second_factors.proving import Assertion, Code, Password, Proved, StepUp, factors_of, prove

__all__ = ["Assertion", "Code", "Password", "Proved", "StepUp", "factors_of", "prove"]
