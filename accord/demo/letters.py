"""What people of 远航电商 wrote into their forms, and what their managers answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Month:
    """A month's progress in one person's words; `pace` is their confidence, 1 to 4."""

    summary: str
    done: str
    pace: int
    next_step: str
    obstacle: str = ""

    def answers(self, on: date) -> dict[str, Any]:
        """What they fill in."""
        soon = (on + timedelta(days=20)).isoformat()
        given = {"summary": self.summary, "done": self.done, "pace": self.pace}
        given["next"] = [{"what": self.next_step, "by": soon}]
        return {**given, "obstacle": self.obstacle} if self.obstacle else given

    def earlier_answers(self) -> dict[str, Any]:
        """The same on the first version of the form, which asked for more."""
        return {
            "summary": self.summary,
            "done": self.done,
            "undone": "没有未完成的重点工作。",
            "obstacle": self.obstacle or "暂无。",
            "next": self.next_step,
            "learned": "和同事交流了做法。",
        }


MONTHS = (
    Month(
        "转化率回到目标以上",
        "详情页首图换季、广告收窄到相似人群，三周转化率从 1.9% 回到 2.3%。",
        3,
        "老客专场固定成每月一次",
    ),
    Month("旺季备货跟上了", "和采购对齐了十二个主推款的到货节奏，断货从九个降到一个。", 4, "整理一份断货预警清单"),
    Month(
        "访客稳，客单价低了一点",
        "上线三组搭配购，带动客单价止跌。",
        2,
        "测试满减门槛",
        "满减配置要排到下月，希望产品组提前一周。",
    ),
    Month("评价分回到 4.6", "逐条回复了四十条中评，把尺码表重做了一遍。", 3, "把尺码问题同步给商品同事"),
    Month("新品首月过了保本线", "两款新品首月成交过万，复盘了三次直播话术。", 4, "第三款新品选品评审"),
    Month(
        "广告花费超了一点",
        "关掉五个低效词，单次成交成本降了 8%。",
        2,
        "按周复核关键词",
        "投放预算月中才批，前半月只能少投；想请经理帮忙把审批提前。",
    ),
)

REPLIES = (
    "看到转化和评价一起回升，这个月稳住了。搭配购的数据我们一对一时一起看。",
    "备货这件事帮了全组。需要采购配合的地方我来协调。",
    "难处我知道了，预算审批我这周去谈，周五前给你回话。",
    "节奏很好。下个月把方法写下来，给新人也用上。",
)


@dataclass(frozen=True)
class Request:
    """Somebody asks for another target. `decisions` are what approvers say, node by node; one that begins with 退回
    sends it back. `signatures` is how many have signed, the manager first; `refusal` is why the last of them did not.
    """

    author: str
    days_ago: int
    kpi: str
    before: str
    after: str
    why: str
    evidence: str
    decisions: tuple[str, ...] = ()
    signatures: int = 0
    refusal: str = ""

    def answers(self, on: date) -> dict[str, Any]:
        """What they fill in."""
        return {
            "kpi": self.kpi,
            "before": self.before,
            "after": self.after,
            "why": self.why,
            "evidence": self.evidence,
            "from": (on + timedelta(days=14)).isoformat(),
        }


REQUESTS = (
    Request(
        "YH0005", 46, "转化率", "2.4", "2.2", "market", "平台调整了搜索规则，同类目平均转化率降了约 9%（商家公告）。",
        ("数据我核过，同意从下个月起调。",), 2,
    ),
    Request(
        "YH0007", 33, "GMV", "120", "96", "resources", "9 月广告预算由 18 万调为 13 万（预算表第 14 行）。",
        ("预算减了两成多，目标跟着减合理。", "会签同意，季度末复核一次。"), 2,
    ),
    Request(
        "YH0009", 21, "访客数", "42000", "38000", "market", "主推款被平台下架一周，已申诉恢复。",
        ("同意，按恢复后的日均重算。",), 2, "恢复后流量回来得比预期快，维持原目标更合适，下次一对一再谈。",
    ),
    Request(
        "YH0005", 4, "客单价", "168", "160", "market", "同类目本月客单价中位数 157（平台行业报告）。",
        ("同意，先按 160 执行。",), 1,
    ),
    Request(
        "YH0008", 3, "GMV", "110", "90", "resources", "两名活动运营借调大促项目组到月底。",
    ),
    Request(
        "YH0010", 2, "转化率", "2.3", "2.2", "scope", "详情页改版灰度中，本月一半流量走新版。",
        ("退回：请补一份灰度期间新旧版的对比数据。",),
    ),
)  # fmt: skip
