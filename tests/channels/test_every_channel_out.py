"""What every channel must do with a message that it is to send, whoever the provider is."""

from __future__ import annotations

import traceback
from typing import Any, NoReturn

import pytest
from botocore.exceptions import ClientError
from recado.channels import Outgoing, Wire, channel
from recado.channels.http import Http
from recado.errors import SendFailed

from tests.channels.specimens import MARIA, every_channel, specimen
from tests.channels.wire import answer, wire


class Refuses:
    """A service of AWS that refuses whatever it is asked, in words that repeat it all."""

    def __getattr__(self, operation: str) -> Any:
        def refuse(**asked: Any) -> NoReturn:
            told = {"Error": {"Code": "ValidationException", "Message": str(asked)}}
            raise ClientError({**told, "ResponseMetadata": {"HTTPStatusCode": 400}}, operation)

        return refuse


def send(name: str, credentials: Any, through: Wire) -> SendFailed | None:
    """Send a message by a channel; how it failed."""
    message = Outgoing("c0ffee", specimen(name).to, "Sua consulta é amanhã", thread=("<m1@example.com>",))
    try:
        channel(name).send(specimen(name).account, credentials, message, through)
    except SendFailed as failed:
        return failed
    return None


@every_channel
def test_without_credentials_nothing_leaves(name: str) -> None:
    if not specimen(name).credentials:
        pytest.skip("This provider knows us by our role.")

    def none(*_: object) -> NoReturn:
        raise AssertionError("Something left.")

    with wire(answer(200, {})) as provider:
        failed = send(name, {}, Wire(Http(provider.url), none, none))
        assert provider.requests == []
    assert failed is not None
    assert failed.outcome in ("fix_account", "fix_request")


@every_channel
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_refusal_repeats_neither_a_secret_nor_who_nor_what(name: str, status: int) -> None:
    """Nor does what it is raised from: a log may hold all of it."""
    if channel(name).TRAITS.live:
        pytest.skip("What is left for a visitor asks no provider.")
    known = specimen(name)
    told = {"message": f"{known.to}: Sua consulta", "error": {"message": known.to}, "description": known.to}
    with wire(answer(status, told)) as provider:
        through = Wire(Http(provider.url), lambda _: Refuses(), lambda *_: None)
        failed = send(name, known.credentials, through)
    assert failed is not None
    private = [known.to, known.to.lstrip("+"), "consulta", MARIA.name, *known.keys]
    private += [value for value in known.credentials.values() if isinstance(value, str)]
    told_of = "".join(traceback.format_exception(failed)) + str(failed.provider_code)
    assert not [word for word in private if word in told_of]
