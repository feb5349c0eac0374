"""The kinds of fields, in the order a palette shows them. A new one is a file beside these and a line here."""

from accord.domain.form_schema.field import Field
from accord.domain.form_schema.kinds.attachment import Attachments
from accord.domain.form_schema.kinds.calculated import Calculated
from accord.domain.form_schema.kinds.choice import Choice, MultiChoice
from accord.domain.form_schema.kinds.day import Date
from accord.domain.form_schema.kinds.directory import Person, Unit
from accord.domain.form_schema.kinds.heading import Heading
from accord.domain.form_schema.kinds.metric import Metric
from accord.domain.form_schema.kinds.number import Number
from accord.domain.form_schema.kinds.rating import Rating
from accord.domain.form_schema.kinds.sbi import Sbi
from accord.domain.form_schema.kinds.table import Table
from accord.domain.form_schema.kinds.text import LongText, TextLine

KINDS: dict[str, type[Field]] = {
    kind.kind: kind
    for kind in (
        TextLine,
        LongText,
        Number,
        Choice,
        MultiChoice,
        Rating,
        Date,
        Person,
        Unit,
        Metric,
        Table,
        Attachments,
        Heading,
        Sbi,
        Calculated,
    )
}
