#!/usr/bin/env python3
"""Everything a clone needs, with nothing installed but Python 3.11 or newer.

    python3 dev.py setup              the virtual environment, the pinned packages, the browser bundle
    python3 dev.py run [--port N]     the demo company, its server and its worker
    python3 dev.py test               lint, types, architecture, tests on SQLite and on PostgreSQL
    python3 dev.py test ARGUMENTS     only pytest with these arguments, on SQLite

Each command sets up first; where nothing changed since the last time that takes a moment.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "accord-setup.txt"
OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")

# What `dev.py test` runs, in order; {bin} is where the programs of the virtual environment lie.
CHECKS = (
    ("Lint", "{bin}/ruff check ."),
    ("Format", "{bin}/ruff format --check ."),
    ("Types", "{bin}/mypy accord"),
    ("Architecture", "{bin}/lint-imports"),
    ("Tests on SQLite", "{bin}/python -m pytest -n auto --dist worksteal"),
    ("Tests on PostgreSQL", "{bin}/python -m tests.on_postgres -n auto --dist worksteal accord --ignore=accord/domain"),
)


def main():
    """Read the command and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="setup | run | test")
    commands.add_parser("setup", help="set up only")
    commands.add_parser("run", help="show the demo company").add_argument("--port", default="8000")
    commands.add_parser("test", help="check everything, or run pytest with ARGUMENTS", add_help=False)
    wish, arguments = parser.parse_known_args()
    if arguments and wish.command != "test":
        parser.error("unknown arguments: " + " ".join(arguments))
    with_python_311()
    # Hundreds of processes start in a test run; without what the first one leaves, each compiles the product anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    set_up()
    if wish.command == "run":
        become([str(PYTHON), "-m", "accord", "demo", "--port", wish.port])
    if wish.command == "test":
        sys.exit(test(arguments))


def with_python_311():
    """Go on, or start again under a newer Python of this machine, or say what is missing."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    newer = next((path for path in map(shutil.which, NEWER_PYTHONS) if path), None)
    if newer is None:
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    become([newer, *sys.argv])


def become(command):
    """Run `command` in place of this process, so that Ctrl-C reaches it alone."""
    if os.name == "nt":
        sys.exit(subprocess.call(command, cwd=ROOT))
    os.chdir(ROOT)
    os.execv(command[0], command)


def set_up():
    """Make or refresh the virtual environment. What went in is remembered, so the next time is quick."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    begin = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists():
        step("Making the virtual environment", [sys.executable, "-m", "venv", str(VENV)])
    # The build hook of the package makes the browser bundle and compiles the translations on the way.
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    step("Installing the pinned packages, building the pages", [*pip, "-c", "constraints.txt", "-e", ".[dev]"])
    STAMP.write_text(wanted)
    print(f"Ready after {time.monotonic() - begin:.0f} s", flush=True)


def fingerprint():
    """Return a hash over everything the set-up depends on."""
    sources = [ROOT / name for name in ("pyproject.toml", "constraints.txt", "hatch_build.py")]
    sources += (path for path in (ROOT / "frontend").glob("**/*") if "node_modules" not in path.parts)
    sources += ROOT.glob("accord/*/locale/*/LC_MESSAGES/*.po")
    digest = hashlib.sha256()
    for path in sorted(path for path in sources if path.is_file()):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def step(title, command):
    """Run one step of the set-up and stop with its message if it fails."""
    print(title + " …", flush=True)
    failed = subprocess.call(command, cwd=ROOT)
    if failed:
        hint = " (on Debian and Ubuntu: apt install python3-venv)" if "venv" in command else ""
        sys.exit(title + " failed; the reason stands above" + hint)


def test(arguments):
    """Run every check, or pytest with `arguments`. All checks run even if one fails; the answer is the exit code."""
    checks = [("Tests", "{bin}/python -m pytest")] if arguments else CHECKS
    failed = []
    for title, line in checks:
        begin = time.monotonic()
        print(f"── {title}", flush=True)
        words = [word.replace("{bin}", str(PYTHON.parent)) for word in line.split()]
        if subprocess.call([*words, *arguments], cwd=ROOT):
            failed.append(title)
        print(f"── {title}: {'FAILED' if title in failed else 'fine'} ({time.monotonic() - begin:.0f} s)\n", flush=True)
    print("Failed: " + ", ".join(failed) if failed else "All fine")
    return 1 if failed else 0


if __name__ == "__main__":
    main()
