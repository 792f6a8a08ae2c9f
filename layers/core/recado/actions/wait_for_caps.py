"""Somebody has had enough for now, by whatever records of theirs."""

from __future__ import annotations

from datetime import datetime

from recado.model.policy import Caps
from recado.rules import caps as rules
from recado.store import beginnings


def wait_for_caps(
    tenant: str, record: str, caps: Caps, purpose: str, now: datetime, *, shares: bool
) -> datetime:
    """From when on one more message of this purpose is within the clinic's caps: now, where it is already.

    All records that people have confirmed to be one person's count together. They are looked for only where
    the record `shares` (Patient.shares): that is two or three reads, and one more for each of them.
    """
    ids = [record]
    if shares:
        from recado.actions.load_kept import load_kept  # noqa: PLC0415 - most people have one record

        ids = [one.id for one in load_kept(tenant, record)]
    since = now - rules.WEEK
    said = [one for each in ids for one in beginnings.said_since(tenant, each, since)]
    return rules.free_from(caps, purpose, said, now)
