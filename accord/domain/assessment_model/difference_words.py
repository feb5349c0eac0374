"""The sentences of differences between two versions of an assessment model, by code."""

from accord.domain.wording import Wording

RANGE = Wording("{least} 至 {most}", "{least} to {most}")
BAND = Wording("{from} 起 {score} 分", "{score} from {from} on")
NOTHING = Wording("无", "none")

WORDINGS = {
    "dimension_added": Wording("新增维度“{dimension}”。", "The dimension “{dimension}” is added."),
    "dimension_removed": Wording("删除维度“{dimension}”。", "The dimension “{dimension}” is removed."),
    "dimension_renamed": Wording("维度“{old}”改名为“{new}”。", "The dimension “{old}” is now called “{new}”."),
    "dimensions_reordered": Wording("维度顺序改为：{new}。", "The order of the dimensions is now: {new}."),
    "kpi_added": Wording(
        "新增“{kpi}”（{dimension}，权重 {weight}）。", "“{kpi}” is added ({dimension}, weight {weight})."
    ),
    "kpi_removed": Wording("删除“{kpi}”（权重 {weight}）。", "“{kpi}” is removed (weight {weight})."),
    "kpi_moved": Wording("“{kpi}”由“{old}”移到“{new}”。", "“{kpi}” moves from “{old}” to “{new}”."),
    "setting_changed": Wording(
        "“{kpi}”的{setting}由 {old} 改为 {new}。", "“{kpi}”: the {setting} changes from {old} to {new}."
    ),
    "setting_set": Wording("“{kpi}”的{setting}设为 {new}。", "“{kpi}”: the {setting} is set to {new}."),
    "setting_cleared": Wording("“{kpi}”取消{setting}（原为 {old}）。", "“{kpi}”: the {setting} {old} is dropped."),
    "why_changed": Wording("“{kpi}”的设置理由改为：{new}", "“{kpi}”: the reason is now: {new}"),
    "why_cleared": Wording("“{kpi}”删除了设置理由。", "“{kpi}”: the reason is removed."),
    "credited": Wording("“{kpi}”署名提出人 {new}。", "“{kpi}” is credited to {new}."),
    "credit_cleared": Wording("“{kpi}”不再署名提出人 {old}。", "“{kpi}” is no longer credited to {old}."),
    "form_changed": Wording("考核表单由 {old} 改为 {new}。", "The form changes from {old} to {new}."),
    "missing_changed": Wording(
        "有指标缺分时，由“{old}”改为“{new}”。", "Where a score is missing: from “{old}” to “{new}”."
    ),
    "flow_changed": Wording("考核流程由 {old} 改为 {new}。", "The flow changes from {old} to {new}."),
}
