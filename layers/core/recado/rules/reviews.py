"""Pairs of records about which a person decides."""

from __future__ import annotations


def pair_id(one: str, other: str) -> str:
    """The name of a pair of records, whichever is named first: their ids in order."""
    return ".".join(sorted((one, other)))
