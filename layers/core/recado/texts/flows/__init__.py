"""The flows that ship with Recado, one JSON file each, in the form of model/flow.py."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


def default(name: str) -> str | None:
    """The flow of this name as it ships, or none: JSON."""
    file = FOLDER / f"{name}.json"
    return file.read_text("utf-8") if name.isalpha() and file.is_file() else None


def names() -> list[str]:
    """All that ship."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))
