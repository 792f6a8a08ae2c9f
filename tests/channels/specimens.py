"""What the tests that all channels share must know of each: its Specimen, in `tests/channels/test_<name>.py`.

    SPECIMEN = Specimen(account="100000000000001", secrets=…, sign=…, unknown=…)

Everything else comes from the module itself, whose `sample` is what somebody's message looks like there.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pytest
from recado.channels import MODULES, Person, Received, Request, Secrets, channel

NAMES: Final = sorted(MODULES)
MARIA: Final = Person("Maria Silva", "+5511987654321", "maria.silva@example.com", "mariasilva")
AT: Final = "2026-11-23T14:00:00Z"

every_channel = pytest.mark.parametrize("name", NAMES)


class Specimen(NamedTuple):
    """A channel's account, and how its provider proves itself.

    `secrets` makes of the keys that are live, the newest first, what a webhook is verified with; `sign` gives
    a request the proof that whoever holds this key would give it. For what comes by SNS a key is the topic's
    ARN, for what comes from a page its origin. `keys` are the present one, the one before, and one that is
    retired. `body_signed`: the proof covers the body; else whoever knows the secret is believed.

    `unknown` is an event of a kind that no documentation tells of. `batch` puts several requests into one,
    where the provider does. `statuses` are what becomes of one message, one request each. `credentials` are
    what sending needs, `to` an address there, `person` who writes the samples.
    """

    account: str
    secrets: Callable[..., Secrets]
    sign: Callable[[Request, str], Request]
    unknown: Request
    keys: tuple[str, str, str] = ("key-of-today-1", "key-of-before-2", "key-long-gone-3")
    body_signed: bool = True
    batch: Callable[[Sequence[Request]], Request] | None = None
    statuses: Sequence[Request] = ()
    credentials: Mapping[str, Any] = {}
    to: str = MARIA.phone
    person: Person = MARIA


def specimen(name: str) -> Specimen:
    """The Specimen of a channel, by its name; a channel whose tests have none is not finished."""
    found = importlib.import_module(f"tests.channels.test_{name}").SPECIMEN
    assert isinstance(found, Specimen)
    return found


def sampled(name: str, said: str = "Olá", account: str = "", at: str = AT) -> Request:
    """Somebody writes to the specimen's account, unsigned."""
    known = specimen(name)
    return channel(name).sample(account or known.account, known.person, said, at)


def signed(name: str, key: int = 0, said: str = "Olá") -> Request:
    """The same, with the proof of the present key (0), the one before (1) or a retired one (2)."""
    known = specimen(name)
    return known.sign(sampled(name, said), known.keys[key])


def live(name: str, *keys: int) -> dict[str, object]:
    """What a webhook is verified with while these keys are live."""
    known = specimen(name)
    return dict(known.secrets(*(known.keys[key] for key in keys)))


def one(name: str, said: str = "Olá", account: str = "", at: str = AT) -> Received:
    (event,) = channel(name).parse(sampled(name, said, account, at))
    assert isinstance(event, Received), event
    return event
