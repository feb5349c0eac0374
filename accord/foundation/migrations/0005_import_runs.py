import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("foundation", "0004_accounts_and_notifications"),
    ]

    operations = [
        migrations.RemoveField(model_name="importrun", name="error"),
        migrations.AddField(model_name="importrun", name="error", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="importrun", name="preview", field=models.JSONField(default=list)),
        migrations.AddField(model_name="importrun", name="warnings", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="importrun", name="loading_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="importrun",
            name="loaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="state",
            field=models.CharField(
                choices=[
                    ("checking", "being checked"),
                    ("checked", "checked, waiting for you"),
                    ("loading", "being loaded"),
                    ("done", "loaded"),
                    ("failed", "could not be read"),
                    ("discarded", "discarded"),
                ],
                default="checking",
                max_length=10,
            ),
        ),
    ]
