"""Where things are in the working copy."""

import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"

# The emulator has an environment of its own, because its pins contradict ours.
EMULATOR_PYTHON = LOCAL / "emulator" / "bin" / "python"

# Beside us, but run by that environment: how the emulator is started.
GUARD = ROOT / "infra" / "local" / "ministack_guard.py"

# What the functions import from PyPI: on AWS the dependencies layer, here the environment this runs in.
SITE_PACKAGES = Path(sysconfig.get_paths()["purelib"])
