"""The words of 远航电商's workshops and check-ins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Card:
    """One card: by whom, what was said and voted (重 matters, 动 can be moved), where it went and why."""

    name: str
    author: str
    why: str
    how: str
    source: str = ""
    english: str = ""
    comments: Sequence[tuple[str, str]] = ()
    votes: Mapping[str, Sequence[int]] = field(default_factory=dict)
    column: str = "proposed"
    merged_into: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Session:
    """One workshop with its cards."""

    title: str
    question: str
    prompts: Sequence[str]
    days_ago: int
    cards: Sequence[Card]
    is_closed: bool = False


@dataclass(frozen=True)
class Line:
    """One check-in, so many days ago."""

    days_ago: int
    metric: str
    moved: str
    confidence: int
    value: Decimal | None = None
    obstacle: str = ""
    link: str = ""
    corrected: str = ""


_PROMPTS = (
    "你对店铺结果的贡献是什么？",
    "其中哪一部分，你自己几周内就能推动？",
    "数字从哪里来，不用额外做表？",
)

CLOSED = Session(
    title="北美组店铺运营 · 四季度指标共建",
    question="四季度我们的工作，用哪几项指标看最合适？",
    prompts=_PROMPTS,
    days_ago=24,
    is_closed=True,
    cards=(
        Card(
            "转化率",
            "YH0005",
            "访客进来以后买不买，主要看我们的页面、价格和活动。",
            "首图、详情页和人群出价都在自己手里，改完一周就能看到变化。",
            comments=(
                ("YH0008", "同意，但要按自然流量和广告流量分开看，不然投放一放量就被拉低。"),
                ("YH0004", "可以在复盘时拆开看，考核先用总的。"),
            ),
            votes={"重": (5, 6, 7, 8, 9, 10, 11), "动": (5, 6, 7, 8, 9, 11)},
            column="adopted",
            reason="大家公认最能反映页面和人群工作的一项，数据每周自动出。",
        ),
        Card(
            "客单价",
            "YH0008",
            "同样的访客，搭配和加价购做得好，成交额能多一成。",
            "组合装、满减门槛、加价购都是店铺自己设置。",
            comments=(("YH0010", "大促月会被低价款拉低，目标要按月份给。"),),
            votes={"重": (5, 6, 8, 9, 10), "动": (5, 8, 9, 10)},
            column="adopted",
            reason="半数以上认为能推动；目标按月份设，避开大促的影响。",
        ),
        Card(
            "差评二十四小时处理率",
            "YH0009",
            "差评不处理，后面两周的转化都会掉。",
            "每天早上先看差评，回复、补发、联系客服都能自己发起。",
            source="平台评价后台",
            english="Bad reviews handled in 24 h",
            comments=(
                ("YH0011", "夜里来的差评怎么算？"),
                ("YH0009", "从上班时间开始算二十四小时，平台报表有这个口径。"),
            ),
            votes={"重": (5, 7, 8, 9, 11), "动": (5, 6, 7, 8, 9, 10, 11)},
            column="adopted",
            reason="七个人都能推动，平台有现成报表；权重先给小一点，跑一个季度再看。",
        ),
        Card(
            "差评处理时长",
            "YH0011",
            "处理得快，客户愿意改评价。",
            "自己盯后台就能做到。",
            source="平台评价后台",
            votes={"重": (9, 11), "动": (9, 11)},
            merged_into="差评二十四小时处理率",
        ),
        Card(
            "访客数",
            "YH0006",
            "没有流量，后面都谈不上。",
            "选词、标题和活动报名能带来一部分。",
            comments=(("YH0005", "大头是投放组在花钱，我们能动的只有自然流量那一块。"),),
            votes={"重": (5, 6, 8, 10), "动": (6,)},
            column="parked",
            reason="重要，但七人里只有一人认为自己能推动，主要由投放决定；改在投放组考核，我们只看趋势。",
        ),
        Card(
            "退货率",
            "YH0010",
            "退货多，利润就没了。",
            "详情页写清楚尺码，退货会少一些。",
            source="售后系统",
            votes={"重": (5, 7, 10), "动": (10,)},
            column="discussed",
            reason="一半原因在选品和质量，等售后系统能分出退货原因，下个季度再议。",
        ),
    ),
)

OPEN = Session(
    title="北美组店铺运营 · 大促期间看什么",
    question="黑五到圣诞这五周，除了 GMV，我们还该看哪些指标？",
    prompts=_PROMPTS,
    days_ago=3,
    cards=(
        Card(
            "活动报名通过率",
            "YH0007",
            "报不上活动，大促五周就没有主会场的流量。",
            "价格、库存和素材提前备好，通过率就上去了。",
            source="平台活动后台",
            comments=(("YH0005", "上周三个款都因为库存不够被退，这一项我们真能管。"),),
            votes={"重": (5, 7, 8, 9), "动": (5, 7, 8)},
            column="discussed",
        ),
        Card(
            "缺货率",
            "YH0005",
            "大促断货一天，前面的广告费就白花了。",
            "每天看可售天数，提前两周给计划部补货单。",
            comments=(
                ("YH0009", "补货要看供应链，我们只能提前报。"),
                ("YH0004", "那就看“提前两周报出的比例”？大家想想口径。"),
            ),
            votes={"重": (5, 6, 8, 9, 10), "动": (5,)},
            column="discussed",
        ),
        Card(
            "加购转化率",
            "YH0008",
            "大促前加购、大促中成交，中间这一步最能看出页面和优惠做得好不好。",
            "优惠券、提醒短信、限时价都是自己排。",
            source="店铺后台",
            votes={"重": (8, 10), "动": (8, 10, 11)},
        ),
        Card(
            "复购率",
            "YH0011",
            "大促来的新客，能留下来才算数。",
            "包裹卡和老客专场能自己做一部分。",
            votes={"重": (11,)},
        ),
    ),
)


def _line(week: int, metric: str, moved: str, confidence: int, **more: object) -> Line:
    """A line of so many weeks ago; each person has a usual day, set by `_of`."""
    return Line(week * 7, metric, moved, confidence, **more)  # type: ignore[arg-type]


def _of(day: int, *lines: Line) -> tuple[Line, ...]:
    """The lines of one person, so many days before the same weekday as today."""
    moved = (Line(**vars(line) | {"days_ago": line.days_ago + day}) for line in lines)
    return tuple(sorted(moved, key=lambda line: -line.days_ago))


_XIAOYU = _of(
    3,
    _line(12, "转化率", "秋款详情页换完八个，跳出少了一些。", 7, value=Decimal("2.42")),
    _line(11, "GMV", "老客专场成交三万四，比平时周三多一倍。", 8, link="https://example.com/reports/old-customer-day"),
    _line(10, "转化率", "首图做了两版对比，带场景的那版点击高 0.6 个点。", 8),
    _line(9, "访客数", "报上了平台秋季主会场，周末流量涨两成。", 8),
    _line(8, "客单价", "组合装上线，客单价回到 190 以上。", 8, value=Decimal("192.5")),
    _line(7, "转化率", "新增两个关键词，进来的人和商品更对得上。", 7),
    _line(6, "转化率", "新投放的人群偏宽，转化开始往下走。", 5, obstacle="投放换了人群包，我们这边没有提前知道。"),
    _line(5, "转化率", "和投放组对过一次，人群收窄到相似客；首图还是夏款。", 4, obstacle="设计排期要到下周四。"),
    _line(4, "转化率", "八个主推款首图换成冬款，周三起点击回升。", 6, value=Decimal("2.21")),
    _line(
        3,
        "转化率",
        "转化回到 2.4，广告花费没有增加。",
        8,
        value=Decimal("2.4"),
        corrected="转化回到 2.4，广告花费每天多了一百元。",
    ),
    _line(2, "GMV", "老客专场固定成每月一次，活动运营给了两张图。", 8),
    _line(1, "GMV", "黑五三个主推款库存到仓，报名通过两个。", 8, link="https://example.com/plans/black-friday"),
)

_JUNJIE = _of(
    2,
    _line(12, "GMV", "清掉两款滞销，腾出广告预算给新款。", 6),
    _line(10, "访客数", "标题重写了十二个，自然流量涨了一点。", 7),
    _line(9, "GMV", "新款首周出了八十单。", 7),
    _line(7, "客单价", "满减门槛从 49 提到 59，客单价升了，订单没少。", 8, value=Decimal(188)),
    _line(6, "转化率", "转化掉了三成，先停了两个宽人群。", 4, obstacle="不知道是人群还是换季，数据混在一起。"),
    _line(4, "转化率", "换完首图后回来一半。", 6),
    _line(3, "GMV", "预售款上架，收了两百多个定金。", 7),
    _line(1, "GMV", "黑五价格和库存都提交了，等平台审核。", 7),
)

_JIAHAO = _of(
    1,
    _line(11, "GMV", "谈下一个站外红人，下周发视频。", 7),
    _line(9, "GMV", "红人视频带来一千两百个访客，成交四十一单。", 8, link="https://example.com/posts/autumn-video"),
    _line(8, "转化率", "问答区补了二十条，客服说同样的问题少了。", 7),
    _line(6, "转化率", "转化下滑，先和晓雨一起排查人群。", 5),
    _line(5, "GMV", "促销结束后没有承接，成交掉得明显。", 5, obstacle="活动位要提前三周报，错过了。"),
    _line(3, "GMV", "补了一场限时购，回来七成。", 7),
    _line(2, "访客数", "报名通过率从一半提到七成，主要是素材提前备。", 8),
    _line(1, "GMV", "每天看一遍可售天数，补货单已发计划部。", 8),
)

_QIAN = _of(
    3,
    _line(12, "客单价", "试了三种组合装，买二的那种最好卖。", 7),
    _line(10, "客单价", "加价购上线一周，带动客单价 6 元。", 8, value=Decimal("191.2")),
    _line(8, "GMV", "国庆后恢复得慢，先把老客短信发了。", 6),
    _line(6, "转化率", "页面没动，转化也跌，怀疑人群。", 5, obstacle="广告后台的权限只有投放组有。"),
    _line(4, "转化率", "拿到只读权限，能自己看人群数据了。", 7),
    _line(2, "客单价", "黑五组合价定好，毛利留够十二个点。", 8),
    _line(1, "GMV", "预热页上线，加购比去年同期多一成半。", 8),
)

_ZHIQIANG = _of(
    2,
    _line(11, "转化率", "差评每天早上先处理，两周没有新增一星。", 7),
    _line(9, "转化率", "主推款评分从 4.2 回到 4.4。", 8),
    _line(7, "GMV", "评分回来以后自然位升了四名。", 8),
    _line(5, "转化率", "物流延误带来一批差评，逐个补发优惠券。", 5, obstacle="海外仓积压，要到下周才清完。"),
    _line(3, "转化率", "积压清完，差评回到正常数量。", 7),
    _line(1, "GMV", "大促客服排班和话术已经对好。", 8),
)

_SALES = _of(
    2,
    _line(12, "签约额", "新开三家，一家进入报价。", 6),
    _line(10, "签约额", "报价的那家砍掉一个模块，本周能签。", 7),
    _line(8, "签约额", "签回一单十二万。", 8, value=Decimal(12)),
    _line(6, "签约额", "两单卡在法务，付款条款来回改。", 4, obstacle="标准付款条款没有定版，每单都要重谈。"),
    _line(4, "签约额", "条款定版，两单按新条款推进。", 6),
    _line(3, "签约额", "两单先后签回。", 8, value=Decimal(27)),
    _line(1, "回款率", "上季度的尾款追回八成，剩一家下周二付。", 8),
)

LINES: Mapping[str, Sequence[Line]] = {
    "YH0005": _XIAOYU,
    "YH0006": _JUNJIE,
    "YH0007": _JIAHAO,
    "YH0008": _QIAN,
    "YH0009": _ZHIQIANG,
    "YH0072": _SALES,
}
