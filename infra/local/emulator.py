"""The AWS emulator (ministack, behind its guard) as a child process: start, stop, clients."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from infra.local.places import EMULATOR_PYTHON, GUARD

REGION = "us-east-1"
ACCOUNT = "000000000000"
START_SECONDS = 30
STOP_SECONDS = 30
PRIVATE = 0o077
"""The umask of whatever holds what patients wrote."""


class EmulatorFailed(Exception):  # noqa: N818 (named as in recado.errors)
    """The emulator did not start, or ended by itself; the message holds the end of its log."""


class Emulator:
    """One ministack process, bound to 127.0.0.1, with IAM enforced.

    With `state` everything is kept in that folder from one start to the next; else it ends with the process.
    """

    def __init__(self, work: Path, *, state: Path | None) -> None:
        self._work = work
        self._state = state
        self.log = work / "emulator.log"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._temporary: Path | None = None
        self._session = boto3.Session(
            aws_access_key_id=ACCOUNT,
            aws_secret_access_key="test",  # noqa: S106 (it takes any)
            region_name=REGION,
        )
        self._clients: dict[str, Any] = {}
        self._making = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it answers. Raises EmulatorFailed."""
        self._work.mkdir(parents=True, exist_ok=True)
        end_orphan(self._work / "emulator.pid")
        self.port = self._choose_port()
        self._temporary = Path(tempfile.mkdtemp(prefix="recado-"))
        if self._state:
            keep_private(self._state)
            forget_stream_positions(self._state / "state" / "lambda.json")
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                # -P: the modules beside the guard are not the emulator's.
                [str(EMULATOR_PYTHON), "-P", str(GUARD)],
                env=self._environment(self._temporary),
                cwd=self._temporary,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C reaches us first, and `stop` ends its workers with it.
                start_new_session=True,
                umask=PRIVATE,
            )
        (self._work / "emulator.pid").write_text(str(self._process.pid))
        self._wait_until_healthy()

    def stop(self) -> None:
        """Stop, gracefully where state is kept (only then is it written), and end what is left of its process
        group."""
        while self._clients:
            self._clients.popitem()[1].close()
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(signal.SIGTERM if self._state else signal.SIGKILL)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        end_group(process.pid)
        (self._work / "emulator.pid").unlink(missing_ok=True)
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def client(self, service: str) -> Any:
        """A boto3 client with the account's own rights, as an operator has them."""
        with self._making:
            if service not in self._clients:
                config = Config(retries={"max_attempts": 2}, read_timeout=120, max_pool_connections=32)
                self._clients[service] = self._session.client(service, endpoint_url=self.url, config=config)
            return self._clients[service]

    def _choose_port(self) -> int:
        """The port of last time if it is free, because queue addresses in the stored state hold it."""
        remembered = self._state / "port" if self._state else None
        if remembered and remembered.exists() and is_free(port := int(remembered.read_text())):
            return port
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if remembered:
            remembered.parent.mkdir(parents=True, exist_ok=True)
            remembered.write_text(str(port))
        return port

    def _environment(self, temporary: Path) -> dict[str, str]:
        """A clean one: whatever the emulator inherits leaks into the functions."""
        environment = {
            "PATH": os.defpath,
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "LANG": "C.UTF-8",
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "LOG_LEVEL": "WARNING",
            "LAMBDA_EXECUTOR": "local",
            "DOCKER_HOST": "unix:///nonexistent",
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
        }
        if self._state:
            environment |= {
                "PERSIST_STATE": "1",
                "STATE_DIR": str(self._state / "state"),
                "S3_PERSIST": "1",
                "S3_DATA_DIR": str(self._state / "s3"),
            }
        return environment

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.alive():
            try:
                with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=1):  # noqa: S310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self.stop()
        raise EmulatorFailed(f"The emulator did not start:\n{self.log.read_text(errors='replace')[-2000:]}")


def keep_private(folder: Path) -> None:
    """A folder for the eyes of this user only, whoever could read it before."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def forget_stream_positions(stored: Path) -> None:
    """ministack 1.5 keeps a stream reader's position but not the stream's records: with it, streams stall."""
    if stored.exists():
        content = json.loads(stored.read_text())
        content.get("payload", content).pop("dynamodb_stream_positions", None)
        stored.write_text(json.dumps(content))


def end_orphan(remembered: Path) -> None:
    """End the emulator of a run that was killed: two of them on one state would spoil it."""
    if not remembered.exists():
        return
    pid = int(remembered.read_text())
    # The number may be somebody else's by now.
    if "ministack" in command_of(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while is_running(pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        end_group(pid)
    remembered.unlink()


def command_of(pid: int) -> str:
    """What a process was started as; empty when there is none."""
    with contextlib.suppress(OSError):
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cmdline").read_text()
        command = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return ""


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def end_group(group: int) -> None:
    """End every process left in a process group, first politely."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(group, number)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.2)
