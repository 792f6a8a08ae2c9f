"""Zips of the functions and layers, the same bytes for the same code."""

import hashlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.places import ROOT, SITE_PACKAGES


def assets(sam: dict[str, Any]) -> dict[str, bytes]:
    """Logical id of each function and layer → its zip, cut as their Makefiles cut it for AWS."""
    zips = {}
    for name, resource in sam["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            zips[name] = _zip(_function(resource["Properties"]["Handler"]))
        elif name == "CoreLayer":
            zips[name] = _zip(_folder(ROOT / "layers/core/recado", "python/recado"))
        elif name == "DependenciesLayer":
            # Never the layer built for arm64: its libraries would shadow this machine's. See `environment`.
            zips[name] = elsewhere(b"Here the functions import from the virtual environment.\n")
    return zips


def unpacked(layer: bytes, into: Path) -> Path:
    """Where a layer's content is, once for all functions: each of their processes would unpack it anew, and
    compile it. Another content is at another place, and what was there before is gone."""
    place = into / hashlib.sha256(layer).hexdigest()[:16]
    if not place.exists():
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        draft = Path(tempfile.mkdtemp(dir=into))
        with zipfile.ZipFile(io.BytesIO(layer)) as archive:
            archive.extractall(draft)
        draft.rename(place)
    return place / "python"


def elsewhere(what: bytes) -> bytes:
    """The zip of a layer that only says where its content is."""
    return _zip(iter([("python/README", what)]))


def environment(core: Path) -> dict[str, str]:
    """What every function gets besides the template's variables; `core` is where our own layer is."""
    return {"PYTHONPATH": f"{core}:{SITE_PACKAGES}", "POWERTOOLS_TRACE_DISABLED": "1"}


def _function(handler: str) -> Iterator[tuple[str, bytes]]:
    """functions/intake.py for `intake.handler`, the folder functions/api for `api.app.app`."""
    module = handler.partition(".")[0]
    folder = ROOT / "functions" / module
    if folder.is_dir():
        yield from _folder(folder, module)
    elif (file := folder.with_suffix(".py")).exists():
        yield file.name, file.read_bytes()


def _folder(folder: Path, inside: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{inside}/{path.relative_to(folder)}", path.read_bytes()


def _zip(files: Iterator[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            # One date and mode, or an unchanged function would look changed.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
