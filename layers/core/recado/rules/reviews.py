"""Pairs of records about which a person decides."""

from __future__ import annotations

from recado.model.patient import Join
from recado.model.review import Review


def pair_id(one: str, other: str) -> str:
    """The name of a pair of records, whichever is named first: their ids in order."""
    return ".".join(sorted((one, other)))


def asked_about(join: Join) -> Review:
    """What the machine joined by itself, as a question to people."""
    return Review(
        id=pair_id(join.record, join.into),
        one=join.into,
        other=join.record,
        reason="likely",
        score=join.score,
        evidence=join.evidence,
        rule=join.rule,
        raised_at=join.at,
    )
