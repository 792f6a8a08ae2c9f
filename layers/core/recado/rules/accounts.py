"""What may be done with a clinic's channel accounts, and what is wrong with one, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from recado.errors import Conflict, Invalid, Outcome, SendFailed
from recado.model.tenant import Account, Tenant, Trial

ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}|(?=.{3,64}\Z)[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
"""What goes into a path and into a secret's name as it is; of an e-mail account, its address."""

PHONE: Final = re.compile(r"\+[0-9 ().-]{6,24}")

PROBLEMS: Final[Mapping[str, str]] = {
    "secrets_missing": "Something is missing that the channel needs. Give it with the account's secrets.",
    "refused": "The provider does not accept this account's secrets. Make a new one there and paste it here.",
    "unknown_account": "The provider does not know this account. Check its number or id.",
    "unreachable": "The provider did not answer. Nothing is wrong here; try again in some minutes.",
    "not_ready": "The provider knows this account, but does not let it send yet. Finish its setup there.",
    "another_account": "This secret is another account's. Check the id, or paste the right secret.",
    "webhook_elsewhere": "The provider does not send here what patients write. Enter our address there.",
    "one_way": "This number only sends. Switch its two-way messages on at the provider.",
    "templates": "The provider does not allow some of our texts. See there which ones, and why.",
    "no_reading": "The trial message could not be made for this channel. Tell this service's operator.",
    "not_arrived": "The trial message did not arrive within two minutes. Tell this service's operator.",
    "garbled": "The trial message arrived changed. Tell this service's operator.",
    "apart": "One person wrote on several channels, and was taken for several people.",
}
"""What can be wrong → how an administrator is told; the console says it in their language."""

PROVES: Final = {"", "webhook_elsewhere", "one_way"}
"""What may be wrong with an account that its provider has nevertheless said to be its secrets' own: channels
look at these last."""

ALLOTTED: Final = ("origination_identity", "configuration_set")
"""The settings that name something of an AWS account, which all clinics share."""

UNALLOTTED: Final = "This is not allotted to your clinic. Ask this service's operator."

_BY_OUTCOME: Final[Mapping[Outcome, str]] = {
    "fix_account": "refused",
    "bad_address": "unknown_account",
    "fix_request": "unknown_account",
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


def refused(failure: SendFailed, now: datetime) -> Trial:
    """What the provider answered when it was asked whether the account works; a channel that knows more names
    one of PROBLEMS as the code."""
    code = failure.provider_code
    problem = code if isinstance(code, str) and code in PROBLEMS else _BY_OUTCOME[failure.outcome]
    return wrong(problem, now, str(failure))


def webhook(provider: str, account: Account, base: str) -> str | None:
    """Where the account's provider calls us. A platform's address serves all clinics; AWS needs none."""
    if provider == "aws":
        return None
    shared = f"{base}/webhooks/{account.channel}"
    return shared if provider else f"{shared}/{account.id}"


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


def refuse_unallotted(tenant: Tenant, provider: str, account_id: str, settings: Mapping[str, object]) -> None:
    """Of the AWS account that all clinics share, a clinic uses what the operator has allotted to it: AWS
    cannot tell one clinic's from another's. Raises Invalid, naming the field."""
    if provider != "aws":
        return
    ours = {one.removeprefix("+") for one in tenant.aws_identities}
    if not {account_id, account_id.rpartition("@")[2]} & ours:
        raise Invalid("id", UNALLOTTED)
    for name in ALLOTTED:
        if settings.get(name) and str(settings[name]).removeprefix("+") not in ours:
            raise Invalid(f"settings.{name}", UNALLOTTED)


def opened(account: Account, trial: Trial, *, force: bool) -> Account:
    """The account may send from now on. Raises Conflict where its trial failed, unless by `force`; and always
    where nobody but the clinic says that the account is its own."""
    if trial.problem and not force:
        raise Conflict(trial.message)
    if not account.claimed:
        raise Conflict(
            f"{trial.message} Until the provider confirms that the account is yours, it stays closed."
        )
    return account.model_copy(update={"state": "enabled", "tested": trial})
