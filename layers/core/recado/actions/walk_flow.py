"""What self-service says next: it walks a flow from an answer to the next question, or to an end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from recado import texts
from recado.actions.do_deed import do_deed
from recado.actions.load_flow import load_flow
from recado.actions.read_wish import read_wish
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.dialogue import Dialogue, Reason
from recado.model.flow import Ask, Do, End, Flow, FlowId, Jump
from recado.model.tenant import Tenant
from recado.rules.dialogues import FOR_PEOPLE, OPENINGS, awaited
from recado.rules.flows.reading import Heard, wants_to_wait
from recado.rules.flows.scene import Options, Scene
from recado.rules.flows.turns import next_move, options_of
from recado.rules.flows.words import PASSING, said
from recado.store import tenants

DEEDS: Final = 12
"""So many in one turn are a circle, which no flow that was saved has."""
MOST_FLOWS: Final = 10
"""Of one contact: who has been through so many is better off with a person."""
TIMED: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)\|[\w.-]+")
"""A visit or a slot that was chosen: its wall time, and whose it is."""
THANKS: Final = "thanked"
"""The disposition of who only said thank you: nothing is said back."""


class Turn(NamedTuple):
    """What we do in answer to one message. `ends`: the contact is closed with this disposition."""

    dialogue: Dialogue
    says: tuple[str, ...] = ()
    writes: tuple[Callable[[Any], None], ...] = ()
    ends: str | None = None


class _Way(NamedTuple):
    """All that stays the same while a message is answered."""

    tenant: str
    clinic: Tenant
    contact: Contact
    communication: Communication
    now: datetime


def walk_flow(
    tenant: str, contact: Contact, communication: Communication, heard: Heard, now: datetime
) -> Turn | None:
    """The next turn of the dialogue that they are in, or the first of one; none: it is for a person."""
    way = _Way(tenant, tenants.get(tenant), contact, communication, now)
    if contact.dialogue is not None and contact.dialogue.state == "open":
        return _go_on(way, contact.dialogue, heard)
    return _begin(way, heard)


def _begin(way: _Way, heard: Heard) -> Turn | None:
    """By what they want. Who is not understood, and asks nothing that the clinic has an answer to, gets a
    person, without a word of ours; and who awaits one already, whatever is not to be done for them now."""
    waits = awaited(way.contact) is not None
    before = way.contact.dialogue
    if waits and (_is_for_later(heard) or (before and len(before.flows) >= MOST_FLOWS)):
        return None
    if heard.intent == "thanks" and heard.sure:
        return Turn(_fresh(way, "menu", 0, "end"), ends=THANKS)
    if heard.intent in FOR_PEOPLE and heard.sure:
        return _over(_fresh(way, "menu", 0, "start"), "asked")
    flow_id = OPENINGS.get(heard.intent) if heard.sure else "question"
    if wants_to_wait(heard.text):
        flow_id = "waiting"
    turn = _start(way, _narrower(way, flow_id or "question"), before)
    silent = turn.dialogue.flow == "question" or (waits and not turn.says)
    return None if silent and turn.dialogue.state == "handed_over" else turn


def _is_for_later(heard: Heard) -> bool:
    """Whether it is nothing that self-service could do meanwhile."""
    return heard.sure and heard.intent in ("greeting", "thanks", *FOR_PEOPLE)


def _narrower(way: _Way, flow_id: FlowId) -> FlowId:
    """Who asks where to park asks where the clinic is, too: an answer of its own goes before what is always
    told."""
    if flow_id != "hours":
        return flow_id
    from recado.actions.find_answer import known_answer  # noqa: PLC0415 - few ask for it

    said = way.communication.text
    known = known_answer(way.tenant, way.clinic, said, way.contact.language, way.now)
    return "question" if known else flow_id


def _go_on(way: _Way, dialogue: Dialogue, heard: Heard) -> Turn:
    flow = _flow(way, dialogue)
    move = next_move(flow, dialogue, heard)
    if move.what == "go" and flow is not None:
        data = {**dialogue.data, **_shown(way, move.data)}
        going = dialogue.model_copy(update={"data": data, "failures": 0})
        return _walk(way, flow, move.node, going)
    if move.what in ("switch", "aside") and len(dialogue.flows) >= MOST_FLOWS:
        return _over(dialogue, "failed")
    if move.what == "switch" and move.flow:
        return _start(way, move.flow, dialogue)
    if move.what == "aside" and move.flow and flow:
        return _aside(way, flow, dialogue, move.flow)
    if move.what == "again" and flow:
        failed = dialogue.model_copy(update={"failures": dialogue.failures + 1})
        return _again(way, flow, failed, texts.render("bot_unclear", way.contact.language))
    return _over(dialogue, move.reason)


def _aside(way: _Way, flow: Flow, dialogue: Dialogue, other: FlowId) -> Turn:
    """Answer what they asked in between, and ask the same again; what has no answer there is a person's."""
    aside = _start(way, _narrower(way, other), None)
    if aside.ends is None:
        asks = aside.dialogue.state == "open"
        return _start(way, other, dialogue) if asks else _over(dialogue, "unsure")
    flows = (*dialogue.flows[:-1], *aside.dialogue.flows, dialogue.flows[-1])
    return _again(way, flow, dialogue.model_copy(update={"flows": flows}), *aside.says)


