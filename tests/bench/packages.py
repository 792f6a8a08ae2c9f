"""What is deployed: each function's zip, the core layer's, and the dependencies layer as build.py cuts it."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from infra.local.package import assets
from infra.local.places import ROOT
from infra.local.template import load

BUILT = ROOT / ".aws-sam/build/DependenciesLayer"


class Sizes(NamedTuple):
    """Bytes, zipped. Functions and core without bytecode, which is the build's to add."""

    functions: dict[str, int]
    core: int
    dependencies: int
    built: bool
    """The dependencies are those that `make build` made for Lambda; else this machine's, cut the same way."""


def sizes(packages: Path) -> Sizes:
    """The sizes; `packages` is where `dependencies` has put this machine's layer."""
    zips = assets(load(ROOT / "template.yaml"))
    functions = {
        name.removesuffix("Function").lower(): len(content)
        for name, content in zips.items()
        if name.endswith("Function")
    }
    built = BUILT.is_dir()
    return Sizes(functions, len(zips["CoreLayer"]), _zipped(BUILT if built else packages), built)


@contextmanager
def dependencies() -> Iterator[Path]:
    """The dependencies layer in a folder: this machine's builds of its packages, and no others."""
    build = _build()
    with tempfile.TemporaryDirectory() as folder:
        for name in build.SHIPPED:
            _copy(name, Path(folder))
        build.trim(Path(folder))
        yield Path(folder)


def _build() -> ModuleType:
    """layers/dependencies/build.py, which is no part of any package."""
    found = importlib.util.spec_from_file_location("build_layer", ROOT / "layers/dependencies/build.py")
    if found is None or found.loader is None:
        raise ImportError("layers/dependencies/build.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _copy(name: str, folder: Path) -> None:
    """A package with its bytecode, as the layer has it."""
    package = distribution(name)
    for top in {Path(str(file)).parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
        source = Path(str(package.locate_file(top)))
        if source.is_dir():
            shutil.copytree(source, folder / top)
        else:
            shutil.copy2(source, folder / top)


def _zipped(folder: Path) -> int:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in folder.rglob("*"):
                archive.write(path, path.relative_to(folder))
        return file.tell()
