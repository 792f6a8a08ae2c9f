"""What every channel must do, whoever the provider is. A new channel is covered by being in the registry."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.actions import receive
from recado.channels import MODULES, Channel, Received, Request, Unreadable, channel, whatsapp
from recado.channels.events import MAX_EVENT
from recado.channels.traits import ALL_PURPOSES
from recado.errors import Forged, NotFound, TooLarge

from tests.channels.specimens import AT, Specimen, every_channel, live, one, sampled, signed, specimen

HEAVY = ("pydantic", "urllib3", "botocore", "boto3", "phonenumbers", "pynamodb", "babel")
MESSAGE = {"provider_id", "type", "text", "name", "payload", "attachments", "reply_to", "origin", "error"}
"""What each message has, if only empty (channels/events.py)."""
FIELDS: dict[str, set[str]] = {
    "message": MESSAGE,
    "echo": MESSAGE,
    "receipt": {"provider_id", "status", "reference", "error"},
    "consent": {"action", "purposes", "evidence"},
    "notice": {"type"},
}


def flipped(text: str) -> str:
    """The same, but for its last character."""
    return text[:-1] + ("a" if text[-1:] != "a" else "b")


def test_a_module_is_a_channel() -> None:
    typed: Channel = whatsapp
    assert channel("whatsapp") is typed


def test_an_unknown_channel_is_not_found() -> None:
    with pytest.raises(NotFound):
        channel("telepathy")


@every_channel
def test_a_channel_knows_its_own_name(name: str) -> None:
    assert name == channel(name).NAME


@every_channel
def test_a_channel_has_a_specimen(name: str) -> None:
    assert isinstance(specimen(name), Specimen)


@every_channel
def test_what_a_refusal_stops_are_purposes(name: str) -> None:
    assert {one for stopped in channel(name).TRAITS.stops.values() for one in stopped} <= set(ALL_PURPOSES)


@every_channel
def test_the_webhook_imports_nothing_heavy(name: str) -> None:
    program = f"import sys, {MODULES[name]}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603 - our own
    assert json.loads(done.stdout) == []


@every_channel
def test_the_webhook_loads_the_one_channel_that_it_is_called_for(name: str) -> None:
    program = f"import sys, {MODULES[name]}; print([m for m in {[*MODULES.values()]} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)  # noqa: S603 - our own
    wrapped = {"aws_social": {"whatsapp"}}
    loaded = set(json.loads(done.stdout.replace(b"'", b'"')))
    assert loaded == {MODULES[one] for one in {name} | wrapped.get(name, set())}


# What is genuine


@every_channel
@pytest.mark.parametrize("key", [0, 1])
def test_while_a_secret_is_changed_both_are_good(name: str, key: int) -> None:
    channel(name).verify(signed(name, key), live(name, 0, 1))


@every_channel
@pytest.mark.parametrize("key", [1, 2])
def test_a_retired_secret_is_none(name: str, key: int) -> None:
    with pytest.raises(Forged):
        channel(name).verify(signed(name, key), live(name, 0))


@every_channel
def test_what_is_not_signed_is_forged(name: str) -> None:
    with pytest.raises(Forged):
        channel(name).verify(sampled(name), live(name, 0, 1))


@every_channel
def test_a_proof_with_one_character_changed_is_none(name: str) -> None:
    plain, genuine = sampled(name), signed(name)
    proofs = {key for key, value in genuine.headers.items() if plain.headers.get(key) != value}
    forged = [
        genuine._replace(headers={**genuine.headers, key: flipped(genuine.headers[key])}) for key in proofs
    ]
    if genuine.path != plain.path:
        forged.append(genuine._replace(path=flipped(genuine.path)))
    assert forged
    for request in forged:
        with pytest.raises(Forged):
            channel(name).verify(request, live(name, 0))


@every_channel
def test_a_body_with_one_bit_changed_is_forged_where_bodies_are_signed(name: str) -> None:
    genuine = signed(name)
    middle = len(genuine.body) // 2
    changed = genuine.body[:middle] + bytes([genuine.body[middle] ^ 1]) + genuine.body[middle + 1 :]
    forged = genuine._replace(body=changed)
    if specimen(name).body_signed:
        with pytest.raises(Forged):
            channel(name).verify(forged, live(name, 0))
    else:
        channel(name).verify(forged, live(name, 0))


@every_channel
@pytest.mark.parametrize("empty", [None, [], [""], [" "], [None], "", {}])
def test_without_a_secret_nothing_is_genuine(name: str, empty: object) -> None:
    for secrets in ({}, dict.fromkeys(live(name, 0), empty)):
        with pytest.raises(Forged):
            channel(name).verify(signed(name), secrets)
        with pytest.raises(Forged):
            channel(name).handshake(Request("GET", "/", {}, {}, b""), secrets)


@every_channel
def test_a_body_over_the_limit_is_not_read(name: str) -> None:
    with pytest.raises(TooLarge):
        receive.receive(name, signed(name)._replace(body=b" " * (receive.LIMIT + 1)))


# What is read


def assert_well_formed(name: str, event: Received) -> None:
    assert event.channel == name
    assert event.account
    assert event.kind in FIELDS
    assert {name, event.account, event.kind} <= set(event.key.split("/")), event.key
    assert set(event.event) >= FIELDS[event.kind]
    assert event.raw
    written = json.dumps(event._asdict(), ensure_ascii=False).encode()
    assert b"\0" not in written
    assert b"\\u0000" not in written
    assert len(written) <= MAX_EVENT


@every_channel
def test_a_message_says_who_wrote_what_and_when_and_keeps_its_raw_form(name: str) -> None:
    event = one(name, "Olá, 👍 às 9?")
    assert_well_formed(name, event)
    assert (event.kind, event.account) == ("message", specimen(name).account)
    assert event.event["provider_id"]
    assert event.event["text"] == "Olá, 👍 às 9?"
    assert event.event["type"]
    assert event.sender
    assert event.identities
    assert {system for system, _ in event.identities} <= {*channel(name).TRAITS.systems, "phone", "email"}
    assert event.at in ("", AT)


@every_channel
def test_a_message_that_comes_again_has_the_same_key(name: str) -> None:
    request = signed(name)
    first, again = channel(name).parse(request), channel(name).parse(request)
    assert first == again


@every_channel
def test_two_messages_have_two_keys(name: str) -> None:
    assert one(name, "um").key != one(name, "dois").key


@every_channel
def test_what_becomes_of_a_message_has_a_key_for_each_state_and_none_of_them_the_message_s(name: str) -> None:
    found = [event for status in specimen(name).statuses for event in channel(name).parse(status)]
    received = [event for event in found if isinstance(event, Received)]
    assert received == found
    assert all(event.kind == "receipt" for event in received)
    for event in received:
        assert_well_formed(name, event)
    assert len({event.key for event in received}) == len(received)
    assert len({event.event["provider_id"] for event in received}) <= 1


@every_channel
def test_several_messages_in_one_request_are_read_in_its_order_as_if_each_came_alone(name: str) -> None:
    batch = specimen(name).batch
    if batch is None:
        pytest.skip("This provider sends one event at a time.")
    said = ["um", "dois", "três"]
    for order in (said, said[::-1]):
        together = channel(name).parse(batch([sampled(name, words) for words in order]))
        assert together == [one(name, words) for words in order]


@every_channel
def test_an_event_of_no_known_kind_does_not_stop_its_neighbours_and_is_kept(name: str) -> None:
    known = specimen(name)
    found = channel(name).parse(known.unknown)
    assert found
    for event in found:
        assert isinstance(event, Received), event
        assert_well_formed(name, event)
        assert event.kind == "notice" or event.event["type"] == "unsupported"
    if known.batch is not None:
        mixed = channel(name).parse(known.batch([sampled(name, "um"), known.unknown, sampled(name, "dois")]))
        assert mixed == [one(name, "um"), *found, one(name, "dois")]


@every_channel
def test_a_foreign_account_is_named_and_never_taken_for_the_one_in_the_path(name: str) -> None:
    """Where the event names none, it is of the account whose secret it came with."""
    own = specimen(name).account
    foreign = flipped(own) if not own[-1].isdigit() else own[:-1] + str((int(own[-1]) + 1) % 10)
    request = sampled(name, account=foreign)
    (event,) = channel(name).parse(request._replace(account=own if request.account else ""))
    assert isinstance(event, Received)
    assert event.account == foreign or (bool(request.account) and event.account == own)


@every_channel
def test_a_message_without_words_is_one(name: str) -> None:
    event = one(name, "")
    assert_well_formed(name, event)
    assert event.event["text"] == ""


@every_channel
def test_broken_characters_are_mended(name: str) -> None:
    event = one(name, "a\0b \ud83d c 👩‍⚕️")
    assert_well_formed(name, event)
    said = event.event["text"]
    assert said.startswith("ab ")
    assert said.endswith(" c 👩‍⚕️")
    assert "\ufffd" in said


@every_channel
def test_the_longest_text_is_read_or_kept_but_never_over_the_limit(name: str) -> None:
    for event in channel(name).parse(sampled(name, '"' * (2 * MAX_EVENT))):
        if isinstance(event, Received):
            assert_well_formed(name, event)


@every_channel
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_body_is_ever_lost_and_none_raises(name: str, body: bytes) -> None:
    (kept,) = channel(name).parse(sampled(name)._replace(body=body))
    assert not isinstance(kept, Received)
    assert kept.raw == body


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("9" * 400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def put(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a document with something else in one place; a JSON string there stays one."""
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = put(node[path[0]], path[1:], value)
    return copy


@every_channel
@given(data=st.data())
def test_a_body_with_something_else_in_one_place_never_raises(name: str, data: st.DataObject) -> None:
    request = sampled(name)
    try:
        document = json.loads(request.body)
    except ValueError:
        cut = data.draw(st.tuples(st.integers(0, len(request.body)), st.integers(0, 20)))
        body = request.body[: cut[0]] + data.draw(st.binary(max_size=20)) + request.body[sum(cut) :]
    else:
        body = json.dumps(
            put(document, data.draw(st.sampled_from(places(document))), data.draw(JSON))
        ).encode()
    for event in channel(name).parse(request._replace(body=body)):
        assert isinstance(event, Unreadable) or event.kind in FIELDS
