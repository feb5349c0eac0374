"""What time causes: which task runs when. Times of day are on the organisation's clock (`ACCORD_TIME_ZONE`)."""

from datetime import time, timedelta

from accord.alerts.jobs.backtests import try_all_rules
from accord.alerts.jobs.evaluation import evaluate_pending
from accord.coaching.jobs.coaching_tasks import tend_tasks
from accord.coaching.jobs.feedback import forget_drafts
from accord.coaching.jobs.invitations import mail_invitations
from accord.coaching.jobs.learning import forget_deliveries
from accord.coaching.jobs.one_on_ones import tend_one_on_ones
from accord.coaching.jobs.recordings import forget_recordings
from accord.foundation.jobs.accounts import forget_attempts
from accord.foundation.jobs.import_files import forget_unused_files
from accord.foundation.jobs.notification_mail import mail_digests, mail_urgent_notifications
from accord.foundation.jobs.pruning import prune
from accord.foundation.jobs.schedule import Daily, Every
from accord.goals.jobs.agreements import follow_all_people
from accord.goals.jobs.check_ins import remind_of_check_ins
from accord.goals.jobs.objectives import remind_weekly
from accord.goals.jobs.scorecards import freeze_finished
from accord.insights.jobs.weekly_reports import forget_old_reports, mail_weekly_reports, write_weekly_reports
from accord.metrics.jobs.connections import forget_sources, sync_due
from accord.metrics.jobs.retention import retain_values
from accord.people.jobs.leaves import forget_old_leaves
from accord.workflow.jobs.archive import check_nightly, send_head_daily
from accord.workflow.jobs.archive_sealing import seal_waiting
from accord.workflow.jobs.documents import tend_documents
from accord.workflow.jobs.flows import hand_over_from_leavers, tend_flows

SCHEDULE: tuple[Every | Daily, ...] = (
    # Soon after midnight, when days, weeks, months and quarters have ended.
    Daily(time(0, 30), evaluate_pending),
    # After the lights of what had ended by midnight.
    Daily(time(1), freeze_finished),
    Daily(time(4), try_all_rules),
    # Before the digests of the morning go out.
    Daily(time(5), remind_of_check_ins),
    Daily(time(6), tend_tasks),
    Daily(time(6, 10), tend_one_on_ones),
    # Asked for by each change already; this takes up what a crash left.
    Every(timedelta(minutes=10), mail_invitations),
    Daily(time(7), remind_weekly),
    # Sources have their own rhythm; this only looks which of them are due.
    Every(timedelta(minutes=1), sync_due),
    Daily(time(3, 50), forget_sources),
    Daily(time(3, 55), forget_recordings),
    Daily(time(3, 55), forget_drafts),
    Daily(time(3, 50), forget_deliveries),
    Daily(time(3, 50), forget_old_leaves),
    Daily(time(3, 30), prune),
    Daily(time(3, 40), forget_attempts),
    Daily(time(3, 45), forget_unused_files),
    Daily(time(4), retain_values),
    # What the day has kept goes to the witnesses before anybody is back.
    Daily(time(2, 30), send_head_daily),
    Daily(time(3), check_nightly),
    # Each reader's own clock says when their digest is due; urgent mail left by a crash goes out here.
    Every(timedelta(minutes=10), mail_digests),
    # Mondays on each reader's own clock; one job is one slice of readers, and asks for the next.
    Every(timedelta(minutes=10), write_weekly_reports),
    Every(timedelta(minutes=10), mail_weekly_reports),
    Daily(time(3, 50), forget_old_reports),
    Every(timedelta(minutes=5), mail_urgent_notifications),
    Every(timedelta(minutes=10), tend_documents),
    # What the requests did not ask for themselves; a worker looks at the clock about as often.
    Every(timedelta(seconds=10), seal_waiting),
    Every(timedelta(minutes=5), tend_flows),
    Daily(time(1, 30), hand_over_from_leavers),
    Daily(time(1, 40), follow_all_people),
)
