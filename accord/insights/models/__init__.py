from accord.insights.models.weekly_reports import ReportWish, WeeklyReport

__all__ = ["ReportWish", "WeeklyReport"]
