from accord.goals.models.cycles import Cycle
from accord.goals.models.kpis import Kpi, KpiTarget
from accord.goals.models.position_map import CoreOutput, RecommendedKpi

__all__ = ["CoreOutput", "Cycle", "Kpi", "KpiTarget", "RecommendedKpi"]
