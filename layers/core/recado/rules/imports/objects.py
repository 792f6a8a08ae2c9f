"""A JSON object with the API's own names as cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from recado.rules.imports.entry import Cells

_NAMES: Final = (
    "id name given_name family_name birth_date sex phone email document street city postcode country "
    "language kind opted_out marketing evidence consented_on deceased active former_phone former_email"
)
_NAMED: Final = {name: name for name in _NAMES.split()} | {
    f"{name}s": name for name in ("phone", "email", "former_phone", "former_email")
}
"""A name of the API, one or several, and what we call it."""


def cells(document: Mapping[str, Any]) -> Cells:
    """What an object says; names that nobody knows are passed over, and so is what is no text or number."""
    found: dict[str, list[str]] = {}
    for name, value in document.items():
        if name in _NAMED:
            found.setdefault(_NAMED[name], []).extend(_texts(value))
    documents = document.get("documents")
    if isinstance(documents, Mapping):
        found |= {f"document {kind}": list(_texts(number)) for kind, number in documents.items()}
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        yield "yes" if value else "no"
    elif isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, list):
        for one in value[:10]:
            if isinstance(one, str | int):
                yield str(one)
