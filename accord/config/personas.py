"""The people of the demo company whom a visitor may become with one click. Offered with ACCORD_DEMO=1 only."""

from accord.foundation.personas import Persona

PERSONAS: tuple[Persona, ...] = ()
