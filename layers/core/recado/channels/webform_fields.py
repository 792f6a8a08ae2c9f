"""The fields of a form, however a browser sends them: as JSON, urlencoded, or multipart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from recado.channels import Request, strict_json
from recado.errors import UnreadableInput

if TYPE_CHECKING:
    from python_multipart.multipart import Field as FormField
    from python_multipart.multipart import File as FormFile

MAX_BYTES: Final = 65_536
"""Of a whole form."""
MAX_FIELDS: Final = 100
MAX_NAME: Final = 100
"""Characters of a field's name."""

Fields = dict[str, str]


def read(request: Request) -> Fields:
    """Each field's text, in the form's order; one that comes more than once has its texts side by side.

    Empty ones are left out. Raises UnreadableInput, which names the field where one is at fault.
    """
    if len(request.body) > MAX_BYTES:
        raise UnreadableInput(f"a form over {MAX_BYTES} bytes")
    fields: Fields = {}
    for number, (name, value) in enumerate(_pairs(request), 1):
        if number > MAX_FIELDS or len(name) > MAX_NAME:
            raise UnreadableInput("too many fields, or too long a name of one")
        text = strict_json.clean(value).replace("\r\n", "\n").replace("\r", "\n").strip()
        if text:
            fields[name] = f"{fields[name]}, {text}" if name in fields else text
    if not fields:
        raise UnreadableInput("an empty form")
    return fields


def _pairs(request: Request) -> Iterator[tuple[str, str]]:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return _multipart(request)
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(request.body)
    if kind in ("application/json", "text/plain"):
        return _json(request.body)
    raise UnreadableInput("no form")


def _json(body: bytes) -> Iterator[tuple[str, str]]:
    document = strict_json.load(body)
    if not isinstance(document, dict):
        raise UnreadableInput("no form")
    for name, value in document.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, _text(name, one)


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict | list):
        raise UnreadableInput("This must be a text.", name[:MAX_NAME])
    return value if isinstance(value, str) else "" if value in (None, False) else json.dumps(value)


def _urlencoded(body: bytes) -> Iterator[tuple[str, str]]:
    """In UTF-8, else as old pages in Western Europe and America write: é as %E9."""
    text = body.decode("latin-1")
    try:
        try:
            return iter(_parsed(text, "utf-8", "strict"))
        except UnicodeDecodeError:
            return iter(_parsed(text, "cp1252", "replace"))
    except ValueError:
        raise UnreadableInput("too many fields, or too long a name of one") from None


def _parsed(text: str, encoding: str, errors: str) -> list[tuple[str, str]]:
    return parse_qsl(
        text, keep_blank_values=True, encoding=encoding, errors=errors, max_num_fields=MAX_FIELDS
    )


def _multipart(request: Request) -> Iterator[tuple[str, str]]:
    """Of a file, its name: files are not taken, but a person should know that there was one."""
    import io  # noqa: PLC0415 - as what follows

    from python_multipart import parse_form  # noqa: PLC0415 - few forms are multipart, and all intakes start
    from python_multipart.exceptions import FormParserError  # noqa: PLC0415

    found: list[tuple[str, str]] = []

    def field(one: FormField) -> None:
        found.append((_decoded(one.field_name), _decoded(one.value)))

    def file(one: FormFile) -> None:
        found.append((_decoded(one.field_name), _decoded(one.file_name)))
        one.close()

    headers = {"Content-Type": request.headers["content-type"].encode("latin-1", "replace")}
    try:
        parse_form(headers, io.BytesIO(request.body), field, file)
    except (FormParserError, ValueError):
        raise UnreadableInput("a broken multipart form") from None
    return iter(found)


def _decoded(given: bytes | None) -> str:
    return (given or b"").decode("utf-8", "replace")


def without(fields: Mapping[str, str], names: set[str]) -> Fields:
    """The fields but for these."""
    return {name: value for name, value in fields.items() if name not in names}
