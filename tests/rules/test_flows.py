"""Flows that are saved can be gone through to an end, in every language, from wherever one is."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Invalid
from recado.model.dialogue import Dialogue
from recado.model.flow import Ask, Flow
from recado.model.tenant import Language
from recado.rules.flows.reading import PERSON, Heard, chosen, read_date, wants_to_wait
from recado.rules.flows.turns import next_move, options_of
from recado.rules.flows.validate import LANGUAGES, refuse_broken, texts_of
from recado.rules.flows.words import said, variables
from recado.rules.replies import read
from recado.texts import flows as shipped

from tests.samples import NOW

SHIPPED = {name: Flow.model_validate_json(shipped.default(name) or "") for name in shipped.names()}
every_flow = pytest.mark.parametrize("flow", SHIPPED.values(), ids=lambda one: one.id)

OK: dict[str, str] = dict.fromkeys(LANGUAGES, "OK")
GOOD: dict[str, Any] = {
    "id": "cancel",
    "start": "ask",
    "nodes": {
        "ask": {
            "kind": "ask",
            "text": OK,
            "choices": [
                {"id": "yes", "title": OK, "next": "done", "means": "yes"},
                {"id": "no", "title": dict.fromkeys(LANGUAGES, "Not OK"), "next": "person"},
            ],
        },
        "done": {"kind": "end", "disposition": "informed"},
        "person": {"kind": "person"},
    },
}


def drawn(**nodes: Any) -> Flow:
    """The good flow with other nodes; one that is None is left out."""
    flow = deepcopy(GOOD)
    flow["nodes"] |= nodes
    flow["nodes"] = {name: node for name, node in flow["nodes"].items() if node is not None}
    return Flow.model_validate(flow)


@every_flow
def test_every_flow_that_ships_can_be_gone_through(flow: Flow) -> None:
    refuse_broken(flow)


@every_flow
def test_every_text_that_ships_is_short_and_polite_in_all_languages(flow: Flow) -> None:
    for node in flow.nodes.values():
        for words in texts_of(node):
            assert set(words) == set(LANGUAGES)
            for text in words.values():
                assert text == text.strip()
                assert len(text) <= 300


@every_flow
def test_every_question_has_few_enough_options_for_a_list(flow: Flow) -> None:
    found = (("a", "1"), ("b", "2"), ("c", "3"))
    for node in flow.nodes.values():
        if isinstance(node, Ask):
            options = options_of(node, found, "en", "Talk to a person")
            assert len(options) <= 10
            assert options[-1][0] == PERSON
            assert len({title for _, title in options}) == len(options)


CHOICES = GOOD["nodes"]["ask"]["choices"]
END = {"kind": "end", "disposition": "informed"}
RESULT = dict.fromkeys(("ready", "link", "waiting", "none"), "person")
LISTED = {"kind": "ask", "text": OK, "among": "visits", "saves": "visit", "next": "person"}


def saying(text: str) -> dict[str, Any]:
    return {**END, "text": dict.fromkeys(LANGUAGES, text)}


def doing(deed: str, **then: str) -> dict[str, Any]:
    return {"kind": "do", "deed": deed, "then": then}


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing leads there": ({"lost": {"kind": "person"}}, "nodes.lost"),
    "it leads nowhere": ({"done": None}, "nodes.ask"),
    "a language is missing": (
        {"ask": {"kind": "ask", "text": {"en": "OK"}, "choices": CHOICES}},
        "nodes.ask",
    ),
    "nothing to choose from": ({"ask": {"kind": "ask", "text": OK}}, "nodes.ask"),
    "kept under no name": ({"ask": {"kind": "ask", "text": OK, "expects": "date"}}, "nodes.ask"),
    "a list that was not found": ({"ask": LISTED, "done": None}, "nodes.ask.among"),
    "a date that is not known": ({"done": saying("{date}")}, "nodes.done.text"),
    "no such variable": ({"done": saying("{diagnosis}")}, "nodes.done.text"),
    "an outcome leads nowhere": ({"done": doing("cancel_visit", done="person")}, "nodes.done.then"),
    "a circle": ({"done": doing("stop_messages", done="done")}, "nodes.done"),
    "no such field": ({"done": {**END, "note": "x"}}, "nodes.done"),
    "no such field of a choice": (
        {"ask": {"kind": "ask", "text": OK, "choices": [{**one, "jump": "menu"} for one in CHOICES]}},
        "nodes.ask",
    ),
    "no such node": ({"done": doing("stop_messages", done="nowhere")}, "nodes.done"),
    "a result of nobody knows whom": ({"done": doing("find_result", **RESULT)}, "nodes.done"),
}


@pytest.mark.parametrize(("nodes", "at"), FAULTS.values(), ids=FAULTS)
def test_a_flow_with_a_fault_is_refused_where_the_fault_is(nodes: dict[str, Any], at: str) -> None:
    with pytest.raises(Invalid) as caught:
        refuse_broken(drawn(**nodes))
    assert caught.value.field == at


def test_a_good_flow_is_not() -> None:
    refuse_broken(drawn())


def heard(text: str, intent: str = "oos", *, sure: bool = False, payload: str | None = None) -> Heard:
    return Heard(text, payload, read(text), intent, sure, TODAY)


def asked(flow: Flow, node: str, *found: tuple[str, str], language: Language = "es") -> Dialogue:
    """They were asked this, with what was found."""
    ask = flow.nodes[node]
    assert isinstance(ask, Ask)
    options = options_of(ask, found, language, "Hablar con alguien")
    return Dialogue(flow=flow.id, number=0, node=node, options=options, turns=2, began_at=NOW, asked_at=NOW)


@pytest.mark.parametrize(
    "text",
    ["1", "sí", "si", "SI", "sii ok 👍", "👍", "vale", "claro que si, gracias", "Sí, anularla", "uno",
     "anularla", "opción 1", "la primera", "sim", "yes", "d'acord", "va bene"],
)  # fmt: skip
def test_a_yes_is_a_yes_however_it_is_written(text: str) -> None:
    assert next_move(SHIPPED["cancel"], asked(SHIPPED["cancel"], "ask"), heard(text)).node == "cancel"


@pytest.mark.parametrize("text", ["3", "no", "nooo", "No, mantenerla", "mantenrela", "👎", "la tercera"])
def test_a_no_is_a_no(text: str) -> None:
    assert next_move(SHIPPED["cancel"], asked(SHIPPED["cancel"], "ask"), heard(text)).node == "kept"


@pytest.mark.parametrize("text", ["4", "persona", "hablar con alguien", "ALGUIEN", "agente"])
def test_a_person_is_there_at_every_question(text: str) -> None:
    for flow in SHIPPED.values():
        for name, node in flow.nodes.items():
            if isinstance(node, Ask):
                dialogue = asked(flow, name)
                number = str(len(dialogue.options)) if text == "4" else text
                assert next_move(flow, dialogue, heard(number)).what == "person", (flow.id, name)


@pytest.mark.parametrize("text", ["9", "0", "quizás", "¿sí?", "no sé si puedo o no", "sí y no"])
def test_what_is_not_clear_is_asked_again(text: str) -> None:
    assert next_move(SHIPPED["cancel"], asked(SHIPPED["cancel"], "ask"), heard(text)).what == "again"


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    ["vorrei mettermi in lista d'attesa", "lista di attesa", "me pone en lista de espera, por favor",
     "quero entrar na lista de espera", "voldria entrar a la llista d'espera", "put me on the waiting list"],
)  # fmt: skip
def test_who_asks_for_the_waiting_list_is_understood(text: str) -> None:
    assert wants_to_wait(text)


@pytest.mark.parametrize(
    "text",
    ["mi tolga dalla lista d'attesa", "take me off the waiting list", "quanto è lunga la lista d'attesa?",
     "já saí da lista de espera, não quero mais", "vorrei prenotare una visita"],
)  # fmt: skip
def test_who_speaks_otherwise_of_it_is_not_put_on_it(text: str) -> None:
    assert not wants_to_wait(text)


SLOTS = (("2026-11-25T09:00|costa", "mié 25/11 9:00"), ("2026-11-26T15:30|costa", "jue 26/11 15:30"))


@pytest.mark.parametrize("text", ["2", "jue", "26/11", "15:30", "el jue 26/11 a las 15:30", "la segunda"])
def test_a_time_is_chosen_by_any_part_of_it(text: str) -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    assert next_move(SHIPPED["book"], dialogue, heard(text)).data == {"slot": SLOTS[1][0]}


@pytest.mark.parametrize(
    "text",
    ["jueves", "el jueves a las 15:30", "mañana por la tarde", "a las 15:30", "a las 3 y media",
     "giovedì alle 15:30", "quinta à tarde", "dijous a la tarda", "Thursday at 3:30pm please",
     "por la tarde", "domani", "a la tarde mejor"],
)  # fmt: skip
def test_a_time_is_chosen_by_its_day_its_hour_or_a_part_of_the_day(text: str) -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    assert next_move(SHIPPED["book"], dialogue, heard(text)).data == {"slot": SLOTS[1][0]}


@pytest.mark.parametrize("text", ["el jueves no", "no puedo el jueves a las 15:30"])
def test_a_time_that_is_not_wanted_is_not_chosen(text: str) -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    assert next_move(SHIPPED["book"], dialogue, heard(text)).what == "again"


@pytest.mark.parametrize("text", ["viernes", "a las 4", "por la noche", "jueves a las 9"])
def test_a_time_that_is_not_offered_is_looked_for(text: str) -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    move = next_move(SHIPPED["book"], dialogue, heard(text))
    assert (move.what, move.node, move.data["offered"]) == ("go", "slots", "")
    assert move.data["wish"]
    cancels = heard(text)._replace(intent="cancel", sure=True)
    assert not next_move(SHIPPED["book"], dialogue, cancels).data


@pytest.mark.parametrize(
    ("text", "intent", "what", "flow"),
    [
        ("quanto costa una visita?", "price", "aside", "question"),
        ("devo spostare la visita", "reschedule", "switch", "reschedule"),
        ("voglio disdire la visita", "cancel", "switch", "cancel"),
    ],
)
def test_who_wants_something_else_of_a_visit_does_not_choose_it(
    text: str, intent: str, what: str, flow: str
) -> None:
    types = (("t1", "Consulto"), ("t2", "Visita"))
    dialogue = asked(SHIPPED["book"], "which", *types, language="it")
    move = next_move(SHIPPED["book"], dialogue, heard(text, intent, sure=True))
    assert (move.what, move.flow) == (what, flow)
    for chosen_by in ("vorrei una visita", "visita", "la visita"):
        assert next_move(SHIPPED["book"], dialogue, heard(chosen_by, "book", sure=True)).data == {
            "type": "t2"
        }


def test_a_part_that_two_times_share_chooses_none() -> None:
    twins = (("2026-11-25T09:00|costa", "mié 25/11 9:00"), ("2026-11-26T09:00|costa", "jue 26/11 9:00"))
    dialogue = asked(SHIPPED["book"], "offer", *twins)
    assert next_move(SHIPPED["book"], dialogue, heard("9:00")).what == "again"


def test_a_button_of_an_older_turn_is_no_number() -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    assert next_move(SHIPPED["book"], dialogue, heard("Reservar", payload="do:1:2")).what == "again"
    assert next_move(SHIPPED["book"], dialogue, heard("jue", payload="do:2:2")).data == {"slot": SLOTS[1][0]}


def test_another_matter_goes_to_its_flow_and_a_question_is_answered_aside() -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS)
    other = next_move(
        SHIPPED["book"], dialogue, heard("mejor quiero cancelar la que tengo", "cancel", sure=True)
    )
    assert (other.what, other.flow) == ("switch", "cancel")
    aside = next_move(SHIPPED["book"], dialogue, heard("¿a qué hora abren?", "hours", sure=True))
    assert (aside.what, aside.flow) == ("aside", "hours")


def test_twice_not_understood_is_a_persons_matter() -> None:
    dialogue = asked(SHIPPED["book"], "offer", *SLOTS).model_copy(update={"failures": 1})
    move = next_move(SHIPPED["book"], dialogue, heard("xyzzy plugh frob"))
    assert (move.what, move.reason) == ("person", "failed")


def test_a_flow_or_a_node_that_is_gone_is_a_persons_matter() -> None:
    dialogue = asked(SHIPPED["book"], "offer")
    assert next_move(None, dialogue, heard("1")).what == "person"
    gone = dialogue.model_copy(update={"node": "gone"})
    assert next_move(SHIPPED["book"], gone, heard("1")).what == "person"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("17/05/1980", "1980-05-17"),
        ("17.5.1980", "1980-05-17"),
        ("17 de 05 de 1980", "1980-05-17"),
        ("1980-05-17", "1980-05-17"),
        ("17051980", "1980-05-17"),
        ("17 de maio de 1980", "1980-05-17"),
        ("17 d'ottobre 1980", "1980-10-17"),
        ("17th of May, 1980", "1980-05-17"),
        ("1 de maig del 1980", "1980-05-01"),
        ("31/02/1980", None),
        ("17/05/80", None),
        ("maio", None),
        ("", None),
    ],
)
def test_a_date_is_read_with_its_day_first(text: str, date: str | None) -> None:
    found = read_date(text)
    assert (found.isoformat() if found else None) == date


@given(st.text(max_size=80), st.sampled_from(sorted(SHIPPED)))
def test_whatever_is_said_a_move_is_one_that_the_flow_has(text: str, name: str) -> None:
    flow = SHIPPED[name]
    for at, node in flow.nodes.items():
        if isinstance(node, Ask):
            dialogue = asked(flow, at, *SLOTS)
            move = next_move(flow, dialogue, heard(text))
            assert move.what != "go" or move.node in flow.nodes
            value = chosen(flow, node, dialogue, heard(text))
            assert node.expects != "choice" or value is None or value in dict(dialogue.options)


@given(st.text(max_size=40))
def test_a_value_stays_a_value(name: str) -> None:
    assert said(dict.fromkeys(LANGUAGES, "Oi {clinic}!"), "es", {"clinic": name}) == f"Oi {name}!"
    assert variables("a {b} {c}") == {"b", "c"}


def test_a_number_without_end_is_no_date() -> None:
    assert read_date("1" * 5000 + " de maio de 2000") is None
