"""Our own code as the architecture's tests see it: files, layers, imports, calls."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from infra.local.places import ROOT

CORE = ROOT / "layers" / "core" / "recado"
FUNCTIONS = ROOT / "functions"


class Import(NamedTuple):
    """`from recado.store import contacts` is one of `recado.store` with the name `contacts`."""

    module: str
    names: tuple[str, ...]


class Source(NamedTuple):
    """One file. `layer` is `functions`, a folder of recado or, of a file beside them, that file's name."""

    path: Path
    layer: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """`actions/reply.py`, `functions/intake.py`."""
        inside = CORE if self.path.is_relative_to(CORE) else ROOT
        return str(self.path.relative_to(inside))

    def imports(self) -> Iterator[Import]:
        """Every import, wherever in the file and whatever for."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(alias.name, ()) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield Import(node.module or ".", tuple(alias.name for alias in node.names))

    def packages(self) -> set[str]:
        """What it imports that is neither ours nor the standard library's."""
        tops = {one.module.partition(".")[0] for one in self.imports()}
        return tops - set(sys.stdlib_module_names) - {"recado", "api"}

    def layers(self) -> set[str]:
        """The layers of recado that it imports."""
        found = set()
        for one in self.imports():
            parts = one.module.split(".")
            if parts[0] == "recado":
                found |= {parts[1]} if len(parts) > 1 else set(one.names)
        return found

    def calls(self) -> list[str]:
        """What it calls, as written: `datetime.now`, `channel.send`."""
        return [ast.unparse(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)]

    def public(self) -> list[ast.FunctionDef]:
        """The functions that other files may call."""
        return [
            one for one in self.tree.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
        ]

    def function_lines(self) -> dict[str, int]:
        """How long each of its functions is, methods and inner ones included."""
        found = (one for one in ast.walk(self.tree) if isinstance(one, ast.FunctionDef))
        return {one.name: (one.end_lineno or one.lineno) - one.lineno + 1 for one in found}

    def lines(self) -> int:
        """How long it is."""
        return len(self.path.read_text().splitlines())


@cache
def sources() -> tuple[Source, ...]:
    """All files of recado and of the functions."""
    found = []
    for path in sorted([*CORE.rglob("*.py"), *FUNCTIONS.rglob("*.py")]):
        inside = path.relative_to(CORE) if path.is_relative_to(CORE) else Path("functions") / path.name
        layer = inside.parts[0] if len(inside.parts) > 1 else inside.stem
        found.append(Source(path, layer, ast.parse(path.read_text())))
    return tuple(found)


def of(layer: str) -> list[Source]:
    """The files of one layer."""
    return [source for source in sources() if source.layer == layer]
