"""What AWS makes of template.yaml: SAM's shorthand spelled out, where roles and policies can be judged."""

import functools
from collections.abc import Iterator
from typing import Any

from infra.local.places import ROOT
from infra.local.template import load, translate

Properties = dict[str, Any]


@functools.cache
def template() -> dict[str, Any]:
    """The translated template; nobody changes it."""
    return translate(load(ROOT / "template.yaml"), lambda name: f"s3://code/{name}.zip")


def resources(kind: str) -> dict[str, Properties]:
    """Logical id → properties of the resources of a type, e.g. `AWS::SQS::Queue`."""
    found = template()["Resources"].items()
    return {name: resource.get("Properties", {}) for name, resource in found if resource["Type"] == kind}


def statements(role: Properties) -> Iterator[Properties]:
    """The statements of a role's inline policies."""
    for policy in role.get("Policies", ()):
        yield from policy["PolicyDocument"]["Statement"]


def as_list(value: Any) -> list[Any]:
    """IAM's "one or a list of them"."""
    return value if isinstance(value, list) else [value]


def target(value: Any) -> str:
    """The logical id that a Ref or GetAtt names."""
    if "Ref" in value:
        return str(value["Ref"])
    return str(value["Fn::GetAtt"][0])
