"""The sentences of differences between two versions of a form, by code."""

from accord.domain.wording import Wording

WORDINGS = {
    "title_changed": Wording("表单标题由“{old}”改为“{new}”。", "The title changes from “{old}” to “{new}”."),
    "intro_changed": Wording("表单说明由“{old}”改为“{new}”。", "The introduction changes from “{old}” to “{new}”."),
    "intro_added": Wording("新增表单说明“{new}”。", "An introduction is added: “{new}”."),
    "intro_removed": Wording("删除表单说明。", "The introduction is removed."),
    "step_added": Wording("新增步骤“{step}”。", "The step “{step}” is added."),
    "step_removed": Wording("删除步骤“{step}”。", "The step “{step}” is removed."),
    "step_renamed": Wording("步骤“{old}”改名为“{new}”。", "The step “{old}” is now called “{new}”."),
    "steps_reordered": Wording("步骤顺序改为：{new}。", "The order of the steps is now: {new}."),
    "field_added": Wording("新增字段“{field}”（{kind}）。", "The field “{field}” is added ({kind})."),
    "required_field_added": Wording(
        "新增必填字段“{field}”（{kind}）。", "The required field “{field}” is added ({kind})."
    ),
    "field_removed": Wording("删除字段“{field}”（{kind}）。", "The field “{field}” is removed ({kind})."),
    "field_renamed": Wording("字段“{old}”改名为“{new}”。", "The field “{old}” is now called “{new}”."),
    "moved_first": Wording("“{field}”移到最前。", "“{field}” moves to the top."),
    "moved_behind": Wording("“{field}”移到“{other}”之后。", "“{field}” moves behind “{other}”."),
    "kind_changed": Wording("“{field}”由{old}改为{new}。", "“{field}” changes from {old} to {new}."),
    "required_on": Wording("“{field}”改为必填。", "“{field}” becomes required."),
    "required_off": Wording("“{field}”改为非必填。", "“{field}” is no longer required."),
    "core_on": Wording("“{field}”改为核心字段，始终显示。", "“{field}” becomes a core field and is always shown."),
    "core_off": Wording("“{field}”改为选填，默认收起。", "“{field}” becomes optional and starts hidden."),
    "right_changed": Wording(
        "“{field}”在步骤“{step}”由{old}改为{new}。", "“{field}” in the step “{step}” changes from {old} to {new}."
    ),
    "setting_set": Wording("“{field}”的{setting}设为“{new}”。", "“{field}”: the {setting} is set to “{new}”."),
    "setting_cleared": Wording(
        "“{field}”取消{setting}“{old}”。",
        "“{field}”: the {setting} “{old}” is dropped.",
    ),
    "setting_changed": Wording(
        "“{field}”的{setting}由“{old}”改为“{new}”。", "“{field}”: the {setting} changes from “{old}” to “{new}”."
    ),
    "row_added": Wording("“{field}”的{setting}新增“{new}”。", "“{field}”: “{new}” is added to the {setting}."),
    "row_removed": Wording(
        "“{field}”的{setting}删除“{old}”。",
        "“{field}”: “{old}” is removed from the {setting}.",
    ),
    "row_renamed": Wording(
        "“{field}”的{setting}“{old}”改名为“{new}”。", "“{field}”: “{old}” of the {setting} is now called “{new}”."
    ),
    "rows_reordered": Wording(
        "“{field}”的{setting}顺序改为：{new}。", "“{field}”: the order of the {setting} is now {new}."
    ),
}
