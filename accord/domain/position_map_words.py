"""What is said about maps: problems, and what has changed."""

from __future__ import annotations

from accord.domain.wording import Wording

PROBLEMS: dict[str, Wording] = {
    "no_outputs": Wording("请至少写一项核心产出。", "Name at least one core output."),
    "too_many_outputs": Wording(
        "核心产出最多 {most} 项，再多就看不出岗位的重点。", "A position has at most {most} core outputs."
    ),
    "unnamed": Wording("第 {number} 项核心产出还没有名称。", "Core output {number} has no name yet."),
    "output_twice": Wording("核心产出“{output}”写了两次，请合并。", "The core output “{output}” stands there twice."),
    "too_many_kpis": Wording(
        "“{output}”下的指标最多 {most} 项。", "“{output}” has more than {most} KPIs; keep those that say most."
    ),
    "kpi_twice": Wording("“{output}”下的“{kpi}”写了两次。", "“{kpi}” stands twice below “{output}”."),
}

CHANGES: dict[str, Wording] = {
    "output_new": Wording("新增核心产出“{output}”", "New core output “{output}”"),
    "output_gone": Wording("去掉核心产出“{output}”", "Core output “{output}” is gone"),
    "serves": Wording("“{output}”服务的业务结果改为：{serves}", "“{output}” now serves: {serves}"),
    "kpi_new": Wording("“{output}”新增指标“{kpi}”", "“{output}” gains the KPI “{kpi}”"),
    "kpi_gone": Wording("“{output}”不再推荐“{kpi}”", "“{output}” no longer recommends “{kpi}”"),
    "target": Wording("“{kpi}”的目标值由 {before} 改为 {after}", "Target of “{kpi}” from {before} to {after}"),
    "threshold": Wording("“{kpi}”的门槛值由 {before} 改为 {after}", "Threshold of “{kpi}” from {before} to {after}"),
    "source": Wording("“{kpi}”的数据来源由 {before} 改为 {after}", "Source of “{kpi}” from {before} to {after}"),
    "why": Wording("“{kpi}”的推荐理由改为：{after}", "“{kpi}” is now recommended because: {after}"),
    "movable": Wording("“{kpi}”改为：本岗位能推动", "“{kpi}”: the position can move it"),
    "immovable": Wording("“{kpi}”改为：本岗位推动不了", "“{kpi}”: the position cannot move it"),
    "words": Wording("文字有改动", "The wording has changed"),
    "order": Wording("调整了顺序", "The order has changed"),
}
