"""The parts put together: emulator, deployed template, demo clinics, fakes, front door.

`make run` and the tests use it.
"""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn

from infra.local import deploy, door, seed
from infra.local.clinics import CLINICS, OPERATOR
from infra.local.connect import Connect
from infra.local.emulator import Emulator
from infra.local.outbox import Outbox
from infra.local.phone import Phone
from infra.local.warm import warm_up
from infra.local.whatsapp import WhatsApp

Say = Callable[[str], None]
Result = TypeVar("Result")


class LocalStack:
    """The whole system on one port of 127.0.0.1. `run` is the content of run.json once it stands.

    `work` takes logs, and with `keep` the state, which then survives a stop and a start.
    """

    def __init__(self, work: Path, *, keep: bool, say: Say = lambda _: None) -> None:
        self._state = work / "state" if keep else None
        self._say = say
        self.emulator = Emulator(work, state=self._state)
        self.run: dict[str, Any] = {"ready": False}
        self._upstream = door.Upstream()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self, listening: socket.socket) -> None:
        """Start everything behind a bound socket. Raises EmulatorFailed, DeployFailed."""
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._step("Starting the AWS emulator", self.emulator.start)
        parameters = {"ProvidersUrl": f"{url}/wire", "PublicUrl": url}
        deployed = self._step(
            "Deploying template.yaml",
            lambda: deploy.deploy(self.emulator, parameters, self._state, self._say),
        )
        meta_secret = seed.meta_secret(self.emulator, deployed)
        self._upstream.app_secret = str(meta_secret["app_secrets"][0])
        self._open_door(listening, deployed, seed.access_tokens(self.emulator))
        self._step("Opening the demo clinics", lambda: seed.clinics(self.emulator, deployed))
        tokens = self._step("Signing everybody in", lambda: seed.people(self.emulator, deployed))
        self._step("Warming the functions up", lambda: warm_up(self.emulator, deployed.resources))
        self.run = _run_file(url, tokens, self._upstream.app_secret, str(meta_secret["verify_token"]))

    def stop(self) -> None:
        """Stop everything; what was to be kept is written."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(10)
        self.emulator.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _step(self, what: str, work: Callable[[], Result]) -> Result:
        began = time.monotonic()
        self._say(f"{what} …")
        result = work()
        self._say(f"  {time.monotonic() - began:.1f} s")
        return result

    def _open_door(
        self, listening: socket.socket, deployed: deploy.Deployed, access_tokens: dict[str, str]
    ) -> None:
        """Serve. Before anything is sent: what was left to send at the last stop goes out at once."""
        outbox = Outbox(self._state / "outbox.jsonl" if self._state else None)
        invoke = f"{self.emulator.url}/_aws/execute-api"
        self._upstream.api = f"{invoke}/{deployed.outputs['ApiId']}/api"
        self._upstream.webhooks = f"{invoke}/{deployed.outputs['WebhooksId']}/webhooks"

        async def deliver(body: dict[str, Any]) -> bool:
            return await self._upstream.deliver(outbox, body)

        whatsapp = WhatsApp(outbox, access_tokens, deliver)
        connect = Connect(self.emulator, deployed.resources["VoiceFunction"])
        phone = Phone(outbox, whatsapp, deliver, connect)
        app = door.Door(self._upstream, outbox, whatsapp, phone, lambda: self.run).app()
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="front door")
        self._thread.start()


def _run_file(url: str, tokens: dict[str, str], app_secret: str, verify_token: str) -> dict[str, Any]:
    """The contract by which scripts, tests and reviewers drive the system, described in the README."""
    clinics = []
    for clinic in CLINICS:
        staff = [
            {
                "role": person.role,
                "name": person.name,
                "agent": person.agent or None,
                "token": tokens[person.username],
            }
            for person in clinic.staff
        ]
        account = {
            "channel": "whatsapp",
            "account": clinic.whatsapp,
            "webhook": f"{url}/webhooks/whatsapp",
            "secret": app_secret,
            "verify_token": verify_token,
        }
        clinics.append(
            {
                "id": clinic.id,
                "name": clinic.name,
                "timezone": clinic.timezone,
                "language": clinic.language,
                # The first of each role; `staff` has everybody.
                "tokens": {person["role"]: person["token"] for person in reversed(staff)},
                "staff": staff,
                "accounts": [account],
            }
        )
    return {
        "url": url,
        "api": f"{url}/api",
        "webhooks": f"{url}/webhooks",
        "outbox": f"{url}/outbox",
        "clinics": clinics,
        "operator": {"token": tokens[OPERATOR.username]},
        "ready": True,
    }
