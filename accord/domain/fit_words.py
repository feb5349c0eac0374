"""What the fit check says: the reason, and what to do."""

from __future__ import annotations

from accord.domain.wording import Wording

WHY: dict[str, Wording] = {
    "outside_family": Wording(
        "岗位地图只在{families}类岗位推荐“{metric}”，{position}属于{family}，很难靠本职工作影响它。",
        "The map recommends “{metric}” in {families} only. {position} belongs to {family} and can hardly move it "
        "with the work of the position.",
    ),
    "not_movable": Wording(
        "岗位地图注明：{position}推动不了“{metric}”。",
        "The map notes that a {position} cannot move “{metric}”.",
    ),
    "voted_not_movable": Wording(
        "共建会上投票的 {of} 人中，只有 {yes} 人认为自己推动得了“{metric}”。",
        "In the workshop {yes} of {of} people said that they can move “{metric}”.",
    ),
    "no_source": Wording(
        "“{metric}”没有写明数据来源，也还没有任何数值，到期时无从计分。",
        "“{metric}” names no data source and has no values yet, so it could not be scored.",
    ),
    "not_linked": Wording(
        "“{metric}”没有承接本周期的目标，岗位地图也没有说明它服务于哪项业务结果。",
        "“{metric}” is linked to no objective of the cycle, and the map names no business result that it serves.",
    ),
    "nothing_linked": Wording(
        "这些指标都没有承接本周期的目标。",
        "None of these KPIs is linked to an objective of the cycle.",
    ),
    "too_light": Wording(
        "“{metric}”的权重是 {weight}%，低于 {least}%，做得好坏对得分几乎没有影响。",
        "“{metric}” weighs {weight} %, less than {least} %: whatever becomes of it hardly shows in the score.",
    ),
    "some_too_light": Wording(
        "“{metric}”的权重低于 {least}%，做得好坏对得分几乎没有影响。",
        "“{metric}” weighs less than {least} %: whatever becomes of it hardly shows in the score.",
    ),
    "too_many": Wording(
        "一共 {count} 项指标，超过 {most} 项，精力容易分散。",
        "There are {count} KPIs. With more than {most} nobody knows what comes first.",
    ),
}

ADVICE: dict[str, Wording] = {
    "outside_family": Wording(
        "换成岗位地图为本岗位推荐的指标；确实需要的，写一句理由后保留。",
        "Choose what the map recommends for this position, or say in a sentence why it should stay.",
    ),
    "not_movable": Wording(
        "改为考核本岗位能推动的那一步，或交给能推动它的岗位。",
        "Measure the step that the position can move, or give it to the position that moves the whole.",
    ),
    "voted_not_movable": Wording(
        "和大家确认卡在哪里，再改为考核能推动的那一步。",
        "Ask what stands in the way, and measure the step that people can move.",
    ),
    "no_source": Wording(
        "先在指标库写明来源并导入一期数值，或换一项已经有数的指标。",
        "Name the source in the metric library and bring in one period, or choose a metric that has values.",
    ),
    "not_linked": Wording(
        "在这一行选择它承接的关键结果，或在岗位地图写明它服务的业务结果。",
        "Name the key result it contributes to in its line, or the business result it serves in the map.",
    ),
    "nothing_linked": Wording(
        "至少让一项指标承接部门或公司的一条关键结果。",
        "Link at least one of them to a key result of the unit or the company.",
    ),
    "too_light": Wording(
        "提高权重、并入相近的指标，或移出考核只作日常观察。",
        "Raise the weight, merge it with a like KPI, or watch it without scoring it.",
    ),
    "some_too_light": Wording(
        "提高权重、并入相近的指标，或移出考核只作日常观察。",
        "Raise the weight, merge it with a like KPI, or watch it without scoring it.",
    ),
    "too_many": Wording(
        "留下最能说明岗位产出的几项，其余作日常观察，不计分。",
        "Keep the few that show best what the position is there for, and watch the others without scoring them.",
    ),
}
