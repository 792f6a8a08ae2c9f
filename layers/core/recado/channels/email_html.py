"""The text of a mail that has only HTML. The HTML itself is never shown, and nothing of it is fetched."""

from __future__ import annotations

import html
import re
from typing import Final

MAX_HTML: Final = 400_000
"""Characters that are read."""
MAX_TAGS: Final = 8000
"""As many tags are read: elements within elements take the square of their depth (0.1 s at this many)."""
BREAKS: Final = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})
UNREAD: Final = frozenset({"script", "style", "title"})
MAX_QUOTES: Final = 5
"""Quotes within quotes that are still told apart."""
GAPS: Final = re.compile(r"\n{3,}")
TAG: Final = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")


def text(source: str) -> str:
    """The words, with a line for each block, what is quoted behind "> ", and items of lists behind "- "."""
    # Here, because few mails need it and it is a library of two megabytes.
    import nh3  # noqa: PLC0415

    tame = nh3.clean(
        _bounded(source),
        tags=set(BREAKS),
        clean_content_tags=set(UNREAD),
        attributes={},
        link_rel=None,
    )
    return _lines(tame)


def _bounded(source: str) -> str:
    source = source[:MAX_HTML]
    return "<".join(source.split("<", MAX_TAGS)[:MAX_TAGS])


def _lines(tame: str) -> str:
    """Only tags of ours are left, and every other "<" is written as an entity."""
    lines: list[str] = []
    depth, start, mark = 0, 0, ""
    for tag in TAG.finditer(f"{tame}<br>"):
        said = " ".join(html.unescape(tame[start : tag.start()]).split())
        lines.append(f"{'> ' * min(depth, MAX_QUOTES)}{mark}{said}".rstrip())
        start, opens = tag.end(), not tag[1]
        depth += (1 if opens else -1) if tag[2] == "blockquote" else 0
        mark = "- " if opens and tag[2] == "li" else ""
    return GAPS.sub("\n\n", "\n".join(lines)).strip()
