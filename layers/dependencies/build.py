"""The dependencies layer: what the functions import from PyPI, for Lambda's Python 3.13 on arm64, trimmed.

    python build.py TARGET

Only wheels, only with the hashes of requirements.txt; nothing of them is run.
infra/decisions says
why each cut is made, under "layers".
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# What is installed of requirements.txt. The rest is there for chalice's command line, which stays at home.
SHIPPED = {
    "annotated-types",
    "aws-lambda-powertools",
    "babel",
    "boto3",
    "botocore",
    "chalice",
    "filetype",
    "icalendar",
    "jmespath",
    "nh3",
    "phonenumberslite",
    "pydantic",
    "pydantic-core",
    "pynamodb",
    "python-dateutil",
    "python-multipart",
    "python-stdnum",
    "rapidfuzz",
    "s3transfer",
    "six",
    "typing-extensions",
    "typing-inspection",
    "tzdata",
    "urllib3",
}

# The AWS services that the functions call.
SERVICES = {"dynamodb", "pinpoint-sms-voice-v2", "s3", "secretsmanager", "sesv2", "socialmessaging", "sqs"}

# The languages in which patients are written to.
LANGUAGES = {"ca", "en", "es", "it", "pt", "root"}

# Who signs the certificates of AWS's endpoints.
AUTHORITIES = ("O=Amazon", "CN=Starfield Services Root Certificate Authority - G2")
CERTIFICATES = 5

UNUSED = (
    "*.dist-info",
    "bin",
    "**/*.pyi",
    "**/py.typed",
    "**/tests",
    "babel/messages",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui",
    "boto3/data",
    "boto3/examples",
    "dateutil/zoneinfo",
)


def main(target: Path) -> None:
    """Install into `target`/python, then cut."""
    python = target / "python"
    python.mkdir(parents=True, exist_ok=True)
    install(python)
    trim(python)


def install(python: Path) -> None:
    """Unpack the wheels that ship."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as chosen:
        chosen.write(shipped((HERE / "requirements.txt").read_text()))
        chosen.flush()
        command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        command += ["--require-hashes", "--no-deps", "--no-compile", "--only-binary=:all:"]
        command += ["--implementation=cp", "--python-version=3.13"]
        # Lambda's Python 3.13 runs on Amazon Linux 2023, whose C library is 2.34.
        command += ["--platform=manylinux2014_aarch64", "--platform=manylinux_2_28_aarch64"]
        subprocess.run([*command, f"--target={python}", f"--requirement={chosen.name}"], check=True)  # noqa: S603


def shipped(requirements: str) -> str:
    """The entries of a requirements file that ship, each with its hashes."""
    entries = re.split(r"^(?=[a-z0-9])", requirements, flags=re.MULTILINE)
    return "".join(entry for entry in entries if re.split(r"[=\s;]", entry, maxsplit=1)[0] in SHIPPED)


def trim(python: Path) -> None:
    """Remove what no function reads."""
    for pattern in UNUSED:
        for path in list(python.glob(pattern)):
            remove(path)
    keep(python / "chalice", {"__init__.py", "app.py"})
    describe(python / "botocore" / "data")
    locales = python / "babel" / "locale-data"
    keep(locales, {path.name for path in locales.iterdir() if path.stem.partition("_")[0] in LANGUAGES})
    bundle = python / "botocore" / "cacert.pem"
    bundle.write_text(certificates(bundle.read_text()))


def describe(data: Path) -> None:
    """Cut botocore's descriptions of AWS, which every cold start reads, to what our clients need of them."""
    keep(data, SERVICES | {path.name for path in data.glob("*.json")})
    endpoints = json.loads((data / "endpoints.json").read_text())
    for partition in endpoints["partitions"]:
        partition["services"] = {
            name: service for name, service in partition["services"].items() if name in SERVICES
        }
    (data / "endpoints.json").write_text(json.dumps(endpoints))
    for path in list(data.glob("*/*/*.json.gz")):
        document = json.loads(gzip.decompress(path.read_bytes()))
        path.with_suffix("").write_text(json.dumps(without_prose(document), separators=(",", ":")))
        path.unlink()


def without_prose(node: Any) -> Any:
    """A service's description without its documentation: texts, never a member of that name."""
    if isinstance(node, dict):
        kept = (
            (key, value)
            for key, value in node.items()
            if not (key == "documentation" and isinstance(value, str))
        )
        return {key: without_prose(value) for key, value in kept}
    return [without_prose(one) for one in node] if isinstance(node, list) else node


def keep(folder: Path, names: set[str]) -> None:
    """Remove everything else in a folder."""
    for path in list(folder.iterdir()):
        if path.name not in names:
            remove(path)


def certificates(bundle: str) -> str:
    """The certificates of AWS's own authorities; loading all of Mozilla's takes fifteen times as long."""
    entries = re.split(r"^(?=# Issuer: )", bundle, flags=re.MULTILINE)
    kept = [entry for entry in entries if any(name in entry.partition("\n")[0] for name in AUTHORITIES)]
    if len(kept) != CERTIFICATES:
        raise SystemExit("botocore's certificates are not where they were: see build.py")
    return "".join(kept)


def remove(path: Path) -> None:
    """A file or a whole folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
