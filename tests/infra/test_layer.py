"""The dependencies layer: nothing is missing from it, and its cuts leave the functions whole."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from infra.local.places import ROOT, SITE_PACKAGES
from infra.local.template import load

LAYER = ROOT / "layers" / "dependencies"

TRY_IT = """
import importlib, os, sys
sys.path[:0] = {path!r}
os.environ.update({environment!r})
for handler in {handlers!r}:
    importlib.import_module(handler)
from datetime import datetime
from recado import texts
from recado.store.clients import client
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
for service in {services!r}:
    client(service)
for language in texts.LANGUAGES:
    texts.when(datetime(2026, 11, 24, 9, 30), language)
DynamoDBPersistenceLayer(table_name="answers")
files = [str(getattr(module, "__file__", "")) for module in sys.modules.values()]
assert not [file for file in files if "site-packages" in file]
"""


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """layers/dependencies/build.py, which is no part of any package."""
    specification = importlib.util.spec_from_file_location("build_layer", LAYER / "build.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def needed(requirements: set[str]) -> set[str]:
    """These distributions and all that they need; of chalice only itself, its two files need nothing."""
    found: set[str] = set()
    while requirements:
        name = requirements.pop()
        found.add(name)
        if name == "chalice":
            continue
        for line in importlib.metadata.requires(name) or ():
            if "extra ==" not in line and "sys_platform ==" not in line and "python_version <" not in line:
                requirements |= {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("_", "-")} - found
    return found


def test_all_that_the_functions_need_ships_and_nothing_else(build: ModuleType) -> None:
    direct = {line for line in (LAYER / "requirements.in").read_text().split() if not line.startswith("#")}
    assert needed(direct) == build.SHIPPED


def test_what_ships_is_pinned_with_hashes(build: ModuleType) -> None:
    chosen = build.shipped((LAYER / "requirements.txt").read_text())
    entries = re.findall(
        r"^([a-z0-9-]+)==\S+ .*?((?:\n +--hash=sha256:[0-9a-f]{64}.*?)+)", chosen, re.MULTILINE
    )
    assert {name for name, _ in entries} == build.SHIPPED


def test_the_trimmed_layer_carries_every_function(build: ModuleType, tmp_path: Path) -> None:
    python = tmp_path / "python"
    unpack(build.SHIPPED, python)
    build.trim(python)
    functions = load(ROOT / "template.yaml")["Resources"].values()
    handlers = {
        one["Properties"]["Handler"].rpartition(".")[0]
        for one in functions
        if one["Type"] == "AWS::Serverless::Function"
    }
    environment = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "POWERTOOLS_SERVICE_NAME": "recado",
        "POWERTOOLS_METRICS_NAMESPACE": "Recado",
    }
    script = TRY_IT.format(
        path=[str(ROOT / "functions"), str(ROOT / "layers/core"), str(python)],
        environment=environment,
        handlers=sorted(handlers),
        services=sorted(build.SERVICES),
    )
    tried = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )
    assert tried.returncode == 0, tried.stderr


def test_aws_is_trusted_by_its_own_authorities(build: ModuleType) -> None:
    bundle = (SITE_PACKAGES / "botocore" / "cacert.pem").read_text()
    kept = build.certificates(bundle)
    assert kept.count("BEGIN CERTIFICATE") == kept.count("END CERTIFICATE") == build.CERTIFICATES


def unpack(distributions: set[str], python: Path) -> None:
    """What `pip install --target` would put there, from this environment."""
    for name in distributions:
        for file in importlib.metadata.files(name) or ():
            source = Path(str(file.locate()))
            if file.parts[0] != ".." and source.suffix != ".pyc":
                target = python / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
