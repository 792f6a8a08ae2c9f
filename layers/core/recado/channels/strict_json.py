"""Reading JSON from outside: strict, bounded, and clean enough to store.

`json.loads` alone accepts NaN, takes seconds for a long integer, stops with RecursionError at deep nesting,
and lets NUL and lone surrogates through, at which DynamoDB's client fails much later.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from recado.errors import UnreadableInput

MAX_DEPTH: Final = 32
MAX_DIGITS: Final = 38
"""Of an integer: what DynamoDB can keep, and far over any id or time stamp."""

UNSTORABLE: Final = re.compile("\0|([\ud800-\udfff])")
ESCAPED: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def load(body: bytes) -> Any:
    """The document in `body`, without NUL and with lone surrogates replaced by U+FFFD.

    Raises UnreadableInput for what is not UTF-8, not JSON (NaN and Infinity are not), deeper than MAX_DEPTH
    or holds a number out of bounds. The message names the fault only, never the content.
    """
    try:
        text = body.decode()
        document = json.loads(text, parse_constant=_no_constant, parse_int=_int, parse_float=_float)
    except UnicodeDecodeError:
        raise UnreadableInput("not UTF-8") from None
    except json.JSONDecodeError:
        raise UnreadableInput("not JSON, or cut short") from None
    except RecursionError:
        raise UnreadableInput(f"nested deeper than {MAX_DEPTH}") from None
    _check_depth(document)
    return _clean(document) if ESCAPED.search(text) else document


def clean(text: str) -> str:
    """`text` without NUL, lone surrogates replaced."""
    return UNSTORABLE.sub(lambda match: "\ufffd" if match[1] else "", text)


def _check_depth(document: Any) -> None:
    """Level by level, so that the check itself cannot run out of stack."""
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node) if isinstance(child, dict | list)]
        if not level:
            return
    raise UnreadableInput(f"nested deeper than {MAX_DEPTH}")


def _children(node: Any) -> Any:
    return node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()


def _clean(node: Any) -> Any:
    if isinstance(node, str):
        return clean(node)
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if isinstance(node, dict):
        return {clean(key): _clean(value) for key, value in node.items()}
    return node


def _no_constant(_: str) -> None:
    raise UnreadableInput("not a number")


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise UnreadableInput("a number out of bounds")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnreadableInput("a number out of bounds")
    return number
