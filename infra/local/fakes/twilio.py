"""A fake of Twilio's REST API: SMS, and WhatsApp by Twilio. Each line is an account of its own at Twilio."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from infra.local.clinics import Line, line_of
from infra.local.fakes import files
from infra.local.fakes.people import Item, Person, Said
from infra.local.fakes.provider import Json, Provider, Refused, random_id, unreachable
from infra.local.fakes.twilio_contents import approved_contents, filled

MAX_TEXT = 1600
STOPS = {"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"}
STARTS = {"start", "unstop", "yes"}
STATUSES = {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "undelivered"}


class TwilioRefused(Refused):
    """Twilio says no."""

    def answer(self) -> JSONResponse:
        """The error as Twilio's API words it."""
        body = {
            "code": self.code,
            "message": self.title,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return JSONResponse(body, status_code=self.status)


class TwilioSms(Provider):
    """Texts by Twilio. It keeps who stopped, and tells so."""

    channel = "twilio_sms"
    app = "sms"
    reads = False
    prefix: ClassVar[str] = ""
    """What stands before a number in an address."""
    pace = (100, 100)
    pair_pace = (5, 50)
    refusal: ClassVar[type[Refused]] = TwilioRefused
    usual = (20429, 429)

    def too_fast(self, wait: float, *, pair: bool) -> Refused:
        return TwilioRefused(20429, "Too Many Requests", status=429)

    def account_of(self, sid: str) -> str:
        """The line with this AccountSid; "" when none has it."""
        found = (
            account
            for (channel, account), keys in self.site.keys.items()
            if channel == self.channel and keys.credentials.get("account_sid") == sid
        )
        return next(found, "")

    async def create(self, account: str, request: Request) -> Response:
        """POST …/Messages.json."""
        try:
            form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
            item = self._item(account, form)
            fault = self.admit(item)
        except Refused as refusal:
            return refusal.answer()
        answer = JSONResponse(self.resource(item), status_code=201)
        return await self.settle(item, fault, answer, self.failure(item))

    def failure(self, item: Item) -> Json | None:
        """What a message that was taken fails of afterwards."""
        return None

    def resource(self, item: Item) -> Json:
        """A message as Twilio's API shows it."""
        return {
            "sid": item["id"],
            "account_sid": self.site.credential(self.channel, item["account"], "account_sid"),
            "from": f"{self.prefix}+{item['account']}",
            "to": item["body"]["To"],
            "body": item["text"],
            "status": {"accepted": "queued"}.get(item["state"], STATUSES.get(item["state"], "queued")),
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "num_media": str(len(item["attachments"])),
            "date_created": datetime.fromisoformat(item["at"]).strftime("%a, %d %b %Y %H:%M:%S +0000"),
        }

    async def write(self, line: Line, person: Person, said: Said) -> Item | None:
        form = {
            "MessageSid": random_id("SM" if not said.file else "MM"),
            "AccountSid": self.site.credential(self.channel, line.account, "account_sid"),
            "From": f"{self.prefix}+{person.number}",
            "To": f"{self.prefix}+{line.account}",
            "Body": said.shown or {"stop": "STOP", "start": "START"}.get(said.action, ""),
            "NumMedia": "1" if said.file else "0",
            "NumSegments": "1",
            "ApiVersion": "2010-04-01",
            **self.beside(person, said),
        }
        form["SmsSid"] = form["SmsMessageSid"] = form["MessageSid"]
        if said.file:
            file, ident = files.canned(said.file), files.new_id(said.file)
            folder = f"https://api.twilio.com/2010-04-01/Accounts/{form['AccountSid']}/Messages"
            form["MediaUrl0"] = f"{folder}/{form['MessageSid']}/Media/ME{ident.zfill(32)}"
            form["MediaContentType0"] = file.mime.partition(";")[0]
        if not await self._call(line.account, f"/{self.channel}/{line.account}", form):
            return None
        heard = self.hear(line.account, urlencode(form).encode())
        return heard[0] if heard else None

    def beside(self, _person: Person, said: Said) -> dict[str, str]:
        """What a webhook says besides, on this channel."""
        consent = keyword(said.shown or said.action)
        return {"OptOutType": consent.upper()} if consent else {}

    def read(self, raw: bytes) -> Any:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))

    def heard(self, account: str, body: Any) -> Iterator[Item]:
        if "MessageStatus" in body or not line_of(self.channel, account):
            return
        sender = str(body["From"]).removeprefix("whatsapp:").strip().lstrip("+")
        file = files.of_id(str(body.get("MediaUrl0", "")))
        text = str(body.get("Body", ""))
        yield self.item_in(
            account,
            str(body["MessageSid"]),
            sender,
            type=file.kind if file else "text",
            text=str(body.get("ButtonText") or body.get("ListTitle") or text),
            attachments=[{"kind": file.kind, "name": file.name}] if file else [],
            reply_to=body.get("OriginalRepliedMessageSid"),
            consent=keyword(text),
        )

    async def tell(self, item: Item, state: str, error: Json | None) -> None:
        """Call the message's own StatusCallback. Without one nobody is told."""
        callback = urlsplit(item["callback"])
        path = callback.path.removeprefix("/webhooks")
        if not item["callback"] or path == callback.path:
            return
        form = {
            "MessageSid": item["id"],
            "SmsSid": item["id"],
            "AccountSid": self.site.credential(self.channel, item["account"], "account_sid"),
            "MessageStatus": STATUSES[state],
            "SmsStatus": STATUSES[state],
            "From": f"{self.prefix}+{item['account']}",
            "To": item["body"]["To"],
            "ApiVersion": "2010-04-01",
        }
        form |= {"ErrorCode": str(error["code"])} if error else {}
        await self._call(item["account"], f"{path}{'?' + callback.query if callback.query else ''}", form)

    def _item(self, account: str, form: Mapping[str, str]) -> Item:
        to = self._recipient(form.get("To", ""))
        sender = form.get("From", "") or form.get("MessagingServiceSid", "")
        if not sender:
            raise TwilioRefused(21603, "A 'From' phone number is required.")
        if form.get("From") and form["From"] != f"{self.prefix}+{account}":
            raise TwilioRefused(21606, "The 'From' phone number is not a valid, SMS-capable number.")
        if self.outbox.has_stopped(account, to, self.channel):
            raise TwilioRefused(21610, "Attempt to send to unsubscribed recipient")
        media = form.get("MediaUrl", "")
        return self.item_out(
            account,
            random_id("MM" if media else "SM"),
            to,
            dict(form),
            **self.shown(form),
            attachments=[{"kind": "file", "name": "", "url": media}] if media else [],
            callback=form.get("StatusCallback", ""),
        )

    def _recipient(self, to: str) -> str:
        digits = to.removeprefix(self.prefix).removeprefix("+")
        if not to.startswith(f"{self.prefix}+") or not digits.isdigit() or not 7 <= len(digits) <= 15:
            raise TwilioRefused(21211, "Invalid 'To' Phone Number")
        if unreachable(digits):
            raise TwilioRefused(21614, "'To' number is not a valid mobile number")
        return digits

    def shown(self, form: Mapping[str, str]) -> Json:
        """What the person sees. Raises TwilioRefused."""
        text = form.get("Body", "")
        if len(text) > MAX_TEXT:
            raise TwilioRefused(21617, "The concatenated message body exceeds the 1600 character limit.")
        if not text.strip() and not form.get("MediaUrl"):
            raise TwilioRefused(21619, "A text message body or media urls must be specified.")
        return {"type": "text", "text": text, "buttons": []}

    async def _call(self, account: str, path: str, form: Mapping[str, str]) -> bool:
        token = self.site.credential(self.channel, account, "auth_token")
        url = f"{self.site.post.public}/webhooks{path}"
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": sign(url, form, token),
            "i-twilio-idempotency-token": random_id("", 32),
        }
        return await self.site.post.call(path, urlencode(form).encode(), headers)


