"""What was judged before has no rows of units yet: it is judged again, soon and in the background."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0003_unit_statuses'),
    ]

    operations = [
        migrations.RunSQL("UPDATE judged_periods SET touches = touches + 1", migrations.RunSQL.noop),
    ]
