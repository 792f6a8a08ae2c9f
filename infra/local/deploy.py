"""template.yaml into the emulator: only what changed, then what its CloudFormation leaves out."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.local import package, template
from infra.local.emulator import Emulator
from infra.local.fakes import aws
from infra.local.places import ROOT
from infra.local.rings import FLOW

STACK = "recado-local"
STAGE = "local"
ARTIFACTS = "recado-artifacts"


class DeployFailed(Exception):  # noqa: N818 (named as in recado.errors)
    """The stack was not created or updated; the message lists the resources that failed and why."""


@dataclass(frozen=True)
class Deployed:
    """A stack that stands: its outputs and the physical name of each resource."""

    outputs: dict[str, str]
    resources: dict[str, str]


def deploy(
    emulator: Emulator, parameters: dict[str, str], state: Path | None, say: Callable[[str], None]
) -> Deployed:
    """Deploy the template, unless it stands as it is. Raises DeployFailed."""
    sam = template.load(ROOT / "template.yaml")
    fakes = aws.endpoints(parameters["PublicUrl"])
    zips = package.assets(sam)
    core = package.unpacked(zips["CoreLayer"], emulator.log.parent / "core")
    zips["CoreLayer"] = package.elsewhere(b"Here the functions import from beside the emulator's log.\n")
    sam["Globals"]["Function"]["Environment"]["Variables"] |= package.environment(core) | fakes
    # The fake of Connect stands in for the nested stack, whose output this is.
    sam["Resources"]["DeliveryFunction"]["Properties"]["Environment"]["Variables"]["REMINDER_FLOW"] = FLOW
    mark = _fingerprint(sam, zips, parameters, str(emulator.port))
    memory = state / "deployed" if state else None
    if memory and memory.exists() and memory.read_text() == mark:
        say("The code has not changed: nothing to deploy.")
        return describe(emulator)
    body = json.dumps(template.localise(template.translate(sam, _upload(emulator, zips))))
    _create_or_update(emulator, body, {"Stage": STAGE, "PasswordSignIn": "true", **parameters})
    deployed = describe(emulator)
    _put_right(emulator, json.loads(body), deployed)
    if memory:
        memory.write_text(mark)
    return deployed


def describe(emulator: Emulator) -> Deployed:
    """The stack as it stands."""
    formation = emulator.client("cloudformation")
    outputs = formation.describe_stacks(StackName=STACK)["Stacks"][0].get("Outputs", [])
    resources = formation.describe_stack_resources(StackName=STACK)["StackResources"]
    return Deployed(
        outputs={output["OutputKey"]: output["OutputValue"] for output in outputs},
        resources={resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources},
    )


def _fingerprint(sam: dict[str, Any], zips: dict[str, bytes], parameters: dict[str, str], port: str) -> str:
    digest = hashlib.sha256(json.dumps([sam, parameters, port], sort_keys=True, default=str).encode())
    for name, content in sorted(zips.items()):
        digest.update(name.encode() + content)
    # The rewrites and the put-rights are part of what stands, too.
    for module in (template, package):
        digest.update(Path(str(module.__file__)).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _upload(emulator: Emulator, zips: dict[str, bytes]) -> Callable[[str], str]:
    """Put each zip under the hash of its content, so that unchanged code keeps its address."""
    storage = emulator.client("s3")
    storage.create_bucket(Bucket=ARTIFACTS)

    def place(name: str) -> str:
        key = hashlib.sha256(zips[name]).hexdigest()[:32] + ".zip"
        storage.put_object(Bucket=ARTIFACTS, Key=key, Body=zips[name])
        return f"s3://{ARTIFACTS}/{key}"

    return place


def _create_or_update(emulator: Emulator, body: str, parameters: dict[str, str]) -> None:
    formation = emulator.client("cloudformation")
    emulator.client("s3").put_object(Bucket=ARTIFACTS, Key="template.json", Body=body.encode())
    arguments = {
        "StackName": STACK,
        "TemplateURL": f"https://s3.amazonaws.com/{ARTIFACTS}/template.json",
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    try:
        formation.describe_stacks(StackName=STACK)
        change = formation.update_stack
    except ClientError:
        change = formation.create_stack
    try:
        change(**arguments)
    except ClientError as error:
        if "No updates" not in str(error):
            raise DeployFailed(str(error)) from error
    _wait(formation)


def _wait(formation: Any) -> None:
    while (status := formation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]).endswith(
        "IN_PROGRESS"
    ):
        time.sleep(0.1)
    if status in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        return
    events = formation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    reasons = [f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason')}" for event in failed]
    raise DeployFailed("\n".join([f"The stack ended as {status}:", *reasons]))


def _put_right(emulator: Emulator, body: dict[str, Any], deployed: Deployed) -> None:
    """Properties that ministack 1.5's CloudFormation drops."""
    tables = emulator.client("dynamodb")
    for name, resource in body["Resources"].items():
        wanted = resource.get("Properties", {}).get("TimeToLiveSpecification")
        if not wanted:
            continue
        table = deployed.resources[name]
        found = tables.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
        if found == "DISABLED":
            tables.update_time_to_live(TableName=table, TimeToLiveSpecification=wanted)
