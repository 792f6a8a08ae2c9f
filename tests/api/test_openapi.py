"""What the API answers is what its OpenAPI document promises, and nothing besides."""

import json
from typing import Any

import pytest
from api.resource import Operation
from openapi_schema_validator import OAS31Validator

from infra import openapi
from tests.api.client import Answer, Client, person
from tests.api.desk import OPERATIONS, Desk, ask, opened
from tests.cloud import Cloud

DOCUMENT: dict[str, Any] = json.loads(openapi.PLACE.read_text())

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    """Boa Vista, with something of everything."""
    return opened(cloud)


def strict(node: Any) -> Any:
    """The schema, with every object shut: answers may hold nothing that it does not name."""
    if isinstance(node, list):
        return [strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    closed = {key: strict(value) for key, value in node.items()}
    shut = {"additionalProperties": False} if isinstance(node.get("properties"), dict) else {}
    return {**shut, **closed}


def check(operation: Operation, answer: Answer) -> None:
    responses = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    response = responses[str(answer.status)]
    if "$ref" in response:
        response = DOCUMENT["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    schema = response["content"]["application/json"]["schema"]
    OAS31Validator({**strict(schema), "components": strict(DOCUMENT["components"])}).validate(answer.body)


@every_operation
def test_an_answer_keeps_the_schema(operation: Operation, desk: Desk) -> None:
    answer = ask(person("admin"), operation, desk)
    assert answer.status == operation.status
    check(operation, answer)


@every_operation
def test_so_does_a_refusal(operation: Operation, desk: Desk) -> None:
    check(operation, ask(Client(None), operation, desk))
    check(operation, ask(person("nobody"), operation, desk))
    check(operation, person("admin").call(operation.method, desk.ids(operation), query={"what": "?"}))
    if "{id}" in operation.path:
        check(operation, ask(person("admin"), operation, desk, operation.path.replace("{id}", "p1.1")))
    if operation.body is not None:
        check(operation, person("admin").call(operation.method, desk.ids(operation), "x" * 300_000))
        check(operation, person("admin").call(operation.method, desk.ids(operation), "{"))
