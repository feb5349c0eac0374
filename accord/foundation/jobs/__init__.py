"""Jobs: the Tasks API over a lease backend in the app's own database, or over Celery."""
