"""What may be done with a clinic's channel accounts, and what is wrong with one, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from recado.errors import Conflict, Invalid, Outcome
from recado.model.tenant import Account, Trial

ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}|(?=.{3,64}\Z)[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
"""What goes into a path and into a secret's name as it is; of an e-mail account, its address."""

PHONE: Final = re.compile(r"\+[0-9 ().-]{6,24}")

PROBLEMS: Final[Mapping[str, str]] = {
    "secrets_missing": "Something is missing that the channel needs. Give it with the account's secrets.",
    "refused": "The provider does not accept this account's secrets. Make a new one there and paste it here.",
    "unknown_account": "The provider does not know this account. Check its number or id.",
    "unreachable": "The provider did not answer. Nothing is wrong here; try again in some minutes.",
    "not_ready": "The provider knows this account, but does not let it send yet. Finish its setup there.",
    "templates": "The provider does not allow some of our texts. See there which ones, and why.",
    "no_reading": "The trial message could not be made for this channel. Tell this service's operator.",
    "not_arrived": "The trial message did not arrive within two minutes. Tell this service's operator.",
    "garbled": "The trial message arrived changed. Tell this service's operator.",
    "apart": "One person wrote on several channels, and was taken for several people.",
}
"""What can be wrong → how an administrator is told; the console says it in their language."""

_BY_OUTCOME: Final[Mapping[Outcome, str]] = {
    "fix_account": "refused",
    "bad_address": "unknown_account",
    "fix_request": "not_ready",
    "template_only": "not_ready",
    "opted_out": "not_ready",
    "retry": "unreachable",
    "wait": "unreachable",
    "unknown": "unreachable",
}


def well(now: datetime) -> Trial:
    """Nothing is wrong."""
    return Trial(at=now)


def wrong(problem: str, now: datetime, detail: str = "") -> Trial:
    """This is wrong."""
    return Trial(at=now, problem=problem, message=PROBLEMS[problem], detail=detail)


def refused(outcome: Outcome, detail: str, now: datetime) -> Trial:
    """The provider, asked whether the account works, answered so."""
    return wrong(_BY_OUTCOME[outcome], now, detail)


def account_id(given: str) -> str:
    """The id in its one form: of a phone number the digits, of an address lower case. Raises Invalid."""
    written = given.strip()
    if PHONE.fullmatch(written):
        written = re.sub(r"[^0-9]", "", written)
    if "@" in written:
        written = written.lower()
    if not ID.fullmatch(written):
        raise Invalid("id", "Give the account's id, number or e-mail address.")
    return written


def opened(account: Account, trial: Trial, *, force: bool) -> Account:
    """The account may send from now on. Raises Conflict where its trial failed, unless by `force`."""
    if trial.problem and not force:
        raise Conflict(trial.message)
    return account.model_copy(update={"state": "enabled", "tested": trial})
