"""`accord demo`: builds the demo company in a home of its own and serves it."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from accord.demo.build import build_demo
from accord.people.models import Employee


class Command(BaseCommand):
    """Builds once; later calls find the company as it was left."""

    help = "Build the demo company, if there is none yet, and serve it."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, no_serve: bool, port: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if not Employee.objects.exists():
            started = time.perf_counter()
            build_demo(timezone.localdate(), lambda step: self.stdout.write(f"  {step} …"))
            self.stdout.write(f"远航电商: {Employee.objects.count()} people, {time.perf_counter() - started:.1f} s")
        if not no_serve:
            call_command("serve", port=port)
