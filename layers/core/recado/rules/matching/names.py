"""Names as people have and write them."""

from __future__ import annotations

from typing import Literal

Fit = Literal["same", "may", "unlike", "unknown"]


def fits(name: str, other: str) -> Fit:
    """How two names as a whole agree; "unknown" where one of them says no name."""
    one, two = set(name.casefold().split()), set(other.casefold().split())
    if not one or not two:
        return "unknown"
    if one == two:
        return "same"
    return "may" if one & two else "unlike"
