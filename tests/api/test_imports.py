"""Files of patients, as the API takes them and tells of them."""

import base64
import csv
import io
from typing import Any

import pytest
from api.app import app

from tests.api.client import Answer, Context, person, rest_event
from tests.cloud import Cloud
from tests.imports import worked_off

TABLE = "id;nome;celular\n1;João da Silva;(11) 98765-4321\n2;;\n3;Rui Lima;12\n"
admin = person("admin")


def handed(body: str, mime: str = "text/csv", **query: str) -> Answer:
    asked = {"source": "agenda", "name": "pacientes.csv", **query}
    return admin.call("POST", "/patients/import", body, query=asked, headers={"Content-Type": mime})


def sent(path: str, body: str | None, headers: dict[str, str], *, method: str = "GET", **more: Any) -> Any:
    """A request as the gateway hands it on; the answer as it goes back."""
    event = rest_event(method, path, body, more.pop("query", {}), headers) | more
    claims = {"sub": "u", "cognito:groups": "admin", "custom:tenant": "boavista", "custom:agent": "ana"}
    event["requestContext"]["authorizer"] = {"claims": claims}
    return app(event, Context())


def test_a_file_is_taken_in_and_its_progress_is_told(clinic: Cloud) -> None:
    begun = handed(TABLE)
    assert (begun.status, begun.body["state"], begun.body["rows"]) == (202, "waiting", 0)
    assert begun.body["columns"] == ["id", "name", "phone"]
    worked_off(clinic)
    known = admin.get(f"/patients/imports/{begun.body['id']}").body
    assert (known["state"], known["rows"], known["counts"]) == ("done", 3, {"new": 2, "failed": 1})
    assert known["read"] == known["size"] == len(TABLE.encode())
    assert [one["id"] for one in admin.get("/patients/imports").body["items"]] == [known["id"]]


def test_each_row_says_what_became_of_it_and_never_what_was_in_it(clinic: Cloud) -> None:
    begun = handed(TABLE)
    worked_off(clinic)
    answer = admin.get(f"/patients/imports/{begun.body['id']}/rows")
    one, two, three = answer.body["items"]
    assert (one["row"], one["decision"], one["issues"]) == (1, "new", [])
    assert (two["decision"], two["patient"], two["issues"][0]["field"]) == ("failed", None, "name")
    assert [issue["field"] for issue in three["issues"]] == ["phone"]
    assert admin.get(f"/patients/{one['patient']}").body["name"] == "João da Silva"
    assert "Silva" not in answer.raw


def test_the_rows_come_as_a_table_too(clinic: Cloud) -> None:
    begun = handed(TABLE)
    worked_off(clinic)
    answer = sent(f"/patients/imports/{begun.body['id']}/rows", None, {"Accept": "text/csv, */*"})
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    assert (answer["statusCode"], headers["content-type"]) == (200, "text/csv; charset=utf-8")
    header, *rows = csv.reader(io.StringIO(answer["body"]))
    assert header == ["row", "decision", "patient", "appointment", "person", "score", "issues"]
    assert [row[:2] for row in rows] == [["1", "new"], ["2", "failed"], ["3", "new"]]
    assert rows[1][6] == "name: This row says no name."


def test_rows_come_in_pages(clinic: Cloud) -> None:
    begun = handed("id;nome\n" + "\n" * 3 + "".join(f"{number};\n" for number in range(121)))
    worked_off(clinic)
    first = admin.get(f"/patients/imports/{begun.body['id']}/rows").body
    rest = admin.get(f"/patients/imports/{begun.body['id']}/rows", next=first["next"]).body
    assert [one["row"] for one in (*first["items"], *rest["items"])] == list(range(1, 122))
    assert (len(first["items"]), rest["next"]) == (100, None)


def test_bytes_that_are_no_utf_8_come_as_the_gateway_passes_them(clinic: Cloud) -> None:
    body = base64.b64encode(TABLE.encode("cp1252")).decode()
    kind = {"Content-Type": "text/csv; header=present"}
    query = {"multiValueQueryStringParameters": {"source": ["agenda"]}}
    answer = sent("/patients/import", body, kind, method="POST", isBase64Encoded=True, **query)
    assert answer["statusCode"] == 202
    worked_off(clinic)
    (begun,) = admin.get("/patients/imports").body["items"]
    rows = admin.get(f"/patients/imports/{begun['id']}/rows").body["items"]
    assert admin.get(f"/patients/{rows[0]['patient']}").body["name"] == "João da Silva"


def test_a_large_file_comes_in_parts(clinic: Cloud) -> None:
    begun = handed(TABLE[:40], more="true").body
    assert (begun["state"], begun["parts"]) == ("receiving", 1)
    path = f"/patients/imports/{begun['id']}/parts/2"
    done = admin.call("PUT", path, TABLE[40:], headers={"Content-Type": "text/csv"})
    assert (done.status, done.body["state"], done.body["size"]) == (202, "waiting", len(TABLE.encode()))
    worked_off(clinic)
    assert admin.get(f"/patients/imports/{begun['id']}").body["counts"] == {"new": 2, "failed": 1}


@pytest.mark.usefixtures("clinic")
def test_the_same_request_again_is_the_same_import() -> None:
    key = {"Content-Type": "text/csv", "Idempotency-Key": "k1"}
    asked = {"source": "agenda"}
    first, second = (
        admin.call("POST", "/patients/import", TABLE, query=asked, headers=key) for _ in range(2)
    )
    assert first.body["id"] == second.body["id"]


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize(
    ("body", "mime", "query", "field"),
    [
        ("telefone;obs\n1;2", "text/csv", {}, "header"),
        ("", "text/csv", {}, "body"),
        (TABLE, "application/json", {}, "Content-Type"),
        (TABLE, "text/csv", {"source": "A B"}, "source"),
        (TABLE, "text/csv", {"more": "perhaps"}, "more"),
        (TABLE, "text/csv", {"sources": "x"}, "sources"),
    ],
)
def test_what_cannot_be_used_is_named(body: str, mime: str, query: dict[str, str], field: str) -> None:
    refused = handed(body, mime, **query)
    assert (refused.status, refused.error) == (400, ("invalid", field))
    assert admin.get("/patients/imports").body["items"] == []


@pytest.mark.usefixtures("clinic")
def test_a_part_that_is_none_is_missing() -> None:
    begun = handed(TABLE, more="true").body["id"]
    for part in ("0", "-1", "x", "1e9"):
        path = f"/patients/imports/{begun}/parts/{part}"
        assert admin.call("PUT", path, "x", headers={"Content-Type": "text/csv"}).status == 404
