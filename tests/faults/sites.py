"""Where our code calls AWS, by its syntax: so that no such place is left out of the enumeration."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.faults.seam import ROOT, Site

STORES = {path.stem for path in (ROOT / "layers/core/recado/store").glob("*.py")} - {
    "__init__",
    "rows",
    "stream",
}
SILENT = {"digest", "forget", "change", "address", "sandbox", "topics"}
"""Store functions that call nobody."""


class Place(NamedTuple):
    """A call to the store, or the end of a transaction, in an action or a function."""

    file: str
    line: int
    end: int
    text: str

    def hit_by(self, sites: Iterable[Site]) -> bool:
        """Whether one of these lines lies in it."""
        return any(site.file == self.file and self.line <= site.line <= self.end for site in sites)


def places() -> Iterator[Place]:
    """Every place in actions and functions from which AWS is called.

    A store function that is given a transaction calls nobody: the call is made where the transaction ends.
    """
    for folder in ("layers/core/recado/actions", "functions"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _places(path)


def _places(path: Path) -> Iterator[Place]:
    tree = ast.parse(path.read_text())
    stores = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "recado.store"
        for alias in node.names
        if alias.name in STORES
    }
    file = str(path.relative_to(ROOT))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _calls_store(node, stores):
            yield Place(file, node.lineno, node.end_lineno or node.lineno, ast.unparse(node.func))
        if isinstance(node, ast.With) and ast.unparse(node.items[0].context_expr) == "transaction()":
            yield Place(file, node.lineno, node.lineno, "transaction()")


def _calls_store(node: ast.Call, stores: set[str]) -> bool:
    function = node.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return False
    given = [ast.unparse(one) for one in (*node.args, *(keyword.value for keyword in node.keywords))]
    within = {"work", "within"} & set(given)
    return (
        function.value.id in stores and function.attr not in SILENT and function.attr.islower() and not within
    )
