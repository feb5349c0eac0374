"""What no template may do, whoever writes it: break the content security policy, or use an icon that is not there."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("accord/**/templates/**/*.html"))
ICONS = {
    line.strip() for line in (ROOT / "frontend" / "icons.txt").read_text().splitlines() if not line.startswith("#")
}
# Mail programs know no style sheets, so their templates may carry styles.
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "an inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "an inline script without a nonce": re.compile(r"<script(?![^>]*(\bsrc=|CSP_NONCE|application/json))[^>]*>"),
    "an inline style sheet without a nonce": re.compile(r"<style(?![^>]*CSP_NONCE)[^>]*>"),
    "an expression htmx would have to evaluate": re.compile(r"hx-(on|vals\s*=\s*[\"']js:|trigger\s*=\s*\"[^\"]*\[)"),
    "something from another site": re.compile(r"(src|href)=[\"']https?://"),
}


def test_the_templates_are_found() -> None:
    assert len(PAGES) > 20
    assert len(ICONS) > 50


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_page_breaks_the_policy(fault: str) -> None:
    found = [str(path.relative_to(ROOT)) for path in PAGES if FORBIDDEN[fault].search(path.read_text("utf-8"))]
    assert not found


def test_every_icon_is_in_the_sprite() -> None:
    used = {
        (str(path.relative_to(ROOT)), name)
        for path in TEMPLATES
        for name in re.findall(r'{%\s*icon\s+"([^"]+)"|\b(?:icon|sign)="([a-z0-9-]+)"', path.read_text("utf-8"))
        for name in name
        if name
    }
    places = re.findall(
        r'Place\([^)]*?"[\w:]+",\s*"([a-z0-9-]+)"', (ROOT / "accord/config/pages.py").read_text("utf-8")
    )
    used |= {("accord/config/pages.py", name) for name in places}
    assert not {(where, name) for where, name in used if name not in ICONS}


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
