"""Words as they are compared: without case, accents and punctuation, a repeated letter once."""

from __future__ import annotations

import re
from typing import Final

from recado.rules.accents import bare

_SILENT: Final = re.compile(r"[^\w\s:/]|_")
_AGAIN: Final = re.compile(r"([^\W\d])\1+")


def folded(text: str) -> str:
    """The text's words, a space between two. A colon and a slash stay: they hold times and dates together."""
    plain = re.sub(r"['’`´·]|\b0(?=[0-9])", "", bare(text).casefold())
    return " ".join(_AGAIN.sub(r"\1", _SILENT.sub(" ", plain)).split())
