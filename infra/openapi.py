"""The REST API's OpenAPI document, made from its routes: `PYTHONPATH=functions python -m infra.openapi`
writes it for the console.

Schemas come from the types that the views declare, errors from the exception tree, roles from the matrix, so
that none of them can be forgotten here.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from api.app import app
from api.reading import Asked, Seen
from api.resource import Operation
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from recado import errors
from recado.errors import RecadoError
from recado.rules.permissions import ALLOWED, ROLES

PLACE = Path(__file__).parent / "console" / "openapi.json"
_REF = "#/components/schemas/{model}"
_REFUSALS = {
    400: ("Invalid", "A value cannot be used, or the body cannot be read; `field` names it."),
    401: ("Unauthorised", "Not signed in, or no longer."),
    403: ("Forbidden", "The caller's role does not allow this."),
    404: ("NotFound", "No such thing in this clinic; another clinic's looks the same."),
    409: (
        "Conflict",
        (
            "Somebody else changed it (`stale`), it is not in a state that allows this (`conflict`), or the "
            "same request is being worked on (`in_progress`)."
        ),
    ),
    413: ("TooLarge", f"The body is over {Asked.LIMIT // 1024} KB, or a file over its own limit."),
    500: ("Failed", "Something went wrong on our side."),
    503: ("Unavailable", "A service we need did not answer; the same request may succeed later."),
}


def operations() -> list[Operation]:
    """Every route of the API."""
    app.fill()
    views = [entry.view_function for methods in app.routes.values() for entry in methods.values()]
    return [vars(view)["operation"] for view in views]


def document() -> dict[str, Any]:
    """The whole document (OpenAPI 3.1)."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations():
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Recado",
            "version": "1",
            "description": "What the front desk's console does, and what a clinic's own systems may do.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api"}],
        "security": [{"staff": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(_tag(operation) for operation in operations())],
        "paths": paths,
        "components": {
            "schemas": _described()[1],
            "responses": {name: _refusal(when) for name, when in _REFUSALS.values()},
            "securitySchemes": {
                "staff": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A Cognito ID token. The clinic and the roles are taken from it alone: "
                    f"{', '.join(reversed(ROLES))}.",
                }
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    words = inspect.getdoc(operation.view) or ""
    made: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [_tag(operation)],
        "summary": words.splitlines()[0].rstrip("."),
        "description": f"{words}\n\nRoles: {', '.join(sorted(ALLOWED[operation.name]))}.",
        "parameters": [*_ids(operation), *_query(operation.query), *_headers(operation)],
        "responses": {
            str(operation.status): {
                "description": "Done." if operation.method != "GET" else "What was asked for.",
                "content": {
                    "application/json": {"schema": _schema(operation.answer)},
                    **{kind: {"schema": {"type": "string"}} for kind in operation.also},
                },
            },
            **{str(status): _refused(operation, status) for status in _fails(operation)},
        },
    }
    if operation.body is not None:
        content = {"application/json": {"schema": _schema(operation.body)}}
        made["requestBody"] = {"required": operation.body is not Seen, "content": content}
    if operation.content:
        files = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in operation.content}
        made["requestBody"] = {"required": True, "content": files}
    return made


def _refused(operation: Operation, status: int) -> dict[str, Any]:
    """A refusal in our own form; of another protocol, in its form."""
    name, when = _REFUSALS[status]
    if operation.refusal is RecadoError.body:
        return {"$ref": f"#/components/responses/{name}"}
    schema = {"schema": _schema(operation.answer)}
    return {"description": when, "content": dict.fromkeys(("application/json", *operation.also), schema)}


def _fails(operation: Operation) -> Iterable[int]:
    missing = "{id}" in operation.path or operation.name in ("book_appointment", "list_appointments")
    takes_nothing = operation.body is None and not operation.content
    unused = {413: takes_nothing, 409: operation.method == "GET", 404: not missing}
    return [status for status in _REFUSALS if not unused.get(status)]


def _tag(operation: Operation) -> str:
    return operation.path.split("/")[1]


def _ids(operation: Operation) -> list[dict[str, Any]]:
    schema = {"type": "string", "maxLength": 64}
    names = re.findall(r"\{(\w+)\}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]


def _query(model: type[BaseModel]) -> list[dict[str, Any]]:
    schema = model.model_json_schema()
    return [_parameter(name, value, schema) for name, value in schema.get("properties", {}).items()]


def _parameter(name: str, value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    # A query leaves out what it does not say: null exists in our models only.
    kinds = [kind for kind in value.get("anyOf", [value]) if kind.get("type") != "null"]
    kept = {key: part for key, part in kinds[0].items() if key not in ("title", "description")}
    if value.get("default") is not None:
        kept["default"] = value["default"]
    made = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": kept}
    described = value.get("description") or kinds[0].get("description")
    return {**made, "description": described} if described else made


def _headers(operation: Operation) -> list[dict[str, Any]]:
    if not operation.keyed:
        return []
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "The caller's own name for this request: repeated with it, it is done once, and "
            "within an hour answered alike.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
    ]


@cache
def _described() -> tuple[dict[Any, str], dict[str, Any]]:
    """Each type's place in the document, and all schemas."""
    kinds = [one.answer for one in operations()] + [one.body for one in operations() if one.body]
    inputs: list[tuple[Any, JsonSchemaMode, TypeAdapter[Any]]] = [
        (kind, "validation", TypeAdapter(kind)) for kind in dict.fromkeys(kinds)
    ]
    places, made = TypeAdapter.json_schemas(inputs, ref_template=_REF)
    schemas = {_named(name): _plain(schema) for name, schema in made["$defs"].items()}
    return (
        {kind: str(_plain(place)["$ref"]) for (kind, _), place in places.items()},
        dict(sorted({**schemas, "Error": _error()}.items())),
    )


def _schema(kind: Any) -> dict[str, str]:
    return {"$ref": _described()[0][kind]}


def _named(name: str) -> str:
    """Pydantic's `Page_Contact_` is called `ContactPage`."""
    return re.sub(r"^Page_(\w+)_$", r"\1Page", name)


def _plain(node: Any) -> Any:
    """A schema without the titles that only repeat names."""
    if isinstance(node, dict):
        return {
            key: _REF.format(model=_named(part.rsplit("/", 1)[1])) if key == "$ref" else _plain(part)
            for key, part in node.items()
            if not (key == "title" and isinstance(part, str))
        }
    return [_plain(part) for part in node] if isinstance(node, list) else node


def _error() -> dict[str, Any]:
    codes = sorted(
        kind.code
        for kind in vars(errors).values()
        if inspect.isclass(kind) and issubclass(kind, errors.RecadoError) and kind.status in _REFUSALS
    )
    inside = {
        "code": {"type": "string", "enum": codes, "description": "For programs; it does not change."},
        "message": {"type": "string", "description": "For people."},
        "field": {"type": ["string", "null"], "description": "What is at fault, where it is one thing."},
    }
    names = ("practitioner_id", "start", "local_start", "timezone")
    other = {name: {"type": "string"} for name in names}
    return {
        "type": "object",
        "description": "Every refusal has this form.",
        "properties": {
            "error": {"type": "object", "properties": inside, "required": list(inside)},
            "alternatives": {
                "type": "array",
                "description": "With `slot_taken` and `patient_busy`: free starts nearby, at most three.",
                "items": {"type": "object", "properties": other, "required": list(other)},
            },
        },
        "required": ["error"],
    }


def _refusal(when: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}}
    return {"description": when, "content": content}


def text() -> str:
    """The document as the file holds it."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PLACE.write_text(text())
