"""The template as the emulator gets it."""

import io
import zipfile
from pathlib import Path

from infra.local import package
from infra.local.places import ROOT
from infra.local.template import load, localise
from tests.architecture.translated import statements, template

LOCAL = localise(template())
SAM = load(ROOT / "template.yaml")


def test_the_webhooks_routes_are_resources_of_their_own() -> None:
    keys = [
        one["Properties"]["RouteKey"]
        for one in LOCAL["Resources"].values()
        if one["Type"] == "AWS::ApiGatewayV2::Route"
    ]
    assert sorted(keys) == [
        "GET /webhooks/calendar/{clinic}/{practitioner}/{secret}",
        "GET /webhooks/webchat/{account}",
        "GET /webhooks/{channel}",
        "GET /webhooks/{channel}/{account}",
        "POST /webhooks/webchat/{account}",
        "POST /webhooks/webform/{account}",
        "POST /webhooks/{channel}",
        "POST /webhooks/{channel}/{account}",
    ]
    assert "Body" not in LOCAL["Resources"]["Webhooks"]["Properties"]


def test_a_deployment_waits_for_the_gateways_refusals() -> None:
    deployments = [one for one in LOCAL["Resources"].values() if one["Type"] == "AWS::ApiGateway::Deployment"]
    assert [one["DependsOn"] for one in deployments] == [
        ["ApiRefusalAccessDenied", "ApiRefusalMissingAuthenticationToken", "ApiRefusalUnauthorized"]
    ]


def test_a_role_may_do_in_batches_what_it_may_do_singly_and_no_more() -> None:
    for name, one in LOCAL["Resources"].items():
        if one["Type"] != "AWS::IAM::Role":
            continue
        written = list(statements(template()["Resources"][name]["Properties"]))
        for before, after in zip(written, statements(one["Properties"]), strict=True):
            added = set(after["Action"]) - set(before["Action"])
            assert {action.removesuffix("Batch") for action in added} <= set(before["Action"])


def test_what_a_role_is_given_beside_its_own_is_a_policy_that_names_it() -> None:
    one = LOCAL["Resources"]["RoutingMayAsk"]
    assert (one["Type"], one["Properties"]["Roles"]) == ("AWS::IAM::Policy", [{"Ref": "RoutingRole"}])


def test_localising_leaves_the_translated_template_alone() -> None:
    assert "Body" in template()["Resources"]["Webhooks"]["Properties"]


def test_the_same_code_makes_the_same_bytes() -> None:
    assert package.assets(SAM) == package.assets(SAM)


def test_a_function_is_packed_with_its_own_file_only() -> None:
    zips = package.assets(SAM)
    assert names(zips["IntakeFunction"]) == ["intake.py"]
    assert {name.split("/")[0] for name in names(zips["ApiFunction"])} == {"api"}
    assert "python/recado/errors.py" in names(zips["CoreLayer"])


def test_our_own_layer_is_unpacked_once_and_anew_where_it_changed(tmp_path: Path) -> None:
    first, second = (package.elsewhere(what) for what in (b"one", b"two"))
    there = package.unpacked(first, tmp_path / "core")
    (there / "compiled").touch()
    assert package.unpacked(first, tmp_path / "core") == there
    assert (there / "compiled").exists()
    assert (package.unpacked(second, tmp_path / "core") / "README").read_bytes() == b"two"
    assert not there.exists()


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def test_buckets_may_be_reached_without_tls_and_keep_what_else_their_policies_say() -> None:
    policies = [one for one in LOCAL["Resources"].values() if one["Type"] == "AWS::S3::BucketPolicy"]
    statements = [each for one in policies for each in one["Properties"]["PolicyDocument"]["Statement"]]
    assert [one["Effect"] for one in statements] == ["Allow"]
