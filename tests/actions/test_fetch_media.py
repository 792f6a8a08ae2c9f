"""A file that somebody sent: from its provider to our bucket, after their message was taken in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import delivery
import pytest
import routing
from aws_lambda_powertools.utilities.typing import LambdaContext
from recado.actions.fetch_media import fetch_media
from recado.actions.record import record
from recado.actions.sweep import sweep
from recado.channels.kinds import sniffed
from recado.errors import NotFound
from recado.model.communication import Attachment, Communication
from recado.rules import files
from recado.store import contacts, media
from recado.store.clients import client

from tests.cloud import Cloud
from tests.counter import counted
from tests.provider import Provider
from tests.samples import NOW, later, received
from tests.visits import view

pytestmark = pytest.mark.usefixtures("clinic", "provider")

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
OGG = b"OggS" + b"\0" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file(media_id: str = "m1", kind: str = "image", mime: str = "image/png") -> dict[str, str]:
    return {"kind": kind, "id": media_id, "url": "", "mime": mime, "name": "", "sha256": ""}


def sent(*attachments: dict[str, Any], now: datetime = NOW) -> Communication:
    """Maria has sent these, and her message is stored."""
    record("boavista", received("", type="image", attachments=list(attachments or [file()])), now)
    return stored()


def stored() -> Communication:
    (link,) = view().links
    found, _ = contacts.timeline("boavista", link.patient)
    return [one for one in found if one.direction == "inbound"][-1]


def first() -> Attachment:
    return stored().attachments[0]


def carried(clinic: Cloud) -> None:
    """Whatever waits on the stream or the outbound queue is seen to, until nothing does."""
    while (changes := clinic.streamed())["Records"] or (jobs := clinic.queued("outbound"))["Records"]:
        if changes["Records"]:
            routing.handler(changes, LambdaContext())
        else:
            assert delivery.handler(jobs, LambdaContext()) == {"batchItemFailures": []}


def test_a_photo_is_fetched_after_its_message_and_kept(clinic: Cloud, provider: Provider) -> None:
    provider.keep("m1", PNG)
    sent()
    assert (first().state, provider.asked) == ("waiting", [])
    carried(clinic)
    kept = first()
    assert (kept.state, kept.mime, kept.size, kept.error) == ("kept", "image/png", len(PNG), None)
    assert media.read("boavista", kept.object or "") == PNG
    assert stored().due_at is None


def test_several_files_come_one_after_another(clinic: Cloud, provider: Provider) -> None:
    for number in range(4):
        provider.keep(f"m{number}", PNG + bytes([number]))
    sent(*(file(f"m{number}") for number in range(4)))
    carried(clinic)
    assert [one.state for one in stored().attachments] == ["kept"] * 4
    assert len({one.object for one in stored().attachments}) == 4


def test_nothing_else_of_that_person_waits_for_a_file(clinic: Cloud, provider: Provider) -> None:
    sent()
    routing.handler(clinic.streamed(), LambdaContext())
    jobs = clinic.queued("outbound")["Records"]
    groups = {one["attributes"]["MessageGroupId"] for one in jobs}
    sent()
    record("boavista", received("PARAR", "wamid.2"), NOW)
    carried_groups = set()
    routing.handler(clinic.streamed(), LambdaContext())
    routing.handler(clinic.streamed(), LambdaContext())
    carried_groups = {one["attributes"]["MessageGroupId"] for one in clinic.queued("outbound")["Records"]}
    assert len(groups) == 1
    assert carried_groups - groups, "the answer to STOP is in another group"


@pytest.mark.parametrize(
    ("content", "told", "kept"),
    [
        (PNG, "image/png", "image/png"),
        (PNG, "text/html", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60, "image/png", "image/jpeg"),
        (b"GIF89a" + b"\0" * 60, "image/gif", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 60, "image/webp", "image/webp"),
        (OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        (b"%PDF-1.7\n", "application/pdf", "application/pdf"),
        (SVG, "image/svg+xml", files.UNKNOWN),
        (b"<!doctype html><script>", "image/png", files.UNKNOWN),
        (b"hello", "text/plain", files.UNKNOWN),
        (b"", "image/png", files.UNKNOWN),
    ],
)
def test_a_file_is_kept_as_what_its_bytes_are(
    content: bytes, told: str, kept: str, provider: Provider
) -> None:
    provider.keep("m1", content, told)
    fetch_media("boavista", sent().id, NOW)
    assert first().mime == kept
    head = client("s3").head_object(Bucket="recado-test-media", Key=first().object)
    assert (head["ContentType"], head["ContentDisposition"]) == (kept, "attachment")


@pytest.mark.parametrize(
    "content", [SVG, b"<html>", b"MZ" + b"\0" * 99, b"\x7fELF" + b"\0" * 99, b"PK\3\4" + b"\0" * 99, b"%PDF-"]
)
def test_what_could_run_is_never_shown_in_its_place(content: bytes) -> None:
    assert not files.is_inline(files.kept_as(sniffed(content), "image/png"))


def test_a_file_that_is_too_large_is_refused(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 10)
    provider.keep("m1", PNG)
    fetch_media("boavista", sent().id, NOW)
    assert (first().state, first().error, first().object) == ("refused", "too_large", None)


def test_a_file_that_is_gone_is_refused_or_given_up_and_the_message_stays(provider: Provider) -> None:
    """A missing file is one that the account may not see: an operator's matter for a day."""
    at = NOW
    fetch_media("boavista", sent().id, at)
    for _ in range(files.TRIES * 2):
        at = stored().due_at or at
        fetch_media("boavista", stored().id, at)
    assert (first().state, first().error) == ("refused", "unavailable")
    assert len(provider.asked) == files.TRIES
    assert NOW + timedelta(hours=6) < at < NOW + timedelta(hours=48)


