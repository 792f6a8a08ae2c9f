"""No web page can speak to the emulator, and nobody else on the machine can read what it keeps."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from infra.local.emulator import Emulator
from infra.local.places import EMULATOR_PYTHON

pytestmark = pytest.mark.local_stack


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """A real one, that keeps its state."""
    if not EMULATOR_PYTHON.exists():
        pytest.fail("The emulator is not installed: run the tests with `make test`.")
    work = tmp_path_factory.mktemp("emulator")
    made = Emulator(work, state=work / "state")
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser(emulator: Emulator) -> Iterator[httpx.Client]:
    """Whatever can reach the emulator's port."""
    with httpx.Client(base_url=emulator.url) as client:
        yield client


def test_who_is_no_browser_is_served(emulator: Emulator, browser: httpx.Client) -> None:
    assert browser.get("/_ministack/health").status_code == 200
    name = browser.get("/_ministack/health", headers={"host": f"localhost:{emulator.port}"})
    assert name.status_code == 200
    emulator.client("s3").create_bucket(Bucket="kept")
    assert [one["Name"] for one in emulator.client("s3").list_buckets()["Buckets"]] == ["kept"]


@pytest.mark.parametrize(
    "header",
    [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:8080"),
        ("referer", "http://evil.example/"),
        ("sec-fetch-site", "cross-site"),
        ("host", "evil.example"),
        ("host", "127.0.0.1"),
        ("host", "127.0.0.1:80"),
        ("host", "kept.s3.localhost"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_page_is_refused_before_the_emulator_sees_it(
    browser: httpx.Client, method: str, header: tuple[str, str]
) -> None:
    answer = browser.request(method, "/_ministack/health", headers=dict([header]))
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_what_the_door_says_of_a_page_lets_no_page_in(browser: httpx.Client) -> None:
    path, page = "/_ministack/health", {"x-page-origin": "http://127.0.0.1:8080"}
    assert browser.get(path, headers=page).status_code == 200
    assert browser.get(path, headers=page | {"origin": "http://127.0.0.1:8080"}).status_code == 403
    asked = {"origin": "http://evil.example", "access-control-request-headers": "x-page-origin"}
    assert browser.options(path, headers=asked).status_code == 403


def test_a_host_s_name_is_not_taken_for_another_that_ends_alike(
    emulator: Emulator, browser: httpx.Client
) -> None:
    for host in (f"127.0.0.1:{emulator.port}@evil", f"evil.localhost:{emulator.port}"):
        assert browser.get("/_ministack/health", headers={"host": host}).status_code == 403


def test_a_page_can_open_no_socket(browser: httpx.Client) -> None:
    handshake = {
        "connection": "upgrade",
        "upgrade": "websocket",
        "origin": "http://evil.example",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    assert browser.get("/", headers=handshake).status_code == 403


def test_what_is_kept_is_for_this_user_only(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    running = Emulator(tmp_path, state=state)
    running.start()
    running.client("s3").create_bucket(Bucket="kept")
    running.client("s3").put_object(Bucket="kept", Key="letter", Body=b"private")
    running.stop()
    written = [path for folder in ("s3", "state") for path in (state / folder).rglob("*")]
    assert written
    assert not [path for path in [state, *written] if stat.S_IMODE(path.stat().st_mode) & 0o077]
