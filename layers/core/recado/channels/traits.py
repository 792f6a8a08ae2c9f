"""What a channel says of itself: what it can do, and what a clinic gives for an account of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

Secrets = Mapping[str, object]
"""What a webhook is verified with, as it is stored: e.g. `{"app_secrets": [...], "verify_token": ...}`.

What may be rotated is a list, the newest first: during a rotation two are live.
"""

ALL_PURPOSES: Final = ("care", "marketing")
"""Of model.patient.Purpose, each: what somebody stops who wants nothing more."""


class Need(NamedTuple):
    """Something that a clinic gives for an account of the channel.

    It is kept under its name with what sends (unless `sends` is false), and as `verifies` with what its
    webhooks are verified with: a secret there is a list, the newest first (see `live`). What is no `secret`
    is a setting, and shown; `many`: a list of texts. `made`: where none is given, we make it.
    """

    name: str
    secret: bool = True
    optional: bool = False
    many: bool = False
    made: bool = False
    sends: bool = True
    verifies: str = ""


class Traits(NamedTuple):
    """What a channel can do, for the rules that choose one.

    `systems`: which identities it can write to. `window_hours`: so long after the person's last message free
    text may be sent, 0 without limit; a person of the clinic may for `staff_window_hours`. `templates`: the
    provider approves texts, which may go at any time. `max_text` in characters. `media`: the kinds that can
    be sent; `wordless`: those with no words beside them. `live`: the other side is there only while it looks.
    `per_second` and `burst`: what the provider takes of one account; `recipient_s`: seconds between two
    messages to one person, in the long run, with `recipient_burst` at once. `threads`: its messages have a
    subject and name those before them. `per_caller`: of a channel that anybody may call, how many requests
    one network address may make in ten minutes; `looks_per_caller`, how often it may look for what was left.
    `needs`: what an account of it takes, beside its id, which is a public key of our making where `made_id`
    says so.

    `family`: what patients would call it, where several providers carry to the same address in the same app;
    else its own name. `stops`: a provider's code for "they do not want this" → the purposes that the person
    has stopped. `cancel_stops`: here carriers and providers take a bare CANCEL for an opt-out, too.
    `spoken`: it is a call, which says some of our texts, and carries nothing that is written.
    """

    systems: tuple[str, ...]
    max_text: int
    window_hours: int = 0
    staff_window_hours: int = 0
    templates: bool = False
    media: frozenset[str] = frozenset()
    wordless: frozenset[str] = frozenset()
    live: bool = False
    per_second: float = 0
    burst: int = 0
    recipient_s: float = 0
    recipient_burst: int = 0
    threads: bool = False
    per_caller: int = 0
    looks_per_caller: int = 0
    needs: tuple[Need, ...] = ()
    made_id: bool = False
    family: str = ""
    stops: Mapping[str, tuple[str, ...]] = {}
    cancel_stops: bool = False
    spoken: bool = False


def live(secrets: Secrets, name: str, most: int = 2) -> list[str]:
    """The texts under a name, the newest first; none when the setting is missing or blank, so that nothing
    passes. Of a secret two are good at once, while it is changed."""
    given = secrets.get(name)
    if not isinstance(given, list | tuple):
        return []
    return [one for one in given[:most] if isinstance(one, str) and one.strip()]
