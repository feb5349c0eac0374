"""Assessment models: dimensions with KPIs, each with weight, range, target and scoring method; read, compared, weighed.

`read_model(body)` answers a Model or raises a ModelError that names everything to be mended, each with its place.
"""

from accord.domain.assessment_model.curves import Curve, curve
from accord.domain.assessment_model.differences import Difference, differences
from accord.domain.assessment_model.methods import METHODS, Parameter, ScoringMethod, params_of
from accord.domain.assessment_model.model import Dimension, Item, Model, blank_body
from accord.domain.assessment_model.problems import ModelError, Problem
from accord.domain.assessment_model.reading import MISSING, KnownMetric, number_in, read_item, read_model
from accord.domain.assessment_model.weights import Share, even_out

__all__ = [
    "METHODS",
    "MISSING",
    "Curve",
    "Difference",
    "Dimension",
    "Item",
    "KnownMetric",
    "Model",
    "ModelError",
    "Parameter",
    "Problem",
    "ScoringMethod",
    "Share",
    "blank_body",
    "curve",
    "differences",
    "even_out",
    "number_in",
    "params_of",
    "read_item",
    "read_model",
]
