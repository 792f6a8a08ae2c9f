"""template.yaml, read, translated from SAM to CloudFormation, and fitted to what the emulator understands."""

import copy
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Template = dict[str, Any]

# To IAM a batch is its single action; ministack 1.5 asks for these names, which AWS does not have.
BATCHES = {"sqs:SendMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"}


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms (!Ref, !Sub, …)."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 (YAML has no fourth kind)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


def load(path: Path) -> Template:
    """The template as written, with the short forms of CloudFormation's functions spelled out."""
    loaded: Template = yaml.load(path.read_text(), _Loader)  # noqa: S506 (a SafeLoader with tags of our own)
    return loaded


def translate(sam: Template, place: Callable[[str], str]) -> Template:
    """What AWS makes of the template. `place` gives the s3:// address of a folder of code."""
    # Imported here: half a second that a second `make run` with nothing changed does not pay.
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    from samtranslator.translator.transform import transform  # noqa: PLC0415

    sam = copy.deepcopy(sam)
    for name, resource in sam["Resources"].items():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            properties["CodeUri"] = place(name)
        elif resource["Type"] == "AWS::Serverless::LayerVersion":
            properties["ContentUri"] = place(name)
    translated: Template = transform(sam, {}, _NoManagedPolicies())
    return translated


class _NoManagedPolicies:
    """The translator asks AWS for its managed policies by default; we use none and have no network."""

    def load(self) -> dict[str, str]:
        return {}


def localise(template: Template) -> Template:
    """The translated template, with what ministack 1.5 would drop written in another way."""
    template = copy.deepcopy(template)
    resources = template["Resources"]
    for name, resource in list(resources.items()):
        if resource["Type"] == "AWS::ApiGatewayV2::Api" and "Body" in resource["Properties"]:
            _write_out_routes(name, resource["Properties"], resources)
        if resource["Type"] == "AWS::IAM::Role":
            _spell_out_batches(resource["Properties"])
        if resource["Type"] == "AWS::IAM::RolePolicy":
            # ministack 1.5 knows a role's further policies by their older name only.
            resource["Type"] = "AWS::IAM::Policy"
            resource["Properties"]["Roles"] = [resource["Properties"].pop("RoleName")]
        if resource["Type"] == "AWS::ApiGateway::RestApi":
            _write_out_refusals(name, resource["Properties"]["Body"], resources)
        if resource["Type"] == "AWS::S3::BucketPolicy" and not _allow_plain_http(resource["Properties"]):
            del resources[name]
    template.pop("Transform", None)
    return template


def _allow_plain_http(policy: Template) -> bool:
    """Loopback has no TLS, which AWS's buckets demand. Whether anything is left of the policy."""
    document = policy["PolicyDocument"]
    document["Statement"] = [one for one in document["Statement"] if not _demands_tls(one)]
    return bool(document["Statement"])


def _demands_tls(statement: Template) -> bool:
    return "aws:SecureTransport" in statement.get("Condition", {}).get("Bool", {})


def _spell_out_batches(role: Template) -> None:
    for policy in role["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            batches = sorted(BATCHES.intersection(statement["Action"]))
            statement["Action"] = [*statement["Action"], *(f"{action}Batch" for action in batches)]


def _write_out_routes(api: str, properties: Template, resources: Template) -> None:
    """An HTTP API's OpenAPI body is ignored: make its routes and integrations resources."""
    body = properties.pop("Body")
    properties["Name"] = body["info"]["title"]
    properties["ProtocolType"] = "HTTP"
    operations = [
        (method.upper(), path, operation["x-amazon-apigateway-integration"]["uri"])
        for path, methods in body["paths"].items()
        for method, operation in methods.items()
    ]
    for number, (method, path, uri) in enumerate(operations):
        resources[f"{api}Integration{number}"] = {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": api},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": uri,
                "PayloadFormatVersion": "2.0",
            },
        }
        resources[f"{api}Route{number}"] = {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": api},
                "RouteKey": f"{method} {path}",
                "Target": {"Fn::Sub": f"integrations/${{{api}Integration{number}}}"},
            },
        }


def _write_out_refusals(api: str, body: Template, resources: Template) -> None:
    """A REST API's own answers (401, 403) are ignored in its body, too; a deployment freezes them."""
    refusals = []
    for kind, response in body.get("x-amazon-apigateway-gateway-responses", {}).items():
        refusals.append(name := f"{api}Refusal{kind.title().replace('_', '')}")
        resources[name] = {
            "Type": "AWS::ApiGateway::GatewayResponse",
            "Properties": {
                "RestApiId": {"Ref": api},
                "ResponseType": kind,
                "StatusCode": str(response["statusCode"]),
                "ResponseTemplates": response["responseTemplates"],
            },
        }
    for resource in resources.values():
        if resource["Type"] == "AWS::ApiGateway::Deployment":
            resource["DependsOn"] = sorted(refusals)