def _again(way: _Way, flow: Flow, dialogue: Dialogue, *before: str) -> Turn:
    node = flow.nodes[dialogue.node]
    if not isinstance(node, Ask):
        return _over(dialogue, "failed")
    text = _said(way, node.text, dialogue.data)
    options = _offered(way, node, _listed(dialogue))
    return Turn(_spoken(way, dialogue.model_copy(update={"options": options})), (*before, text))


def _flow(way: _Way, dialogue: Dialogue) -> Flow | None:
    try:
        return load_flow(way.tenant, dialogue.flow, dialogue.number)
    except NotFound:
        return None


def _start(way: _Way, flow_id: FlowId, before: Dialogue | None) -> Turn:
    flow = load_flow(way.tenant, flow_id)
    fresh = _fresh(way, flow.id, flow.number, flow.start)
    if before is not None:
        flows = (*before.flows, *fresh.flows)
        fresh = fresh.model_copy(update={"turns": before.turns, "began_at": before.began_at, "flows": flows})
    if flow_id in ("book", "reschedule"):
        moves = flow_id == "reschedule"
        wish = read_wish(way.tenant, way.clinic, way.contact, way.communication, moves=moves)
        fresh = fresh.model_copy(update={"data": {"wish": wish}}) if wish else fresh
    return _walk(way, flow, flow.start, fresh)


def _fresh(way: _Way, flow: str, number: int, node: str) -> Dialogue:
    return Dialogue(
        flow=flow,
        number=number,
        node=node,
        began_at=way.now,
        asked_at=way.now,
        flows=(f"{flow}.{number}",),
        reason=awaited(way.contact),
    )


def _walk(way: _Way, flow: Flow, name: str, dialogue: Dialogue) -> Turn:
    """From this node to the next that asks, or ends, doing what lies between."""
    data, found, writes = dict(dialogue.data), _listed(dialogue), list[Callable[[Any], None]]()
    before: list[str] = []
    for _ in range(DEEDS):
        node = flow.nodes[name]
        if not isinstance(node, Do):
            break
        scene = Scene(way.clinic, way.contact, way.communication, data, way.communication.text, way.now)
        done = do_deed(way.tenant, node.deed, scene)
        data |= done.data
        found, name = done.options or found, node.then[done.outcome]
        writes += done.writes
        before += [done.says] if done.says else []
    kept = {key: value for key, value in data.items() if key not in PASSING}
    there = dialogue.model_copy(update={"node": name, "data": kept})
    turn = _arrived(way, flow, there, data, found)
    return turn._replace(says=(*before, *turn.says), writes=tuple(writes))


def _listed(dialogue: Dialogue) -> Options:
    """What was found before, and offered with the last question."""
    return tuple(one for one in dialogue.options if one[0][0] not in "=!")


def _arrived(way: _Way, flow: Flow, dialogue: Dialogue, data: Mapping[str, str], found: Options) -> Turn:
    node = flow.nodes[dialogue.node]
    if isinstance(node, Jump) and len(dialogue.flows) < MOST_FLOWS:
        return _start(way, node.flow, dialogue)
    if isinstance(node, Do | Jump):
        return _over(dialogue, "failed")
    says = (_said(way, node.text, data),) if node.text else ()
    if isinstance(node, End):
        return Turn(_spoken(way, dialogue) if says else dialogue, says, ends=node.disposition)
    if not isinstance(node, Ask):
        return _over(dialogue, "flow", *says)
    options = _offered(way, node, found)
    asks = {"options": options, "yes_or_no": any(one.means for one in node.choices)}
    return Turn(_spoken(way, dialogue.model_copy(update=asks)), says)


def _offered(way: _Way, ask: Ask, found: Options) -> Options:
    """What is offered with a question, in the language that they write in by now."""
    language = way.contact.language
    return options_of(ask, found, language, texts.render("bot_person", language))


def _spoken(way: _Way, dialogue: Dialogue) -> Dialogue:
    return dialogue.model_copy(update={"turns": dialogue.turns + 1, "asked_at": way.now})


def _over(dialogue: Dialogue, reason: Reason, *says: str) -> Turn:
    why = dialogue.reason or reason
    return Turn(dialogue.model_copy(update={"state": "handed_over", "reason": why}), says)


def _said(way: _Way, words: Mapping[Any, str], data: Mapping[str, str]) -> str:
    known = {"clinic": way.clinic.name, "phone": way.clinic.phone, **data}
    return said(words, way.contact.language, known)


def _shown(way: _Way, chosen: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, and where it is a time (`<wall time>|<id>`), that in words."""
    known = dict(chosen)
    for value in chosen.values():
        if match := TIMED.fullmatch(value):
            moment = datetime.fromisoformat(match[1])
            known["date"], known["time"] = texts.when(moment, way.contact.language)
    return known
