"""How a provider reaches us: it calls a webhook, or AWS publishes to a topic or keeps a mail."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from infra.local.emulator import Emulator

DELIVERY_TRIES = 5
"""How often a fake repeats a webhook that is not answered 2xx. The real ones go on for hours or days."""


@dataclass
class Post:
    """The way to the deployed stack; empty until it stands.

    `webhooks` is where the emulator serves what providers call `public`; `topics` are the ARNs by channel.
    """

    webhooks: str = ""
    public: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    mail_bucket: str = ""
    emulator: Emulator | None = None
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=40))
    pause: float = 0.2
    """Seconds before a webhook is repeated for the first time; doubled each time after."""

    async def call(self, path: str, raw: bytes, headers: Mapping[str, str]) -> bool:
        """Post to `<public>/webhooks<path>`, and again while it is not answered 2xx; was it accepted?"""
        for attempt in range(DELIVERY_TRIES):
            try:
                answer = await self.client.post(self.webhooks + path, content=raw, headers=dict(headers))
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.is_success:
                return True
            # A provider goes on after a refusal, too; here it would only keep the phone waiting.
            if answer is not None and answer.is_client_error:
                return False
            await asyncio.sleep(self.pause * 2**attempt)
        return False

    async def publish(self, channel: str, message: Mapping[str, Any]) -> bool:
        """Publish to the channel's topic, as AWS does; False where none is deployed."""
        topic = self.topics.get(channel)
        if topic is None or self.emulator is None:
            return False
        topics = self.emulator.client("sns")
        await asyncio.to_thread(topics.publish, TopicArn=topic, Message=json.dumps(message))
        return True

    async def keep_mail(self, key: str, raw: bytes) -> bool:
        """Put a mail where SES's receipt rule does; False where no bucket is deployed."""
        if not self.mail_bucket or self.emulator is None:
            return False
        storage = self.emulator.client("s3")
        await asyncio.to_thread(storage.put_object, Bucket=self.mail_bucket, Key=key, Body=raw)
        return True
