"""Which keys DynamoDB takes. Callers name what they look for, and may name it with thousands of letters."""

from __future__ import annotations

from typing import Final

LONGEST: Final = (2048, 1024)
"""Bytes of a partition key, and of a sort key (Amazon DynamoDB, quotas)."""


def fits(pk: str, sk: str) -> bool:
    """Whether there can be a row of these keys: asked for another one, DynamoDB answers with an error."""
    sizes = [len(one.encode("utf-8", "surrogatepass")) for one in (pk, sk)]
    return all(0 < size <= longest for size, longest in zip(sizes, LONGEST, strict=True))
