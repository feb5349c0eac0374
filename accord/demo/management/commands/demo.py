"""`accord demo`: builds the demo company and serves it."""

import os
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accord.demo.build import build_demo
from accord.demo.company import is_demo_company
from accord.demo.errors import AnotherCompany, DemoUnfinished
from accord.foundation.management.verb import Verb
from accord.people.models import Employee


class Command(Verb):
    """Builds once; later calls find the company as it was left. Never touches another company's data."""

    help = "Build the demo company in a home of its own (.accord-demo), if there is none yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, no_serve: bool, port: int, **options: Any) -> None:
        unfinished = settings.HOME / "demo-unfinished"
        if unfinished.exists():
            raise DemoUnfinished(folder=settings.HOME)
        call_command("migrate", verbosity=0)
        if not Employee.objects.exists():
            started = time.perf_counter()
            unfinished.touch()
            build_demo(timezone.localdate(), lambda step: self.stdout.write(f"  {step} …"))
            unfinished.unlink()
            self.stdout.write(f"远航电商: {Employee.objects.count()} people, {time.perf_counter() - started:.1f} s")
        elif not is_demo_company(Employee.objects.order_by("id").values_list("employee_no", "name").first()):
            raise AnotherCompany
        if not no_serve:
            # Passkeys and the codes on printouts know the product by this address.
            os.environ.setdefault("ACCORD_BASE_URL", f"http://localhost:{port}")
            # A process of its own: the threads that read files here would not survive the web server's fork.
            os.execv(sys.executable, [sys.executable, "-m", "accord", "serve", "--port", str(port)])  # noqa: S606
