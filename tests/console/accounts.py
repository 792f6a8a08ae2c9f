"""The part of the stand-in API that keeps channel accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


def need(name: str, **values: Any) -> Json:
    """Something that an account of a channel takes: a secret that a person gives, unless told otherwise."""
    return {"name": name, "secret": True, "required": True, "many": False, "made": False} | values


KINDS = [
    {"channel": "whatsapp", "needs": [need("access_token")], "made_id": False},
    {
        "channel": "webchat",
        "needs": [
            need("origins", secret=False, many=True),
            need("visitor_key", required=False, made=True),
        ],
        "made_id": True,
    },
    {"channel": "email", "needs": [], "made_id": False},
]
WELL = {"at": "2026-11-23T13:00:00.000Z", "ok": True, "problem": "", "message": "", "detail": ""}
REFUSED = WELL | {
    "ok": False,
    "problem": "refused",
    "message": "The provider does not accept this.",
    "detail": "HTTP 401, code 190.",
}


def account(channel: str, ident: str, **values: Any) -> Json:
    """An account that is open and has not been tested."""
    return {
        "channel": channel,
        "id": ident,
        "display": "",
        "state": "enabled",
        "redirect": {},
        "settings": {},
        "weight": 1,
        "created_at": None,
        "test": None,
        "webhook": f"https://hooks.example/webhooks/{channel}",
        "version": 1,
    } | values


@dataclass
class Accounts:
    """What a clinic has, and what its providers will say."""

    items: list[Json] = field(default_factory=list)
    says: Json = field(default_factory=lambda: dict(WELL))
    given: dict[str, Json] = field(default_factory=dict)
    """The secrets that were given, by account."""
    rotating: set[str] = field(default_factory=set)
    neglected: list[Json] = field(default_factory=list)
    """What nobody looks after."""
    trial: list[Json] = field(default_factory=list)
    """What a preflight answers, one after the other."""

    def find(self, ident: str) -> Json:
        """The account of this id."""
        return next(one for one in self.items if one["id"] == ident)

    def detail(self, ident: str) -> JSONResponse:
        """As the API shows one account."""
        known = {
            "secrets": list(self.given.get(ident, {})),
            "missing": [],
            "rotating": ident in self.rotating,
        }
        return JSONResponse(self.find(ident) | known)

    def get(self, rest: list[str]) -> Response:
        if rest:
            return self.detail(rest[1])
        return JSONResponse({"items": self.items, "next": None})

    def post(self, rest: list[str], body: Json) -> Response:
        if not rest:
            return self.add(body)
        getattr(self, f"on_{rest[-1]}")(rest[1], body)
        return self.detail(rest[1])

    def add(self, body: Json) -> Response:
        made = account(body["channel"], body.get("id", "k1"), display=body["display"], state="paused")
        made["settings"] = body["settings"]
        self.items.append(made)
        self.given[made["id"]] = body["secrets"]
        return self.detail(made["id"])

    def on_test(self, ident: str, _: Json) -> None:
        self.find(ident)["test"] = dict(self.says)

    def on_pause(self, ident: str, body: Json) -> None:
        self.find(ident).update(state="paused", redirect=body["redirect"])

    def on_resume(self, ident: str, body: Json) -> None:
        assert self.says["ok"] or body["force"]
        self.find(ident).update(state="enabled")

    def on_secrets(self, ident: str, body: Json) -> None:
        self.given[ident] = body["secrets"]
        self.rotating.add(ident)

    def on_finish(self, ident: str, body: Json) -> None:
        self.given[ident]["kept"] = body["keep"]
        self.rotating.discard(ident)


class AccountRoutes:
    """The routes, over the world of the Stub that they are part of."""

    world: Any

    def get_channels(self, *_: Any) -> Response:
        return JSONResponse({"items": KINDS, "next": None})

    def get_accounts(self, rest: list[str], *_: Any) -> Response:
        found: Response = self.world.accounts.get(rest)
        return found

    def post_accounts(self, rest: list[str], _: Request, body: Json) -> Response:
        found: Response = self.world.accounts.post(rest, body)
        return found

    def put_accounts(self, rest: list[str], _: Request, body: Json) -> Response:
        found = self.world.accounts.find(rest[1])
        found.update({name: value for name, value in body.items() if name != "version"})
        return JSONResponse(found)

    def delete_accounts(self, rest: list[str], *_: Any) -> Response:
        self.world.accounts.items.remove(self.world.accounts.find(rest[1]))
        return JSONResponse({"channel": rest[0], "id": rest[1]})

    def get_health(self, *_: Any) -> Response:
        return JSONResponse({"items": self.world.accounts.neglected, "next": None})

    def post_preflight(self, *_: Any) -> Response:
        return JSONResponse({"id": "f1", "started_at": WELL["at"]}, 202)

    def get_preflight(self, *_: Any) -> Response:
        trial = self.world.accounts.trial
        return JSONResponse(trial.pop(0) if len(trial) > 1 else trial[0])
