"""The fakes behind the real front door, what they tell the clinics, and a phone in front of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpx
from recado.channels import Request

from infra.local.clinics import CLINICS, lines
from infra.local.connect import Connect
from infra.local.door import Door, Upstream
from infra.local.emulator import Emulator
from infra.local.fakes.network import Network
from infra.local.fakes.post import Post
from infra.local.fakes.provider import Keys, Site
from infra.local.keys import made_up
from infra.local.outbox import Outbox
from infra.local.phone import Phone
from tests.infra.serving import served

PERSON = "5511987654321"
PUBLIC = "http://127.0.0.1:8080"
SECRET = "the app's own"
BOAVISTA = CLINICS[0]

Json = dict[str, Any]


class Cloud:
    """What of AWS's services the fakes use beside their own: topics and buckets."""

    def __init__(self) -> None:
        self.published: list[tuple[str, Json]] = []
        self.kept: dict[str, bytes] = {}

    def client(self, _service: str) -> Cloud:
        return self

    def publish(self, *, TopicArn: str, Message: str) -> None:  # noqa: N803 (as botocore names them)
        self.published.append((TopicArn, json.loads(Message)))

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803
        self.kept[f"{Bucket}/{Key}"] = Body


class Stage:
    """Everything on one port; `webhooks` are the calls that the clinics have had."""

    def __init__(self) -> None:
        self.webhooks: list[Request] = []
        self.status = 200
        self.cloud = Cloud()
        transport = httpx.MockTransport(self._take)
        topics = {name: f"arn:aws:sns:us-east-1:0:{name}" for name in ("aws_sms", "aws_social", "email")}
        self.outbox = Outbox(None)
        keys = {(line.channel, line.account): Keys(*made_up(line, [PUBLIC])) for _, line in lines()}
        emulator = cast("Emulator", self.cloud)
        client = httpx.AsyncClient(transport=transport)
        post = Post("http://behind/webhooks", PUBLIC, topics, "mail", emulator, client, pause=0)
        self.site = Site(self.outbox, post, keys, SECRET)
        self.network = Network(self.site)
        phone = Phone(self.outbox, self.network, Connect(emulator, "voice"))
        behind = httpx.AsyncClient(transport=transport)
        upstream = Upstream("http://behind/api", "http://behind/webhooks", "http://behind/files", behind)
        self.app = Door(upstream, self.outbox, self.network, phone, lambda: {"ready": True}).app()
        self.client = httpx.Client()

    def _take(self, request: httpx.Request) -> httpx.Response:
        path, query = request.url.path, request.url.query.decode()
        url = f"{PUBLIC}{path}{'?' + query if query else ''}"
        account = path.split("/")[3] if path.count("/") > 2 else ""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.webhooks.append(Request(request.method, path, {}, headers, request.content, url, account))
        return httpx.Response(self.status, text="from behind")

    def account(self, channel: str) -> str:
        """The account of the clinic in São Paulo."""
        line = BOAVISTA.line(channel)
        assert line
        return line.account

    def key(self, channel: str, name: str) -> str:
        """One of its credentials."""
        return self.site.credential(channel, self.account(channel), name)

    def writes(self, channel: str, person: str = PERSON, **wish: Any) -> Json:
        """Somebody writes to that clinic; what the phone shows of it."""
        wish = {"text": "Olá"} | wish if not wish.keys() & {"button", "file", "action"} else wish
        body = {"clinic": "boavista", "from": person, "name": "Zoë", "channel": channel, **wish}
        answer = self.client.post(f"/phone/{channel}", json=body)
        assert answer.status_code == 201, answer.text
        shown: Json = answer.json()
        return shown

    def screen(self, channel: str, person: str = PERSON) -> list[Json]:
        """What their phone shows, without its having been read."""
        query = {"clinic": "boavista", "from": person, "peek": "1"}
        items: list[Json] = self.client.get(f"/phone/{channel}", params=query).json()["items"]
        return items

    def told(self, channel: str) -> list[Json]:
        """What AWS has published about a channel."""
        return [message for topic, message in self.cloud.published if topic.endswith(f":{channel}")]


@contextmanager
def staged() -> Iterator[Stage]:
    """The stage while its door is served; every channel of a fake's counts as one that we have."""
    made = Stage()
    with served(made.app) as made.client:
        yield made


def until(seen: Callable[[], Any]) -> None:
    """The fakes report beside us: wait for it."""
    end = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.02)
