"""What a clinic gives for an account → the two documents that are kept of it, and two live while one changes.

Both are JSON objects, in Secrets Manager: one holds what sends, the other what webhooks are verified with.
"""

from __future__ import annotations

import secrets as randomness
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple, Protocol, runtime_checkable

from recado.channels import Need, Secrets, Wire
from recado.errors import Conflict, Invalid

PREVIOUS: Final = "previous"
"""Under this, beside the newest credentials, are the ones before them until the rotation is finished."""

Given = Mapping[str, str | tuple[str, ...]]
Kept = Literal["newest", "previous"]


class Documents(NamedTuple):
    """`credentials` send, `webhook` verifies."""

    credentials: Mapping[str, Any] = {}
    webhook: Mapping[str, Any] = {}


@runtime_checkable
class Registers(Protocol):
    """What a channel offers besides, whose provider is told by us where to call and with which secret."""

    def register(self, credentials: Mapping[str, Any], secrets: Secrets, url: str, wire: Wire) -> None:
        """Tell the provider; the same again changes nothing. Raises SendFailed."""


def settings(needs: Iterable[Need], given: Given) -> Given:
    """What was given and is no secret. Raises Invalid for an unknown name, a wrong or a missing value."""
    wanted = [need for need in needs if not need.secret]
    _refuse_unknown("settings", wanted, given)
    for need in wanted:
        value = given.get(need.name)
        if (not value and not need.optional) or (value is not None and isinstance(value, str) is need.many):
            raise Invalid(f"settings.{need.name}")
    return {name: value for name, value in given.items() if value}


def secrets(needs: Iterable[Need], given: Mapping[str, str]) -> dict[str, str]:
    """What was given and is secret, with what we make ourselves. Raises Invalid for what is missing or
    unknown."""
    wanted = [need for need in needs if need.secret]
    _refuse_unknown("secrets", wanted, given)
    made = {need.name: randomness.token_urlsafe(32) for need in wanted if need.made}
    found = {**made, **{name: value for name, value in given.items() if value}}
    for need in wanted:
        if not need.optional and need.name not in found:
            raise Invalid(f"secrets.{need.name}", "This is needed.")
    return found


def changed(needs: Iterable[Need], given: Mapping[str, str], held: Documents) -> dict[str, str]:
    """New secrets in the place of some, and those that we should have made. Raises Invalid where there is
    none, or one that is unknown."""
    wanted = [need for need in needs if need.secret]
    _refuse_unknown("secrets", wanted, given)
    if not given or not all(given.values()):
        raise Invalid("secrets", "Give at least one.")
    absent = [need.name for need in wanted if need.made and not is_set(need, held)]
    return {**{name: randomness.token_urlsafe(32) for name in absent}, **given}


def documents(
    needs: Iterable[Need], settings: Given, given: Mapping[str, str], held: Documents | None = None
) -> Documents:
    """The documents with these settings and these newest secrets; those that were held stay good beside them.

    The same secret again changes nothing.
    """
    held = held or Documents()
    return Documents(_credentials(needs, settings, given, held), _webhook(needs, settings, given, held))


def finished(needs: Iterable[Need], held: Documents, keep: Kept) -> Documents:
    """The documents with one secret of each kind: the newest, or the one before it. Raises Conflict."""
    if not rotating(needs, held):
        raise Conflict("There is only one.")
    webhook = dict(held.webhook)
    for name in _lists(needs):
        live = list(webhook.get(name, ()))
        webhook[name] = live[-1:] if keep == "previous" else live[:1]
    credentials = dict(held.credentials)
    before = credentials.pop(PREVIOUS, None)
    return Documents(before if keep == "previous" and before else credentials, webhook)


def rotating(needs: Iterable[Need], held: Documents) -> bool:
    """Whether what was before the newest secrets is still good."""
    return PREVIOUS in held.credentials or any(len(held.webhook.get(name, ())) > 1 for name in _lists(needs))


def missing(needs: Iterable[Need], held: Documents) -> list[str]:
    """The names of what is needed and not there."""
    wanted = [need for need in needs if not need.optional]
    return [need.name for need in wanted if not is_set(need, held)]


def is_set(need: Need, held: Documents) -> bool:
    """Whether the documents hold it."""
    sends = not need.sends or bool(held.credentials.get(need.name))
    return sends and (not need.verifies or bool(held.webhook.get(need.verifies)))


def _credentials(
    needs: Iterable[Need], settings: Given, given: Mapping[str, str], held: Documents
) -> dict[str, Any]:
    before = {name: value for name, value in held.credentials.items() if name != PREVIOUS}
    fresh: dict[str, Any] = {}
    for need in needs:
        value = (given.get(need.name) or before.get(need.name)) if need.secret else settings.get(need.name)
        if need.sends and value:
            fresh[need.name] = value
    replaced = [name for name in given if name in before and name in fresh and fresh[name] != before[name]]
    older = before if replaced else held.credentials.get(PREVIOUS)
    return fresh | ({PREVIOUS: older} if older else {})


def _webhook(
    needs: Iterable[Need], settings: Given, given: Mapping[str, str], held: Documents
) -> dict[str, Any]:
    fresh: dict[str, Any] = {}
    for need in needs:
        if not need.verifies:
            continue
        value = _live(held.webhook.get(need.verifies), given.get(need.name)) if need.secret else None
        fresh[need.verifies] = value if need.secret else settings.get(need.name)
    return {name: value for name, value in fresh.items() if value}


def _live(held: Any, newest: str | None) -> list[str]:
    live = [one for one in (held if isinstance(held, list | tuple) else ()) if isinstance(one, str)]
    return live[:2] if newest is None or live[:1] == [newest] else [newest, *live[:1]]


def _lists(needs: Iterable[Need]) -> list[str]:
    return [need.verifies for need in needs if need.secret and need.verifies]


def _refuse_unknown(place: str, wanted: Iterable[Need], given: Iterable[str]) -> None:
    known = {need.name for need in wanted}
    for name in given:
        if name not in known:
            raise Invalid(f"{place}.{name}"[:80], "This channel has no such field.")
