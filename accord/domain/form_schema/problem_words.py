"""The sentences of problems, by code."""

from accord.domain.wording import Wording

# Wrong with the definition of a form.
OF_FORMS = {
    "not_a_form": Wording(
        "这不是表单定义，应为一个 JSON 对象。",
        "This is no form definition; it should be a JSON object.",
    ),
    "form_too_large": Wording(
        "表单定义超过 {most} KB，请精简。",
        "The definition is larger than {most} KB; shorten it.",
    ),
    "not_json": Wording(
        "表单定义里有 JSON 无法表示的内容，或嵌套过深。",
        "The definition is nested too deeply, or holds what JSON has no word for.",
    ),
    "unknown_version": Wording(
        "不支持的格式版本 {given}，应为 1。",
        "The format version {given} is not known; it should be 1.",
    ),
    "too_many_fields": Wording(
        "字段有 {given} 个，最多 {most} 个，请拆成几张表单。",
        "There are {given} fields and may be {most}; make it several forms.",
    ),
    "missing_setting": Wording("缺少“{name}”，请补上。", "“{name}” is missing; add it."),
    "unknown_setting": Wording(
        "没有名为 {given} 的设置，请检查拼写。",
        "There is no setting {given}; check its spelling.",
    ),
    "wrong_shape": Wording("“{name}”应为{expected}。", "“{name}” should be {expected}."),
    "unknown_kind": Wording(
        "没有字段类型 {given}，可用：{choices}。",
        "There is no kind of field {given}; there are {choices}.",
    ),
    "no_column_kind": Wording(
        "表格的列不能是 {given} 类型，可用：{choices}。",
        "A column cannot be a {given}; it can be {choices}.",
    ),
    "unknown_word": Wording(
        "“{name}”不能是 {given}，可选：{choices}。",
        "“{name}” cannot be {given}; it is one of {choices}.",
    ),
    "bad_key": Wording(
        "标识 {given} 不可用：以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符。",
        "The key {given} cannot be used: small letters, digits and underscores, a letter first, 40 at most.",
    ),
    "reserved_key": Wording(
        "标识 {given} 是公式里的保留字，请换一个。",
        "The key {given} is a word of formulas; take another.",
    ),
    "key_twice": Wording(
        "标识 {given} 已被“{other}”使用，请换一个。",
        "The key {given} belongs to “{other}” already; take another.",
    ),
    "value_twice": Wording(
        "选项值 {given} 重复，请改成不同的值。",
        "The value {given} is there twice; make them different.",
    ),
    "text_too_long": Wording(
        "“{name}”有 {given} 个字符，最多 {most} 个。",
        "“{name}” has {given} characters and may have {most}.",
    ),
    "out_of_bounds": Wording(
        "“{name}”应在 {least} 到 {most} 之间，现为 {given}。",
        "“{name}” should be from {least} to {most}, not {given}.",
    ),
    "wrong_count": Wording(
        "“{name}”应有 {least} 到 {most} 个，现有 {given} 个。",
        "“{name}” should number {least} to {most}, not {given}.",
    ),
    "range_reversed": Wording("“{low}”不能大于“{high}”。", "“{low}” must not lie above “{high}”."),
    "not_ascending": Wording(
        "评分档的分值须从小到大，且不重复。",
        "The values of the anchors must rise, each above the one before.",
    ),
    "bad_expression": Wording("“{name}”有误：{why}", "“{name}” cannot be read: {why}"),
    "unknown_name": Wording(
        "“{name}”里用到的 {given} 不是本表单的字段标识。",
        "“{name}” asks for {given}, and no field has this key.",
    ),
    "unknown_column": Wording(
        "“{name}”里用到的列 {given} 不存在。",
        "“{name}” asks for the column {given}, which is not there.",
    ),
    "cycle": Wording(
        "条件或公式互相引用成环：{cycle}，请断开其中一处。",
        "Conditions or formulas ask for each other in a circle: {cycle}; break it somewhere.",
    ),
    "first_step": Wording("第一个步骤的标识应为 start。", "The first step has the key start."),
    "unknown_step": Wording(
        "权限里的步骤 {given} 不存在。",
        "The rights name a step {given}, which is not there.",
    ),
    "required_but_optional": Wording(
        "必填字段不能设为选填收起，请二选一。",
        "A required field cannot start hidden as an optional one; choose one of the two.",
    ),
    "required_of_nobody": Wording(
        "字段是必填，但没有任何步骤可以填写。",
        "It is required, and no step may fill it in.",
    ),
    "never_required": Wording(
        "这种字段不由人填写，不能设为必填。",
        "Nobody fills this kind of field in, so it cannot be required.",
    ),
}
# Wrong with an answer.
OF_ANSWERS = {
    "missing": Wording("请填写“{field}”。", "Please fill in “{field}”."),
    "unreadable": Wording("内容格式不对，请重新填写。", "This cannot be read; fill it in again."),
    "answer_too_long": Wording(
        "最多 {most} 个字，现有 {given} 个，请精简。",
        "At most {most} characters, and there are {given}; shorten it.",
    ),
    "not_a_number": Wording(
        "“{given}”不是数字，请填写如 1250.5 的数字。",
        "“{given}” is no number; write one like 1250.5.",
    ),
    "too_many_digits": Wording(
        "数字太长，整数部分最多 {most} 位。",
        "The number is too long: {most} digits before the point at most.",
    ),
    "too_many_decimals": Wording("小数最多 {most} 位。", "At most {most} decimals."),
    "no_decimals": Wording("请填写整数。", "Please write a whole number."),
    "below_least": Wording("不能小于 {least}。", "It must not be below {least}."),
    "above_most": Wording("不能大于 {most}。", "It must not be above {most}."),
    "not_a_date": Wording(
        "“{given}”不是日期，请写成 2026-01-31 的样子。",
        "“{given}” is no date; write it like 2026-01-31.",
    ),
    "too_early": Wording("不能早于 {least}。", "It must not be before {least}."),
    "too_late": Wording("不能晚于 {most}。", "It must not be after {most}."),
    "not_a_choice": Wording("请从给出的选项中选择。", "Please choose one of the options."),
    "too_few_picks": Wording("至少选 {least} 项。", "Choose at least {least}."),
    "too_many_picks": Wording("最多选 {most} 项。", "Choose at most {most}."),
    "unknown_person": Wording("没有找到这位员工，请重新选择。", "This person was not found; choose again."),
    "unknown_unit": Wording("没有找到这个部门，请重新选择。", "This unit was not found; choose again."),
    "too_few_rows": Wording("至少填写 {least} 行。", "Fill in at least {least} rows."),
    "too_many_rows": Wording("最多 {most} 行。", "At most {most} rows."),
    "unknown_file": Wording(
        "有附件不存在或已删除，请重新上传。",
        "A file is not there or was removed; add it again.",
    ),
    "too_many_files": Wording("最多 {most} 个附件。", "At most {most} files."),
}
WORDINGS = OF_FORMS | OF_ANSWERS
