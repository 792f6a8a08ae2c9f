"""The API's routes are the same everywhere: in Chalice, the template, the matrix and the OpenAPI document."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from openapi_spec_validator import validate
from recado.rules.permissions import ALLOWED

from infra import openapi
from tests.cloud import TEMPLATE

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = json.loads(openapi.PLACE.read_text())

ROUTES = {(operation.method, operation.path) for operation in openapi.operations()}


def test_the_template_has_the_apps_routes_and_no_other() -> None:
    events = TEMPLATE["Resources"]["ApiFunction"]["Properties"]["Events"].values()
    written = [(event["Properties"]["Method"], event["Properties"]["Path"]) for event in events]
    assert sorted(written) == sorted(ROUTES)


def test_every_method_is_named_since_chalice_answers_405_to_any() -> None:
    assert {method for method, _ in ROUTES} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_every_route_is_one_operation_of_the_matrix_and_every_operation_a_route() -> None:
    names = [operation.name for operation in openapi.operations()]
    assert sorted(names) == sorted(ALLOWED)


def test_the_document_has_the_apps_routes_and_no_other() -> None:
    described = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert described == ROUTES


def test_the_document_is_the_one_that_the_routes_make() -> None:
    assert openapi.PLACE.read_text() == openapi.text(), "PYTHONPATH=functions python -m infra.openapi"


def test_the_document_is_valid_openapi() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    validate(DOCUMENT)


def test_every_operation_says_who_may_and_how_it_fails() -> None:
    for methods in DOCUMENT["paths"].values():
        for operation in methods.values():
            roles = ", ".join(sorted(ALLOWED[operation["operationId"]]))
            assert f"Roles: {roles}." in operation["description"]
            assert {"400", "401", "403", "500", "503"} < set(operation["responses"])
    assert DOCUMENT["security"] == [{"staff": []}]


def test_the_api_imports_no_more_of_the_libraries_than_its_budget_allows() -> None:
    """Chalice's two run-time files only; what one route needs is imported when that route is first called."""
    code = "import api.app, sys; print(*sys.modules)"
    environment = {"PYTHONPATH": "functions", "AWS_REGION": "us-east-1", "PATH": ""}
    loaded = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in loaded if name.split(".")[0] == "chalice"} == {"chalice", "chalice.app"}
    assert not {"boto3", "phonenumbers", "babel", "aws_lambda_powertools.utilities.idempotency"} & set(loaded)
