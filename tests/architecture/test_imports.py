"""Imports point one way: functions → actions → rules → model; actions → channels, store."""

from importlib.metadata import packages_distributions

import pytest

from infra.local.places import ROOT
from tests.architecture.sources import Source, of, sources

MAY_IMPORT = {
    "__init__": set[str](),
    "errors": set[str](),
    "batches": set[str](),
    "model": {"model", "errors"},
    "rules": {"rules", "model", "errors"},
    "texts": {"errors"},
    "channels": {"channels", "errors"},
    "store": {"store", "model", "errors"},
    "actions": {"actions", "rules", "model", "channels", "store", "texts", "errors"},
    "functions": {"actions", "rules", "model", "channels", "store", "texts", "errors", "batches"},
}
"""Layer → the layers of recado that it may import."""

MAY_NEED = {
    "model": {"pydantic"},
    "rules": {"rapidfuzz", "stdnum"},
    "channels": {"botocore", "filetype", "icalendar", "nh3", "phonenumbers", "python_multipart", "urllib3"},
    "store": {"botocore", "pynamodb", "pydantic"},
    "texts": {"babel"},
    "actions": {"tzdata"},
    "functions": {"aws_lambda_powertools", "chalice", "pydantic", "typing_extensions"},
}
"""Layer → the packages from PyPI that it may import; a layer that is not here, none."""

SOCKETS = {
    "asyncio",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib.request",
    "urllib3",
}
OPENS_SOCKETS = {"channels/http.py", "channels/pinned.py"}
"""What is asked of providers, and how a file is fetched from nowhere but a public address."""

every_file = pytest.mark.parametrize("source", [pytest.param(one, id=one.name) for one in sources()])


@every_file
def test_imports_point_one_way(source: Source) -> None:
    assert source.layers() <= MAY_IMPORT[source.layer]


@every_file
def test_a_layer_needs_only_the_packages_that_are_its_own(source: Source) -> None:
    assert source.packages() <= MAY_NEED.get(source.layer, set())


@every_file
def test_sockets_are_opened_in_one_place(source: Source) -> None:
    opened = {one.module for one in source.imports()} & SOCKETS
    assert not opened or source.name in OPENS_SOCKETS


def test_webhooks_are_taken_in_without_models() -> None:
    """What intake needs starts in half the time of what the others need (see infra/decisions)."""
    light = {"directory", "queues", "secrets", "unreadable", "clients", "limits", "mailbox"}
    for source in [*of("channels"), *(one for one in of("store") if one.path.stem in light)]:
        at_the_top = [one for one in source.tree.body if "recado.model" in str(getattr(one, "module", ""))]
        assert not at_the_top, source.name
        assert not source.packages() & {"pydantic", "pynamodb"}, source.name


def test_every_package_that_is_imported_is_declared() -> None:
    """Not only as what another one happens to need."""
    declared = set((ROOT / "layers/dependencies/requirements.in").read_text().split())
    owners = packages_distributions()
    for source in sources():
        for package in source.packages():
            assert {name.lower().replace("_", "-") for name in owners[package]} & declared, package
