"""组织×个人系数: the coefficient of the unit times the coefficient of the person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from accord.domain.scoring.arithmetic import cents
from accord.domain.scoring.given import Given
from accord.domain.scoring.rule import Rule, Score, observed, require_not_negative
from accord.domain.scoring.wording import Sentence, formula
from accord.domain.wording import Wording

FACTORS = Wording("组织系数 {unit}，个人系数 {personal}", "unit coefficient {unit}, personal coefficient {personal}")
PRODUCT = formula("{unit} × {personal} = {value}")
RESULT = Wording("系数为 {value}", "the coefficient is {value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgTimesPerson(Rule[Score]):
    """unit_coefficient · personal_coefficient, rounded half-up to 0.01.

    The personal coefficient is the actual; a caller that has both fixed gives it as a parameter instead.
    """

    code: ClassVar[str] = "org_times_person"
    name: ClassVar[Wording] = Wording("组织×个人系数", "Unit times person")

    unit_coefficient: Decimal
    personal_coefficient: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse coefficients below zero."""
        require_not_negative(unit_coefficient=self.unit_coefficient, personal_coefficient=self.personal_coefficient)

    @classmethod
    def read(cls, given: Given) -> Self:
        """Build the rule from parameters that came from outside."""
        return cls(
            unit_coefficient=given.number("unit_coefficient"),
            personal_coefficient=given.optional_number("personal_coefficient"),
        )

    def judge(self, actual: object) -> Score:
        """Multiply the unit's coefficient with the person's."""
        personal = self.personal_coefficient
        if personal is None:
            personal = observed(actual)
            require_not_negative(actual=personal)
        value = cents(self.unit_coefficient * personal)
        values = {"unit": self.unit_coefficient, "personal": personal, "value": value}
        return Score(self.code, Sentence((FACTORS, PRODUCT, RESULT), values), value)
