"""What a cold start costs: importing each function, as a ratio to importing botocore and making one client.

Instructions under valgrind repeat to a tenth of a percent; CPU seconds, where there is no valgrind, are the
best of several, and only their ratio within one run means something. Each import runs in a process of its own
that sees what Lambda would see: the function, the core layer and the cut dependencies layer. Functions make
their clients while they are imported, so those count; B is made with botocore as it comes.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from recado.channels import MODULES

from infra.local.places import ROOT, SITE_PACKAGES

FUNCTIONS = {
    "intake": "intake",
    "feed": "feed",
    "dedupe": "dedupe",
    "routing": "routing",
    "delivery": "delivery",
    "reminders": "reminders",
    "voice": "voice",
    "metrics": "metrics",
    "api": "api.app",
}
"""Each function and the module that Lambda imports for it."""
CHANNELS = {name: f"import intake, {module}" for name, module in MODULES.items()}
"""Intake with each channel, as the first webhook of it has it: within intake's own budget, too."""

BARE = "pass"
CLIENT = "import botocore.session; botocore.session.get_session().create_client('dynamodb')"
"""B: what every function that speaks to AWS pays at least."""
TRIES = 5


class Cost(NamedTuple):
    """An import: its cost net of a bare interpreter's, in B, and the modules that it loaded."""

    in_b: float
    modules: int


class Costs(NamedTuple):
    """`b` is in millions of instructions where they were `counted`, else in milliseconds of CPU."""

    functions: dict[str, Cost]
    channels: dict[str, Cost]
    """Intake together with each."""
    b: float
    counted: bool


class _Import(NamedTuple):
    code: str
    packages: Path


def measure(packages: Path) -> Costs:
    """Import each function, with the dependencies layer that is in the folder `packages`."""
    imports = {
        "bare": _Import(BARE, SITE_PACKAGES),
        "B": _Import(CLIENT, SITE_PACKAGES),
        **{name: _Import(f"import {module}", packages) for name, module in FUNCTIONS.items()},
        **{f"with {name}": _Import(code, packages) for name, code in CHANNELS.items()},
    }
    counted = shutil.which("valgrind") is not None
    # First, since it also writes the bytecode that every layer ships with.
    modules = _each(imports, _modules, 2)
    spent = _each(imports, _instructions, 2) if counted else _each(imports, _cpu, 1)
    b = spent["B"] - spent["bare"]

    def cost(name: str) -> Cost:
        return Cost((spent[name] - spent["bare"]) / b, int(modules[name] - modules["bare"]))

    functions = {name: cost(name) for name in FUNCTIONS}
    return Costs(functions, {name: cost(f"with {name}") for name in CHANNELS}, b, counted)


def _each(
    imports: dict[str, _Import], measured: Callable[[_Import], float], at_once: int
) -> dict[str, float]:
    with ThreadPoolExecutor(at_once) as pool:
        return dict(zip(imports, pool.map(measured, imports.values()), strict=True))


def _run(what: _Import, *before: str, after: str = "") -> subprocess.CompletedProcess[str]:
    paths = (ROOT / "functions", ROOT / "layers/core", what.packages)
    environment = {
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONHASHSEED": "0",
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "POWERTOOLS_SERVICE_NAME": "recado",
        "POWERTOOLS_METRICS_NAMESPACE": "Recado",
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
    }
    # -S: a development environment's own start-up hooks are none of Lambda's.
    command = [*before, os.path.realpath(sys.executable), "-S", "-c", what.code + after]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603


def _modules(what: _Import) -> float:
    return int(_run(what, after="\nimport sys; print(len(sys.modules))").stdout)


def _instructions(what: _Import) -> float:
    """Millions."""
    counting = ("--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}")
    told = _run(what, "valgrind", *counting).stderr
    counted = re.search(r"I +refs: +([\d,]+)", told)
    if counted is None:
        raise RuntimeError("valgrind did not say how many instructions it counted")
    return int(counted[1].replace(",", "")) / 1e6


def _cpu(what: _Import) -> float:
    """Milliseconds, the best of several."""
    return min(_cpu_once(what) for _ in range(TRIES)) * 1000


def _cpu_once(what: _Import) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(what)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
