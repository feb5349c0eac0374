"""What a redesign still lacks, in words."""

from __future__ import annotations

from accord.domain.wording import Wording

MISSING: dict[str, Wording] = {
    "objective": Wording("还没有写明服务哪个业务目标", "The business objective is not named yet"),
    "output": Wording("还没有写明对应的核心产出", "The core output is not named yet"),
    "contribution": Wording("还没有写明岗位怎样做出贡献", "How the position contributes is not said yet"),
    "behaviour": Wording("还没有写下可衡量的行为", "No behaviour that can be measured is written down yet"),
    "verdict": Wording("“{kpi}”还没有决定保留还是去掉", "It is not decided yet whether “{kpi}” stays"),
    "reason": Wording("去掉“{kpi}”还缺一句理由", "Dropping “{kpi}” needs a reason"),
    "no_kpi": Wording("至少要有一项指标", "There has to be at least one KPI"),
    "source": Wording("“{kpi}”还没有写明数据来源", "The source of “{kpi}” is not named yet"),
}
