"""What a function's code can reach in the store is what the template tells it of, and nothing else."""

import ast
import functools
from pathlib import Path

import pytest

from infra.local.places import ROOT
from tests.architecture.translated import resources

# A module of recado.store, or one name of it → the variable that says where its data are.
NEEDS = {
    "tenants": "TENANTS_TABLE",
    "reachability": "TENANTS_TABLE",
    "templates": "TENANTS_TABLE",
    "directory": "TENANTS_TABLE",
    "patients": "PATIENTS_TABLE",
    "blocks": "PATIENTS_TABLE",
    "reviews": "PATIENTS_TABLE",
    "contacts": "CONTACTS_TABLE",
    "notices": "CONTACTS_TABLE",
    "visit_names": "APPOINTMENTS_TABLE",
    "feeds": "TENANTS_TABLE",
    "schedules": "TENANTS_TABLE",
    "agendas": "APPOINTMENTS_TABLE",
    "subscriptions": "TENANTS_TABLE",
    "mailbox": "CONTACTS_TABLE",
    "limits.count": "IDEMPOTENCY_TABLE",
    "limits.spend": "IDEMPOTENCY_TABLE",
    "api.once": "IDEMPOTENCY_TABLE",
    "appointments": "APPOINTMENTS_TABLE",
    "intervals": "INTERVALS_TABLE",
    "visit_facts": "INTERVALS_TABLE",
    "unreadable": "UNREADABLE_BUCKET",
    "media": "MEDIA_BUCKET",
    "imports": "PATIENTS_TABLE",
    "import_files": "MEDIA_BUCKET",
    "secrets.webhook": "META_SECRET",
    "secrets.account": "ACCOUNT_SECRETS",
    "secrets.webhook_of": "WEBHOOK_SECRETS",
    "keyring": "WEBHOOK_SECRETS",
    "keyring.held": "ACCOUNT_SECRETS",
}
# What is used only by a function that is told of another variable, too.
OPENED_BY = {"limits.spend": "INTENT_MODEL"}
FUNCTIONS = {
    one["Handler"].partition(".")[0]: one["Environment"]["Variables"]
    for one in resources("AWS::Lambda::Function").values()
}
ROOTS = (ROOT / "layers" / "core", ROOT / "functions")


def file_of(module: str) -> Path | None:
    """The file of one of our modules; none for others' modules and for names within a module."""
    for root in ROOTS:
        path = root / module.replace(".", "/")
        for candidate in (path.with_suffix(".py"), path / "__init__.py"):
            if candidate.is_file():
                return candidate
    return None


@functools.cache
def source(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imported(tree: ast.Module) -> dict[str, str]:
    """Name in the module → what it stands for, of ours only."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and file_of(node.module):
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def uses(path: Path) -> set[str]:
    """The store's modules that a file uses, each also with the name that it uses of it."""
    names = {name: what for name, what in imported(source(path)).items() if what.startswith("recado.store.")}
    found = set()
    for node in ast.walk(source(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            module = names[node.value.id].removeprefix("recado.store.")
            found |= {module, f"{module}.{node.attr}"}
    return found


def reached(files: set[Path]) -> set[str]:
    """These files and all that they import, and what they use of the store, whose own are not looked into."""
    seen: set[Path] = set()
    found: set[str] = set()
    while files - seen:
        path = (files - seen).pop()
        seen.add(path)
        found.add(f"{path.parent.name}.{path.stem}")
        if "store" in path.parts:
            continue
        found |= uses(path)
        for what in imported(source(path)).values():
            files |= {file for name in (what, what.rpartition(".")[0]) if (file := file_of(name))}
    return found


@pytest.mark.parametrize("handler", sorted(FUNCTIONS))
def test_a_function_is_told_exactly_of_what_it_reaches(handler: str) -> None:
    folder = ROOT / "functions" / handler
    files = set(folder.glob("*.py")) if folder.is_dir() else {folder.with_suffix(".py")}
    used = [name for name in reached(files) if OPENED_BY.get(name) in (None, *FUNCTIONS[handler])]
    needed = {NEEDS[name] for name in used if name in NEEDS}
    told = {name for name in FUNCTIONS[handler] if name in NEEDS.values()}
    assert told == needed
