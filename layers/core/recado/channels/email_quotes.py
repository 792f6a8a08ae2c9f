"""What somebody wrote, without what they answered: for showing; the whole mail is kept.

Line by line, in one pass: the libraries for this run regular expressions over the whole text, whose time
grows with its square (infra/decisions says which).
"""

from __future__ import annotations

import re
from typing import Final

ATTRIBUTION: Final = ("on ", "el ", "em ", "il ", "a ", "le ", "missatge de ")
WROTE: Final = ("wrote", "escribió", "escreveu", "ha scritto", "va escriure", "a écrit")
"""How mail programs introduce what they quote, in our languages: Gmail's and Apple's own words."""
DATED: Final = re.compile(r"[0-9]")
HEADER: Final = re.compile(
    r"[*> ]*(?:from|sent|to|subject|date|cc|de|enviado|enviada(?: em)?|enviat|para|per a|asunto|assunto"
    r"|assumpte|fecha|data|da|inviato|a|oggetto|von|gesendet|an|betreff)\s?:\*?\s"
)
"""A line of the header that Outlook puts above what it quotes."""
FORWARDED: Final = re.compile(
    r"-{3,} ?(?:original message|mensaje original|mensagem original|messaggio originale|missatge original)"
    r" ?-{3,}"
)
RULE: Final = re.compile(r"[_-]{20,}")
FOOTER: Final = re.compile(r"_{40,}")
"""Above what a mailing list adds."""
SIGNATURE: Final = ("--", "-- ", "—", "__")
DEVICE: Final = (
    "sent from my ",
    "get outlook for ",
    "enviado desde mi ",
    "enviado do meu ",
    "enviado a partir do ",
    "inviato da ",
    "inviato dal mio ",
    "enviat des del meu ",
    "enviat des de ",
)
MAX_LINES: Final = 20_000
"""Of a body that are looked at. Lines of three characters or more end at email_content.MAX_TEXT before."""
MAX_LINE: Final = 400
"""Characters of a line that are looked at."""
WRAPPED: Final = 3
"""Lines over which a mail program may break the line that introduces a quote."""


def visible(text: str) -> str:
    """The text down to its quoted history and signature; all of it when nothing else would be left."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)[:MAX_LINES]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _ends(lines, at):
            break
        length = _attribution(lines, at)
        if length and not _is_quoted(lines, at + length):
            break
        if length or lines[at].startswith(">"):
            at += length or 1
            continue
        kept.append(lines[at])
        at += 1
    return _squeezed(kept) or text.strip()


def _ends(lines: list[str], at: int) -> bool:
    """Whether all from this line on is a quoted mail, or a signature."""
    line = lines[at][:MAX_LINE].strip().lower()
    marks = lines[at] in SIGNATURE or line.startswith(DEVICE)
    if marks or FOOTER.fullmatch(line) or FORWARDED.fullmatch(line):
        return True
    return _is_header(lines, at + 1 if RULE.fullmatch(line) else at)


def _is_header(lines: list[str], at: int) -> bool:
    """Whether a block of at least three header lines begins here, blank lines before it aside."""
    block = [line[:MAX_LINE].strip().lower() + " " for line in lines[at : at + 8]]
    while block and not block[0].strip():
        block = block[1:]
    return bool(block) and all(HEADER.match(line) for line in block[:3]) and len(block) >= 3


def _attribution(lines: list[str], at: int) -> int:
    """How many lines introduce a quote from here ("On Monday Maria wrote:"); 0 where none does."""
    if not lines[at][:MAX_LINE].strip().lower().startswith(ATTRIBUTION):
        return 0
    joined = ""
    for count, line in enumerate(lines[at : at + WRAPPED], 1):
        if not line.strip():
            return 0
        joined = f"{joined} {line[:MAX_LINE].strip().lower()}"
        if _introduces(joined):
            return count
    return 0


def _introduces(line: str) -> bool:
    said = line.removesuffix(":").rstrip()
    by_verb = said.endswith(WROTE) or line.lstrip().startswith("missatge de ")
    return line.endswith(":") and by_verb and DATED.search(line) is not None


def _is_quoted(lines: list[str], at: int) -> bool:
    """Whether what follows is marked as a quote line by line, so that what is not is the writer's own."""
    following = (line for line in lines[at : at + WRAPPED] if line.strip())
    return next(following, "").startswith(">")


def _squeezed(lines: list[str]) -> str:
    """The lines without the gaps that quotes left between them."""
    kept = [line.rstrip() for line in lines]
    once = [line for at, line in enumerate(kept) if line or (at and kept[at - 1])]
    return "\n".join(once).strip()
