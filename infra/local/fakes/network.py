"""All fakes together: which one a channel's is, and where each stands."""

from collections.abc import Iterator

from starlette.routing import Route

from infra.local.fakes.aws_sms import AwsSms
from infra.local.fakes.aws_social import AwsSocial
from infra.local.fakes.messenger import Instagram, Messenger, Pages
from infra.local.fakes.provider import Provider, Site
from infra.local.fakes.ses import Ses
from infra.local.fakes.telegram import Telegram
from infra.local.fakes.twilio import TwilioSms, TwilioWhatsApp
from infra.local.fakes.twilio_api import TwilioApi
from infra.local.fakes.whatsapp import WhatsApp


class Network:
    """Every provider that the demo clinics have an account with."""

    def __init__(self, site: Site) -> None:
        self.site = site
        messenger, instagram = Messenger(site), Instagram(site)
        sms, whatsapp = TwilioSms(site), TwilioWhatsApp(site)
        self._shared = (Pages(messenger, instagram), TwilioApi(sms, whatsapp))
        fakes = (
            WhatsApp(site),
            messenger,
            instagram,
            Telegram(site),
            sms,
            whatsapp,
            AwsSms(site),
            AwsSocial(site),
            Ses(site),
        )
        self.fakes: dict[str, Provider] = {fake.channel: fake for fake in fakes}

    def __iter__(self) -> Iterator[Provider]:
        return iter(self.fakes.values())

    def get(self, channel: str) -> Provider | None:
        """The fake of a channel."""
        return self.fakes.get(channel)

    def routes(self) -> list[Route]:
        """Where they stand. What several share comes first: its patterns are the narrower ones."""
        shared = [route for part in self._shared for route in part.routes()]
        return [*shared, *(route for fake in self for route in fake.routes())]

    def hear(self, path: str, raw: bytes) -> None:
        """Let the right fake know of a webhook that was accepted: `/<channel>` or `/<channel>/<account>`."""
        channel, _, account = path.strip("/").partition("/")
        fake = self.get(channel)
        if fake:
            fake.hear(account, raw)

    async def stop(self) -> None:
        """Report nothing more."""
        for fake in self:
            await fake.stop()