class TwilioWhatsApp(TwilioSms):
    """WhatsApp by Twilio: approved contents, and a window whose end is told afterwards."""

    channel = "twilio_whatsapp"
    app = "whatsapp"
    reads = True
    prefix = "whatsapp:"

    def failure(self, item: Item) -> Json | None:
        free = not item["body"].get("ContentSid")
        if free and not self.outbox.window_open(item["account"], item["to"], datetime.now(UTC), self.channel):
            return {"code": 63016, "title": "Outside the allowed window"}
        return None

    def beside(self, person: Person, said: Said) -> dict[str, str]:
        about = {"ProfileName": person.name, "WaId": person.number, "MessageType": "text"}
        if said.file:
            about["MessageType"] = files.canned(said.file).kind
        if said.answers:
            about["OriginalRepliedMessageSid"] = str(said.answers["id"])
        if said.button:
            pressed = {"MessageType": "button", "ButtonPayload": said.button[0], "ButtonText": said.button[1]}
            about |= pressed
        return about

    def shown(self, form: Mapping[str, str]) -> Json:
        if not form.get("ContentSid"):
            return super().shown(form)
        content = approved_contents().get(form["ContentSid"])
        if content is None:
            raise TwilioRefused(21655, "The ContentSid is Invalid", status=404)
        try:
            variables = json.loads(form.get("ContentVariables") or "{}")
            return filled(content, {str(name): str(value) for name, value in variables.items()})
        except (ValueError, AttributeError, LookupError):
            raise TwilioRefused(21656, "The ContentVariables Parameter is invalid.") from None


def sign(url: str, form: Mapping[str, str], token: str) -> str:
    """The X-Twilio-Signature header: the address, then each field's name and value, in order of the names."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def keyword(text: str) -> str:
    """`stop` or `start` where a text is one of Twilio's own keywords; else ""."""
    word = text.strip().lower()
    return "stop" if word in STOPS else "start" if word in STARTS else ""
