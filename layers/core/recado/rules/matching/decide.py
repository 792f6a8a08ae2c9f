"""Whether a record is somebody's who is filed already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from recado.model.profile import Block, Evidence, Filed, Key, Profile
from recado.rules.matching.compare import compare
from recado.rules.matching.keys import keys

MOST_READS: Final = 6


class Resolution(NamedTuple):
    """What was decided, and by what."""

    decision: Literal["new", "same", "review"]
    found: Filed | None
    score: float
    evidence: tuple[Evidence, ...]
    reads: int
    blocks: tuple[tuple[Key, Block], ...]
    why: str


def resolve(profile: Profile, read: Callable[[Sequence[Key]], Sequence[Block]], now: datetime) -> Resolution:
    """Whose record this is; `read` gives the block of each key."""
    wanted = keys(profile)[:MOST_READS]
    blocks = tuple(zip(wanted, read(wanted), strict=True))
    candidates = [(compare(profile, filed.profile), filed) for _, block in blocks for filed in block.filed]
    if not candidates:
        return Resolution("new", None, 0.0, (), len(wanted), blocks, "")
    best, found = max(candidates, key=lambda candidate: candidate[0].score)
    decision: Literal["new", "same", "review"] = "same" if best.score >= 0.9 else "new"
    return Resolution(decision, found, best.score, best.evidence, len(wanted), blocks, "")
