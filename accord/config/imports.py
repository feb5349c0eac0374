"""Kinds of import: what `accord import KIND` and the import pages offer."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.imports.kinds import ImportKind, KindOption

IMPORTS: dict[str, ImportKind] = {
    "people": ImportKind(
        label=_("Employees"),
        summary=_("Employees with their unit, position and line manager."),
        icon="users",
        importer="accord.people.services.people_import.import_people",
        columns="accord.people.services.people_import.COLUMNS",
        examples=(
            {
                "employee_no": "E1001", "name": "李伟", "email": "li.wei@example.com",
                "org_unit": "公司/销售部", "position": "销售经理", "manager_no": "",
                "hired_on": "2021-03-01", "status": "在职",
            },
            {
                "employee_no": "E1002", "name": "张敏", "email": "zhang.min@example.com",
                "org_unit": "公司/销售部/华东组", "position": "销售代表", "manager_no": "E1001",
                "hired_on": "2024-07-15", "status": "在职",
            },
        ),
    ),
    "leave": ImportKind(
        label=_("Leave"),
        summary=_("On which days people are away, so that no talk is planned on them; never why."),
        icon="calendar-off",
        importer="accord.people.services.leave_import.import_leave",
        columns="accord.people.services.leave_import.COLUMNS",
        has_performance=True,
        examples=(
            {"employee_no": "E1001", "first_day": "2026-12-24", "last_day": "2026-12-31"},
            {"employee_no": "E1002", "first_day": "2027-01-04", "last_day": "2027-01-04"},
        ),
    ),
    "kpis": ImportKind(
        label=_("KPIs and targets"),
        summary=_("Who is measured by what: metrics with weight, target and period of validity."),
        icon="target-arrow",
        importer="accord.goals.services.kpi_import.import_kpis",
        columns="accord.goals.services.kpi_import.COLUMNS",
        has_performance=True,
        examples=(
            {
                "employee_no": "E1002", "metric": "签约额", "weight": "60%", "target": "120000", "threshold": "90000",
                "stretch": "150000", "method": "完成率法", "valid_from": "2026-10-01", "valid_to": "2026-12-31",
            },
            {
                "employee_no": "E1002", "metric": "回款率", "weight": "40%", "target": "95%", "threshold": "85%",
                "stretch": "100%", "method": "完成率法", "valid_from": "2026-10-01", "valid_to": "2026-12-31",
            },
        ),
        options=(
            KindOption(
                "create_metrics",
                _("Create unknown metrics"),
                _("A metric that the library does not have is made: weekly, higher is better."),
                is_flag=True,
            ),
        ),
    ),
    "measurements": ImportKind(
        label=_("Measurements"),
        summary=_("What was reached: one value per person or unit, metric and period."),
        icon="chart-line",
        importer="accord.metrics.services.measurement_import.import_measurements",
        columns="accord.metrics.services.measurement_import.COLUMNS",
        has_performance=True,
        examples=(
            {"employee_no": "E1002", "metric": "签约额", "period": "2026-W41", "value": "9,800"},
            {"employee_no": "E1002", "metric": "回款率", "period": "2026-10", "value": "93.5%"},
        ),
        options=(
            KindOption(
                "source",
                _("Source of the numbers"),
                _("The system or list the numbers come from, such as “Order system”."),
            ),
        ),
    ),
    "learning": ImportKind(
        label=_("Learning resources"),
        summary=_("Guides, books, courses and links, each with the competency it helps with."),
        icon="books",
        importer="accord.coaching.services.learning_import.import_learning",
        columns="accord.coaching.services.learning_import.COLUMNS",
        examples=(
            {
                "title": "新人数据课：看懂经营日报", "kind": "课程", "competency": "数据表达", "level": "1",
                "minutes": "45", "language": "中文", "author": "数据组", "summary": "每个指标从哪里来、怎么读。",
                "address": "", "course": "DATA-101",
            },
            {
                "title": "会议纪要范例", "kind": "链接", "competency": "沟通协作", "level": "2",
                "minutes": "10", "language": "中文", "author": "", "summary": "一页写清结论、负责人和日期。",
                "address": "https://wiki.example.com/minutes", "course": "",
            },
        ),
    ),
}  # fmt: skip
