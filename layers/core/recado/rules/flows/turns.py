"""How a conversation goes on from an answer: to which node, to another flow, to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from recado.model.dialogue import Dialogue, Reason
from recado.model.flow import Ask, End, Flow, FlowId
from recado.model.tenant import Language
from recado.rules.dialogues import ASIDE, FAILURES, FOR_PEOPLE, OPENINGS
from recado.rules.flows.reading import CHOICE, PERSON, Heard, chosen, payload
from recado.rules.flows.scene import Options
from recado.rules.flows.wishes import kept, wished

MORE = "more"
"""The choice that looks for other times, in the flows that ship."""
TIMED = frozenset({"book", "reschedule", "confirm", "greeting", "oos"})
"""What it may sound like when somebody says when they would like to come."""
MOST_OPTIONS = 10
"""Rows of a list (WhatsApp)."""


class Move(NamedTuple):
    """`go`: to the node; `switch`: to the start of another flow; `aside`: something else is answered first,
    and the same is asked again; `again`: the same is asked again; `person`: one goes on, for the reason."""

    what: Literal["go", "switch", "aside", "again", "person"]
    node: str = ""
    data: Mapping[str, str] = {}
    flow: FlowId | None = None
    reason: Reason = "asked"


def next_move(flow: Flow | None, dialogue: Dialogue, heard: Heard) -> Move:
    """What an answer does. A flow or a node that is gone is a person's matter."""
    node = flow.nodes.get(dialogue.node) if flow else None
    if flow is None or not isinstance(node, Ask):
        return Move("person", reason="failed")
    value = chosen(flow, node, dialogue, heard)
    if value == PERSON:
        return Move("person")
    if value is not None and value.startswith(CHOICE):
        return _go(node, value)
    if value is not None and node.saves and node.next:
        return Move("go", node.next, {node.saves: value})
    return _narrowed(flow, node, heard) or _otherwise(flow, dialogue, heard)


def _go(ask: Ask, value: str) -> Move:
    choice = next((one for one in ask.choices if one.id == value[1:]), None)
    return Move("go", choice.next) if choice else Move("again")


def _otherwise(flow: Flow, dialogue: Dialogue, heard: Heard) -> Move:
    """They say something else than was asked. A bare yes or no is no new matter."""
    if heard.intent == "thanks" and (leave := _way_out(flow, dialogue)):
        return Move("go", leave)
    bare = heard.reply.kind in ("confirm", "cancel", "unclear") or heard.reply.number is not None
    if heard.sure and not bare:
        if heard.intent in FOR_PEOPLE:
            return Move("person")
        to = OPENINGS.get(heard.intent)
        if heard.intent in ASIDE and to != flow.id:
            return Move("aside", flow=to)
        if to not in (None, flow.id, "menu"):
            return Move("switch", flow=to)
    if dialogue.failures + 1 >= FAILURES:
        return Move("person", reason="failed")
    return Move("again")


def _narrowed(flow: Flow, ask: Ask, heard: Heard) -> Move | None:
    """Who is offered times and says when they would like to come is offered those; not who wants something
    else, or to move a visit that they have."""
    more = next((one.next for one in ask.choices if one.id == MORE), None)
    if ask.among != "slots" or more is None or heard.today is None:
        return None
    if heard.sure and heard.intent not in TIMED:
        return None
    moves = heard.intent == "reschedule" and flow.id != "reschedule"
    if moves and wished(heard.text, heard.language, heard.today, moves=True).is_timed:
        return None
    wish = wished(heard.text, heard.language, heard.today)
    return Move("go", more, {"wish": kept(wish), "offered": ""}) if wish.is_timed else None


def _way_out(flow: Flow, dialogue: Dialogue) -> str | None:
    """Where a no leads to, if it is to an end: who is asked whether they want more and says thank you, does
    not."""
    node = flow.nodes[dialogue.node]
    choices = node.choices if isinstance(node, Ask) else ()
    said_no = (one.next for one in choices if one.means == "no")
    return next((name for name in said_no if isinstance(flow.nodes[name], End)), None)


def options_of(ask: Ask, found: Options, language: Language, person: str) -> Options:
    """What is offered with a question, in its order: what was found, the flow's own, and always a person."""
    own = tuple((f"{CHOICE}{one.id}", one.title[language]) for one in ask.choices)
    listed = found[: MOST_OPTIONS - len(own) - 1] if ask.among else ()
    return (*listed, *own, (PERSON, person))


def buttons_of(dialogue: Dialogue) -> Options:
    """The same as buttons: payload and title."""
    return tuple((payload(dialogue.turns, at), title) for at, (_, title) in enumerate(dialogue.options, 1))