def test_a_provider_that_fails_is_asked_again_by_the_sweep(clinic: Cloud, provider: Provider) -> None:
    provider.files["/graph.facebook.com/v25.0/m1"] = 500, "application/json", b"{}"
    sent()
    carried(clinic)
    assert first().state == "waiting"
    provider.keep("m1", PNG)
    sweep("boavista", later(minutes=30))
    for record_ in (jobs := clinic.queued("outbound"))["Records"]:
        assert '"fetch"' in record_["body"]
    fetch_media("boavista", stored().id, later(minutes=30))
    assert jobs["Records"]
    assert first().state == "kept"


def test_before_its_time_a_failed_file_is_not_asked_for(provider: Provider) -> None:
    fetch_media("boavista", sent().id, NOW)
    asked = len(provider.asked)
    fetch_media("boavista", stored().id, later(seconds=5))
    assert len(provider.asked) == asked


def test_fetching_again_changes_nothing(provider: Provider) -> None:
    provider.keep("m1", PNG)
    fetch_media("boavista", sent().id, NOW)
    before = stored()
    with counted() as calls:
        fetch_media("boavista", before.id, later(days=8))
    assert (stored(), calls) == (before, ["GetItem"])


def test_a_kept_file_is_never_changed(provider: Provider) -> None:
    name = media.put("boavista", "c1", 0, PNG, "image/png")
    assert media.put("boavista", "c1", 0, OGG, "audio/ogg") == name
    assert media.read("boavista", name) == PNG


def test_another_clinics_file_is_not_found(provider: Provider) -> None:
    name = media.put("boavista", "c1", 0, PNG, "image/png")
    with pytest.raises(NotFound):
        media.read("delsol", name)
    with pytest.raises(NotFound):
        media.address("delsol", name, "image/png", called="x", inline=True, minutes=5)
    with pytest.raises(NotFound):
        media.read("boavista", "boavista/c1/9")


def test_another_clinics_message_is_not_fetched(provider: Provider) -> None:
    provider.keep("m1", PNG)
    fetch_media("delsol", sent().id, NOW)
    assert (first().state, provider.asked) == ("waiting", [])


def test_without_credentials_a_file_waits(provider: Provider) -> None:
    record("boavista", received("", attachments=[file()])._replace(account="999"), NOW)
    fetch_media("boavista", stored().id, NOW)
    assert (first().state, stored().attempts) == ("waiting", 1)


def test_what_is_told_in_fields_is_no_file(clinic: Cloud, provider: Provider) -> None:
    place = {"kind": "location", "latitude": 1.0, "longitude": 2.0}
    sent(place)
    carried(clinic)
    assert (first().state, provider.asked, stored().due_at) == ("none", [], None)
