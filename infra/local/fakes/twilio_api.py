"""Where Twilio's REST API stands; the AccountSid says whose line it is."""

import base64
import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from infra.local.fakes import files
from infra.local.fakes.twilio import TwilioRefused, TwilioSms

API = "/wire/api.twilio.com/2010-04-01/Accounts/{sid}"
MEDIA = "/wire/mms.twiliocdn.com"


class TwilioApi:
    """The routes that both share; the AccountSid says whose line it is."""

    def __init__(self, *fakes: TwilioSms) -> None:
        self._fakes = fakes

    def routes(self) -> list[Route]:
        return [
            Route(f"{API}.json", self.account),
            Route(f"{API}/Messages.json", self.create, methods=["POST"]),
            Route(f"{API}/Messages.json", self.messages),
            Route(f"{API}/Messages/{{message}}.json", self.message),
            Route(f"{API}/Messages/{{message}}/Media/{{media}}", self.media),
            Route(f"{API}/IncomingPhoneNumbers.json", self.numbers),
            Route(f"{MEDIA}/{{name}}", self.file),
        ]

    async def create(self, request: Request) -> Response:
        """POST …/Messages.json."""
        fake, account = self._owner(request)
        return await fake.create(account, request) if fake else _unauthorised()

    async def messages(self, request: Request) -> Response:
        """GET …/Messages.json?To=…: what was sent, newest first; how an unknown outcome is looked up."""
        fake, account = self._owner(request)
        if fake is None:
            return _unauthorised()
        to = request.query_params.get("To", "")
        sent = [
            item
            for item in fake.outbox.outbound()
            if (item.get("channel"), item["account"]) == (fake.channel, account)
        ]
        found = [fake.resource(item) for item in reversed(sent) if to in {"", item["body"]["To"]}]
        return JSONResponse({"messages": found[:50], "page": 0, "page_size": 50})

    async def message(self, request: Request) -> Response:
        """GET …/Messages/<sid>.json."""
        fake, account = self._owner(request)
        item = fake.outbox.get(str(request.path_params["message"])) if fake else None
        if fake is None:
            return _unauthorised()
        if item is None or item["account"] != account or item["direction"] != "outbound":
            return _missing()
        return JSONResponse(fake.resource(item))

    async def account(self, request: Request) -> Response:
        """GET …/Accounts/<sid>.json."""
        fake, account = self._owner(request)
        if fake is None:
            return _unauthorised()
        return JSONResponse({"sid": request.path_params["sid"], "friendly_name": account, "status": "active"})

    async def numbers(self, request: Request) -> Response:
        """GET …/IncomingPhoneNumbers.json?PhoneNumber=…."""
        fake, account = self._owner(request)
        if fake is None:
            return _unauthorised()
        number = {"sid": f"PN{account.zfill(32)}", "phone_number": f"+{account}", "status": "in-use"}
        number["sms_url"] = f"{fake.site.post.public}/webhooks/{fake.channel}/{account}"
        asked = request.query_params.get("PhoneNumber", "").replace(" ", "+")
        return JSONResponse({"incoming_phone_numbers": [number] if asked in {"", f"+{account}"} else []})

    async def media(self, request: Request) -> Response:
        """GET …/Media/<sid>: elsewhere, for who may."""
        found = files.of_id(str(request.path_params["media"]))
        if self._owner(request)[0] is None:
            return _unauthorised()
        return RedirectResponse(f"https://mms.twiliocdn.com/{found.name}", 307) if found else _missing()

    async def file(self, request: Request) -> Response:
        """GET https://mms.twiliocdn.com/<name>: the bytes. Who brings credentials here has leaked them."""
        found = files.named(str(request.path_params["name"]))
        if found is None or "authorization" in request.headers:
            return Response(status_code=400)
        return Response(found.content, media_type=found.mime)

    def _owner(self, request: Request) -> tuple[TwilioSms | None, str]:
        sid = str(request.path_params["sid"])
        for fake in self._fakes:
            account = fake.account_of(sid)
            expected = f"{sid}:{fake.site.credential(fake.channel, account, 'auth_token')}"
            given = request.headers.get("authorization", "").removeprefix("Basic ")
            if account and hmac.compare_digest(given.encode(), base64.b64encode(expected.encode())):
                return fake, account
        return None, ""


def _unauthorised() -> Response:
    return TwilioRefused(20003, "Authenticate", status=401).answer()


def _missing() -> Response:
    return TwilioRefused(20404, "The requested resource was not found", status=404).answer()
