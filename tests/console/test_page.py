"""The page as files: small, from one origin, and never made of strings of markup."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

CONSOLE = Path(__file__).parents[2] / "infra" / "console"
INDEX = (CONSOLE / "index.html").read_text()
OURS = [
    CONSOLE / "index.html",
    *sorted((CONSOLE / "src").glob("*.js")),
    *sorted((CONSOLE / "styles").glob("*.css")),
]

DESK_BYTES = 65_000
"""Of a first visit to the desk, gzipped: with every channel's words and what each allows; 100 KB at most."""

WITH_PHONE_BYTES = 75_000
"""The same on the local stack, where the phone simulator is loaded as well."""

IMPORT = re.compile(r'^(?:import|export) (?:[^"]*? from )?"([^"]+)"', re.MULTILINE)


def imported(module: Path, seen: set[Path] | None = None) -> set[Path]:
    """The module and all that it imports before it runs."""
    found = set() if seen is None else seen
    if module not in found:
        found.add(module)
        for name in IMPORT.findall(module.read_text()):
            imported((module.parent / name).resolve(), found)
    return found


def on_the_wire(files: set[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def largest_catalogue(folder: Path) -> Path:
    return max(folder.glob("*.json"), key=lambda file: file.stat().st_size)


def first_visit() -> set[Path]:
    linked = {CONSOLE / name for name in re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', INDEX)}
    return (
        {CONSOLE / "index.html", largest_catalogue(CONSOLE / "texts")}
        | linked
        | imported(CONSOLE / "src" / "main.js")
    )


def test_a_first_visit_is_small() -> None:
    desk = first_visit()
    assert on_the_wire(desk) <= DESK_BYTES
    phone = imported(CONSOLE / "src" / "phone.js") | {largest_catalogue(CONSOLE / "texts" / "phone")}
    assert on_the_wire(desk | phone) <= WITH_PHONE_BYTES


def test_all_modules_of_the_first_visit_are_announced_at_once() -> None:
    announced = {CONSOLE / name for name in re.findall(r'rel="modulepreload" href="([^"]+)"', INDEX)}
    assert announced | {CONSOLE / "src" / "main.js"} == imported(CONSOLE / "src" / "main.js")


def test_every_module_is_used() -> None:
    lazy = {
        CONSOLE / "src" / name
        for text in OURS
        for name in re.findall(r'import\("\./([^"]+)"\)', text.read_text())
    }
    used = {file for root in {CONSOLE / "src" / "main.js"} | lazy for file in imported(root)}
    assert set((CONSOLE / "src").glob("*.js")) == {file for file in used if file.parent.name == "src"}


def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in OURS:
        found = re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"'`]*", file.read_text(), re.IGNORECASE)
        assert found == [], file.name


def test_no_text_is_ever_read_as_markup_or_as_code() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|createContextualFragment|srcdoc|DOMParser|javascript:"
    )
    for file in OURS:
        assert forbidden.search(file.read_text()) is None, file.name


def test_nothing_is_inline_that_a_strict_policy_would_stop() -> None:
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=", INDEX) == []
    for file in OURS:
        assert 'style="' not in file.read_text(), file.name
    assert "default-src 'self'" in INDEX


def test_the_vendored_files_are_those_that_their_list_names() -> None:
    vendor = CONSOLE / "vendor"
    listed = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", (vendor / "README.md").read_text(), re.MULTILINE))
    for digest, name in listed.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name
    kept = {file.name for file in vendor.iterdir() if not file.name.startswith(("LICENSE", "README"))}
    assert kept == set(listed.values())
