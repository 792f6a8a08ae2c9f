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

from infra.local import deploy, door, keys, runfile, seed
from infra.local.connect import Connect
from infra.local.emulator import Emulator
from infra.local.fakes import bedrock
from infra.local.fakes.network import Network
from infra.local.fakes.post import Post
from infra.local.fakes.provider import Site
from infra.local.outbox import Outbox
from infra.local.phone import Phone
from infra.local.warm import warm_up

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
        parameters = {"ProvidersUrl": f"{url}/wire", "PublicUrl": url, "IntentModelId": bedrock.MODEL}
        deployed = self._step(
            "Deploying template.yaml",
            lambda: deploy.deploy(self.emulator, parameters, self._state, self._say),
        )
        meta_secret = keys.meta_secret(self.emulator, deployed)
        origins = [url, url.replace("127.0.0.1", "localhost")]
        site = Site(
            outbox=Outbox(self._state / "outbox.jsonl" if self._state else None),
            post=_post(self.emulator, deployed, url),
            keys=keys.accounts(self.emulator, origins),
            app_secret=str(meta_secret["app_secrets"][0]),
        )
        self._open_door(listening, deployed, site)
        self._step("Opening the demo clinics", lambda: seed.clinics(self.emulator, deployed, origins))
        tokens = self._step("Signing everybody in", lambda: seed.people(self.emulator, deployed))
        self._step("Warming the functions up", lambda: warm_up(self.emulator, deployed.resources))
        self.run = runfile.content(url, tokens, site, str(meta_secret["verify_token"]))

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

    def _open_door(self, listening: socket.socket, deployed: deploy.Deployed, site: Site) -> None:
        """Serve. Before anything is sent: what was left to send at the last stop goes out at once."""
        self._upstream.api = f"{_invoke(self.emulator)}/{deployed.outputs['ApiId']}/api"
        self._upstream.webhooks = site.post.webhooks
        self._upstream.files = f"{self.emulator.url}/{deployed.resources['MediaBucket']}"
        network = Network(site)
        connect = Connect(self.emulator, deployed.resources["VoiceFunction"])
        phone = Phone(site.outbox, network, connect)
        app = door.Door(self._upstream, site.outbox, network, phone, lambda: self.run).app()
        config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", ws="none")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],), name="front door")
        self._thread.start()


def _invoke(emulator: Emulator) -> str:
    return f"{emulator.url}/_aws/execute-api"


def _post(emulator: Emulator, deployed: deploy.Deployed, url: str) -> Post:
    """How the fakes reach what is deployed; the webhook function knows each channel's topic."""
    functions = emulator.client("lambda")
    intake = functions.get_function_configuration(FunctionName=deployed.resources["IntakeFunction"])
    known = intake["Environment"]["Variables"]
    return Post(
        webhooks=f"{_invoke(emulator)}/{deployed.outputs['WebhooksId']}/webhooks",
        public=url,
        topics={
            name.removesuffix("_TOPIC").lower(): arn for name, arn in known.items() if name.endswith("_TOPIC")
        },
        mail_bucket=deployed.resources.get("MailBucket", ""),
        emulator=emulator,
    )
