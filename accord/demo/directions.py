"""What 远航电商 wants to reach: the objectives of a quarter, from the company to a person, and how they went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Kpi = tuple[str, str, float]
"""Metric, position and level."""

UP, DOWN, ABOVE, BELOW, DONE = "increase", "decrease", "keep_above", "keep_below", "milestone"


@dataclass(frozen=True)
class Result:
    """A key result. `reach` is where it would stand at the end of the quarter; `notes` are by week, from 1."""

    title: str
    weight: str
    kind: str = UP
    start: float = 0
    target: float = 1
    reach: float = 1
    unit: str = "%"
    metric: str = ""
    sure: int = 7
    kpis: tuple[Kpi, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Direction:
    """An objective; `unit` is empty for a person's. `score` and `retrospective` are of a quarter that is over."""

    key: str
    owner: str
    title: str
    results: tuple[Result, ...]
    unit: str | None = None
    serves: str = ""
    why: str = ""
    score: str = ""
    retrospective: str = ""


THIS_QUARTER: tuple[Direction, ...] = (
    Direction(
        "repeat",
        "YH0001",
        "提升客户复购率",
        (
            Result(
                "全站复购率",
                "0.5",
                UP,
                22,
                26,
                25.4,
                kpis=(("复购率", "用户运营", 25), ("首次响应时长", "客服专员", 25)),
                notes={2: "会员权益页上线，先看北美。", 6: "北美涨得快，东南亚还没动。"},
            ),
            Result(
                "老客销售占比",
                "0.3",
                UP,
                31,
                38,
                35.2,
                sure=6,
                kpis=(("活动投入产出比", "活动运营", 4.5),),
                notes={4: "老客专场定为每月一次。"},
            ),
            Result("客户满意度不低于 92%", "0.2", ABOVE, 0, 92, 92.8, kpis=(("售后处理时长", "售后工程师", 24),)),
        ),
        unit="",
        why="获客成本两年涨了四成，靠新客增长已经不划算。让买过一次的人愿意再来，是今年最要紧的一件事。",
    ),
    Direction(
        "launch",
        "YH0079",
        "让新品更快成为爆款",
        (
            Result("新品 90 天动销率", "0.5", UP, 48, 60, 56, kpis=(("需求上线率", "产品经理", 88),)),
            Result("新品首月退货率", "0.3", DOWN, 9, 6, 6.6, sure=6, kpis=(("设计一次通过率", "UI设计师", 80),)),
            Result("新品评审机制跑通", "0.2", DONE, 0, 1, 0.9, unit="", notes={3: "评审模板定稿，先试两个品类。"}),
        ),
        unit="",
        why="上新多、成得少。少上一些，上得准一些。",
    ),
    Direction(
        "supply",
        "YH0098",
        "旺季不断货、不压货",
        (
            Result("缺货率", "0.5", DOWN, 5.2, 3.5, 3.9, metric="缺货率", kpis=(("缺货率", "计划专员", 4),)),
            Result("发货及时率不低于 96%", "0.3", ABOVE, 0, 96, 97, kpis=(("发货及时率", "物流专员", 96),)),
            Result(
                "旺季备货预案演练两次", "0.2", DONE, 0, 1, 1, unit="", notes={5: "第一次演练，海外仓补货慢了两天。"}
            ),
        ),
        unit="",
    ),
    Direction(
        "stores",
        "YH0003",
        "让老客更愿意回来买",
        (
            Result("复购率", "0.4", UP, 22, 25, 25, metric="复购率", kpis=(("复购率", "用户运营", 25),)),
            Result(
                "首单后 30 天二次购买率", "0.4", UP, 18, 24, 22.6, notes={3: "首单后第 7 天触达，效果好于第 3 天。"}
            ),
            Result("会员权益页三个站点上线", "0.2", DONE, 0, 1, 1, unit="", sure=8, notes={7: "北美、欧洲已上线。"}),
        ),
        unit="店铺运营部",
        serves="repeat",
        why="公司看复购，店铺是第一道门：页面、活动、客服话术都在我们手里。",
    ),
    Direction(
        "america",
        "YH0004",
        "把北美老客的第二单做起来",
        (
            Result(
                "沉睡会员唤醒率",
                "0.5",
                UP,
                6,
                10,
                9,
                notes={2: "先唤醒 90 天没下单的。", 6: "短信打开率掉了，换成邮件。"},
            ),
            Result(
                "老客专场成交额",
                "0.5",
                UP,
                0,
                120,
                96,
                unit="万元",
                kpis=(("GMV", "店铺运营", 26),),
                notes={4: "第一场 31 万，超预期。", 8: "第二场 28 万，券发晚了。"},
            ),
        ),
        unit="店铺运营部/北美组",
        serves="stores",
    ),
    Direction(
        "xiaoyu",
        "YH0005",
        "让店里的老客第二单更容易",
        (
            Result(
                "店铺老客二次购买率",
                "0.5",
                UP,
                15,
                21,
                19.8,
                kpis=(("转化率", "店铺运营", 2.4),),
                notes={3: "把“再买一次”放到订单页，点的人比想的多。", 7: "券的门槛降到 99，老客下单多了。"},
            ),
            Result("“与描述不符”的客诉占比", "0.3", DOWN, 8, 4, 4.6, sure=6, notes={5: "改了尺码表，外套类还要再改。"}),
            Result("十个主推款详情页改版", "0.2", DONE, 0, 1, 0.9, unit="", sure=8),
        ),
        serves="america",
        why="老客已经认识我们，第二单卡在找不到、等太久、怕买错。",
    ),
    Direction(
        "junjie",
        "YH0006",
        "家居类目的老客愿意配套买",
        (
            Result("家居老客连带率", "0.6", UP, 1.3, 1.7, 1.55, unit="", notes={4: "套装价上线。"}),
            Result("套装上架 30 组", "0.4", UP, 0, 30, 27, unit="组"),
        ),
        serves="america",
    ),
    Direction(
        "members",
        "YH0013",
        "建起北美会员的触达节奏",
        (
            Result("我负责人群的复购率", "0.6", UP, 22, 26, 26, metric="复购率"),
            Result("触达退订率不超过 0.8%", "0.4", BELOW, 0, 0.8, 0.7),
        ),
        serves="america",
    ),
    Direction(
        "europe",
        "YH0014",
        "欧洲站老客专场常态化",
        (
            Result("老客专场成交额", "0.6", UP, 0, 90, 58, unit="万元", sure=5, notes={5: "法国站物流停了一周。"}),
            Result("老客评论带图率", "0.4", UP, 9, 15, 13),
        ),
        unit="店铺运营部/欧洲组",
        serves="stores",
    ),
    Direction(
        "asia",
        "YH0024",
        "东南亚站把会员体系搭起来",
        (
            Result("会员注册率", "0.5", UP, 4, 12, 6.2, sure=4, notes={6: "注册要填六项，正和产品商量减到两项。"}),
            Result("会员体系上线", "0.5", DONE, 0, 1, 0.6, unit="", sure=5),
        ),
        unit="店铺运营部/东南亚组",
        serves="stores",
    ),
    Direction(
        "service",
        "YH0048",
        "让每一次售后都留住客户",
        (
            Result("客户满意度不低于 92%", "0.4", ABOVE, 0, 92, 93, metric="客户满意度"),
            Result("售后差评率", "0.4", DOWN, 3.2, 1.8, 2.1, kpis=(("售后处理时长", "售后工程师", 24),)),
            Result("客服回访话术改版", "0.2", DONE, 0, 1, 1, unit="", sure=9),
        ),
        unit="客服部",
        serves="repeat",
    ),
    Direction(
        "after",
        "YH0057",
        "售后当天有回音",
        (
            Result(
                "售后首次响应时长",
                "0.6",
                DOWN,
                46,
                30,
                30,
                unit="分钟",
                metric="首次响应时长",
                kpis=(("首次响应时长", "技术支持", 40), ("售后处理时长", "售后工程师", 24)),
            ),
            Result("退换货一次办结率", "0.4", UP, 68, 80, 77, notes={4: "仓库给了客服退货权限。"}),
        ),
        unit="客服部/售后组",
        serves="service",
    ),
    Direction(
        "repair",
        "YH0058",
        "常见故障客户自己就能解决",
        (
            Result("自助解决占比", "0.6", UP, 12, 25, 21, notes={3: "前十类故障的图解写好了七类。"}),
            Result("故障图解覆盖前 20 类", "0.4", UP, 0, 20, 18, unit="类"),
        ),
        serves="after",
    ),
    Direction(
        "product",
        "YH0080",
        "新品立项前先听客户说",
        (
            Result("立项前客户访谈", "0.5", UP, 0, 40, 36, unit="位", kpis=(("分析结论采纳数", "数据分析师", 3),)),
            Result("新品评审一次通过率", "0.5", UP, 55, 75, 69),
        ),
        unit="产品技术部/产品组",
        serves="launch",
    ),
    Direction(
        "content",
        "YH0041",
        "新品首月内容跟得上",
        (
            Result("新品首月内容互动率", "0.6", UP, 2.8, 4, 3.7, kpis=(("内容互动率", "内容运营", 4),)),
            Result("上新当天内容就位率", "0.4", UP, 70, 95, 90),
        ),
        unit="市场部/内容组",
        serves="launch",
    ),
    Direction(
        "warehouse",
        "YH0103",
        "旺季每天 18 点前的单当天出库",
        (
            Result("当日出库率", "0.7", UP, 91, 97, 96, kpis=(("发货及时率", "物流专员", 96),)),
            Result("拣货差错率不超过 0.4%", "0.3", BELOW, 0, 0.4, 0.35),
        ),
        unit="供应链部/仓储物流组",
        serves="supply",
    ),
    Direction(
        "talks",
        "YH0111",
        "让主管愿意谈、谈得好",
        (
            Result("两周内完成面谈的辅导任务", "0.6", UP, 60, 90, 84),
            Result(
                "主管面谈工作坊四场", "0.4", UP, 0, 4, 4, unit="场", sure=9, notes={2: "第一场客服部，来了九位主管。"}
            ),
        ),
    ),
)

