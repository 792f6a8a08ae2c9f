"""`make run`: the local stack until Ctrl-C.   python -m infra.local [--fresh] [--port PORT]"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from infra.local.deploy import DeployFailed
from infra.local.emulator import PRIVATE, EmulatorFailed
from infra.local.places import LOCAL
from infra.local.stack import LocalStack

RUN_FILE = LOCAL / "run.json"
LOCK = LOCAL / "run.lock"
USUAL_PORT = 8080


class CannotRun(Exception):  # noqa: N818 (named as in recado.errors)
    """Why there is nothing to start; for the person at the terminal."""


def main() -> int:
    """Run until told to stop; the exit status."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget what is stored and begin anew")
    parser.add_argument(
        "--port", type=int, help="the port to serve on, instead of 8080 or the next that is free"
    )
    options = parser.parse_args()
    os.umask(PRIVATE)
    LOCAL.mkdir(exist_ok=True)
    try:
        with LOCK.open("a+") as lock, _bind(options.port, lock) as listening:
            _serve(listening, fresh=options.fresh)
    except (CannotRun, EmulatorFailed, DeployFailed) as error:
        _say(f"\n{error}")
        return 1
    return 0


def _serve(listening: socket.socket, *, fresh: bool) -> None:
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()
        # Ends the start, too, wherever it is; a second Ctrl-C does not cut the stopping short.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    if fresh:
        _say("Forgetting what is stored.")
        shutil.rmtree(LOCAL / "state", ignore_errors=True)
    stack = LocalStack(LOCAL, keep=True, say=_say)
    try:
        stack.start(listening)
        _write(RUN_FILE, stack.run)
        _welcome(stack.run)
        while stack.emulator.alive():
            told.wait(1)
        raise EmulatorFailed(f"The emulator ended by itself. Its log is {stack.emulator.log}.")
    except KeyboardInterrupt:
        pass
    finally:
        _say("\nStopping; what is stored is kept …")
        RUN_FILE.unlink(missing_ok=True)
        stack.stop()
        _say("Stopped.")


def _bind(port: int | None, lock: TextIO) -> socket.socket:
    """Take the lock, then a port. Raises CannotRun when another `make run` has either."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise CannotRun(
            f"Recado is running already: {lock.read().strip() or 'it is just starting'}"
        ) from None
    listening = _listen(port) if port else _listen_nearby()
    lock.seek(0)
    lock.truncate()
    lock.write(
        f"http://127.0.0.1:{listening.getsockname()[1]}/ (process {os.getpid()}; end it with Ctrl-C there)\n"
    )
    lock.flush()
    return listening


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise CannotRun(f"Port {port} cannot be used: {error.strerror}.") from error
    return listening


def _listen_nearby() -> socket.socket:
    for port in range(USUAL_PORT, USUAL_PORT + 100):
        try:
            listening = _listen(port)
        except CannotRun:
            continue
        if port != USUAL_PORT:
            _say(f"Port {USUAL_PORT} is taken: using {port}.")
        return listening
    raise CannotRun(f"No port from {USUAL_PORT} on is free. Choose one: make run PORT=…")


def _write(path: Path, content: dict[str, Any]) -> None:
    """All or nothing, for the eyes of this user only: it holds tokens."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    draft.replace(path)


def _welcome(run: dict[str, Any]) -> None:
    _say(f"\n  Recado is at  {run['url']}/\n")
    _say("  The console, and beside it a phone on which you are the patient.")
    _say(f"  For scripts: {RUN_FILE}")
    _say("  Ctrl-C stops everything; what you did is kept. `make run FRESH=1` begins anew.\n")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
