"""Forms as definitions: what is asked, what counts as an answer, how long it takes, how two versions differ.

`read_form(body)` returns a Form or raises FormError with everything that is wrong. `form.look` says what a step sees,
`form.check` is the one truth about answers. Nothing here knows a database: who has to be asked is a parameter.
"""

from accord.domain.form_schema.checking import Checked
from accord.domain.form_schema.clock import predicted_seconds, predicted_seconds_of
from accord.domain.form_schema.crossing import CONTEXT_NAMES
from accord.domain.form_schema.differences import Difference, differences
from accord.domain.form_schema.field import FIRST_STEP, Field, Lookups, Names, Right
from accord.domain.form_schema.form import Form, Step
from accord.domain.form_schema.kinds import KINDS
from accord.domain.form_schema.looking import FieldState, Look
from accord.domain.form_schema.problems import FormError, Problem
from accord.domain.form_schema.reading import MOST_FIELDS, MOST_KILOBYTES, read_form
from accord.domain.wording import Language, Text

__all__ = [
    "CONTEXT_NAMES",
    "FIRST_STEP",
    "KINDS",
    "MOST_FIELDS",
    "MOST_KILOBYTES",
    "Checked",
    "Difference",
    "Field",
    "FieldState",
    "Form",
    "FormError",
    "Language",
    "Look",
    "Lookups",
    "Names",
    "Problem",
    "Right",
    "Step",
    "Text",
    "differences",
    "predicted_seconds",
    "predicted_seconds_of",
    "read_form",
    "say",
]


def say(text: Text | None, language: Language) -> str:
    """Return a text of a form in `language`; nothing for no text."""
    return "" if text is None else text.say(language)
