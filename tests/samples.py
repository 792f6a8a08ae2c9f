"""A clinic, its people and what patients send: written from the documented facts, for tests and benches."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from recado.channels import Received
from recado.model.tenant import Account, Agent, Tenant
from recado.store import tenants

from tests.cloud import META_SECRET

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A Monday, 11:00 in São Paulo and 15:00 in Madrid: both clinics are open."""

BOAVISTA = Tenant(
    id="boavista",
    name="Clínica Boa Vista",
    timezone="America/Sao_Paulo",
    language="pt-BR",
    country="BR",
    phone="+551130000000",
)
DELSOL = Tenant(
    id="delsol",
    name="Clínica del Sol",
    timezone="Europe/Madrid",
    language="es",
    country="ES",
    phone="+34910000000",
)
WHATSAPP = {"boavista": "100000000000001", "delsol": "200000000000002"}
ANA = Agent(id="ana", name="Ana Souza", languages=("pt-BR",))
BRUNO = Agent(id="bruno", name="Bruno Lima", languages=("pt-BR", "en"))
LUCIA = Agent(id="lucia", name="Lucía Pérez", languages=("es",))
PHONE = "5511987654321"


def seed(*agents: Agent) -> None:
    """Both clinics and their accounts; these agents (else Ana) work at Boa Vista, Lucía at del Sol."""
    for clinic in (BOAVISTA, DELSOL):
        tenants.save_tenant(clinic.id, clinic)
        whatsapp = Account(tenant=clinic.id, channel="whatsapp", id=WHATSAPP[clinic.id])
        voice = Account(tenant=clinic.id, channel="voice", id=clinic.phone)
        for account in (whatsapp, voice):
            tenants.save_account(clinic.id, account)
    for agent in agents or (ANA,):
        tenants.save_agent("boavista", agent)
    tenants.save_agent("delsol", LUCIA)


def text_message(
    text: str, message_id: str = "wamid.1", sender: str = PHONE, name: str = "Maria Silva", **extra: Any
) -> dict[str, Any]:
    """One entry of WhatsApp's `messages`."""
    return {
        "from": sender,
        "id": message_id,
        "timestamp": str(int(NOW.timestamp())),
        "type": "text",
        "text": {"body": text},
        **extra,
    }


def webhook(*messages: dict[str, Any], tenant: str = "boavista", name: str = "Maria Silva") -> dict[str, Any]:
    """A WhatsApp Cloud API webhook that holds these messages."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551130000000", "phone_number_id": WHATSAPP[tenant]},
        "contacts": [{"profile": {"name": name}, "wa_id": message["from"]} for message in messages],
        "messages": list(messages),
    }
    return _body(value)


def status_webhook(
    provider_id: str, status: str, tenant: str = "boavista", recipient: str = PHONE, **extra: Any
) -> dict[str, Any]:
    """A WhatsApp Cloud API webhook that tells how one of our messages fares."""
    stamp = str(int(NOW.timestamp()))
    told = {"id": provider_id, "status": status, "timestamp": stamp, "recipient_id": recipient, **extra}
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551130000000", "phone_number_id": WHATSAPP[tenant]},
        "statuses": [told],
    }
    return _body(value)


def _body(value: dict[str, Any]) -> dict[str, Any]:
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1000", "changes": [change]}]}


def signed(body: dict[str, Any] | bytes, secret: str = str(META_SECRET["app_secrets"][0])) -> dict[str, Any]:
    """The HTTP API event of a webhook signed as Meta signs."""
    raw = body if isinstance(body, bytes) else json.dumps(body).replace("/", "\\/").encode()
    signature = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
    return http_event("POST", raw.decode("utf-8", "surrogateescape"), {"x-hub-signature-256": signature})


def http_event(
    method: str, body: str = "", headers: dict[str, str] | None = None, query: dict[str, str] | None = None
) -> dict[str, Any]:
    """A request as an API Gateway HTTP API hands it to Lambda (payload format 2.0)."""
    path = "/webhooks/whatsapp"
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", **(headers or {})},
        "queryStringParameters": query or {},
        "pathParameters": {"channel": "whatsapp"},
        "requestContext": {"http": {"method": method, "path": path}, "requestId": "request"},
        "body": body,
        "isBase64Encoded": False,
    }


def received(
    text: str = "Olá, bom dia", message_id: str = "wamid.1", sender: str = PHONE, **event: Any
) -> Received:
    """One message as intake queues it."""
    return Received(
        channel="whatsapp",
        account=WHATSAPP["boavista"],
        kind="message",
        key=message_id,
        sender=sender,
        identities=[("phone", f"+{sender}")],
        at="2026-11-23T13:59:58Z",
        event={"provider_id": message_id, "type": "text", "text": text, "name": "Maria Silva", **event},
        raw={"id": message_id},
    )


def later(**delta: float) -> datetime:
    """NOW and so much."""
    return NOW + timedelta(**delta)