LAST_QUARTER: tuple[Direction, ...] = (
    Direction(
        "base",
        "YH0001",
        "把客户体验的底子打牢",
        (
            Result("客户满意度", "0.5", UP, 88, 92, 91.6),
            Result("退货处理时长", "0.3", DOWN, 72, 48, 46, unit="小时"),
            Result("客户声音周报跑起来", "0.2", DONE, 0, 1, 1, unit=""),
        ),
        unit="",
        score="0.8",
        retrospective="满意度差 0.4 个点，但退货时长超出预期，客户声音周报每周都有人看。\n"
        "做对的：先修客户抱怨最多的三件事，没有铺开。\n下次不同：满意度要按站点看，东南亚拖了后腿，到九月才发现。",
    ),
    Direction(
        "page",
        "YH0004",
        "北美店铺的页面更可信",
        (
            Result("详情页跳出率", "0.6", DOWN, 48, 40, 42.5),
            Result("带图评论占比", "0.4", UP, 8, 15, 15.5),
        ),
        unit="店铺运营部/北美组",
        serves="base",
        score="0.7",
        retrospective="评论做到了，跳出率只走完三分之二，卡在外套和鞋类的尺码信息。\n"
        "保留：每周五一起看十条差评。\n改变：改版先挑流量最大的十个款，不再平均用力。",
    ),
    Direction(
        "first",
        "YH0005",
        "新客第一次就买对",
        (
            Result("尺码不合的退货占比", "0.6", DOWN, 21, 14, 15),
            Result("主推款尺码表改版", "0.4", DONE, 0, 1, 1, unit=""),
        ),
        serves="page",
        score="0.7",
        retrospective="尺码表改完后退货明显少了，外套类还差一点，原因是面料弹性没写清楚。\n"
        "学到的：先问客服要退货原因，比自己猜快得多。",
    ),
    Direction(
        "reply",
        "YH0057",
        "售后不让客户等",
        (
            Result("售后首次响应时长", "0.7", DOWN, 60, 45, 46, unit="分钟"),
            Result("夜间值班排起来", "0.3", DONE, 0, 1, 1, unit=""),
        ),
        unit="客服部/售后组",
        serves="base",
        score="0.9",
        retrospective="夜间值班第二周就见效。响应时长差一分钟，都在周一早上。\n下个季度：周一早班加一个人。",
    ),
)
