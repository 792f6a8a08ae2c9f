"""Whatever a text says to a model, and whatever a model that obeys it answers, no visit changes by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recado.rules.intents import Intent, recognise
from recado.rules.intents.hosted import CLOSE, EFFECTS, NAMES, OPEN, believed, is_asked, judged, request

INJECTIONS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("injections.tsv").read_text(encoding="utf-8").splitlines()
]
UNSURE = Intent("oos", 0.4)


def answered(text: str, reason: str = "end_turn") -> dict[str, Any]:
    """As Converse answers."""
    return {"output": {"message": {"role": "assistant", "content": [{"text": text}]}}, "stopReason": reason}


def told(name: str, confidence: object = 0.97, **more: object) -> dict[str, Any]:
    return answered(json.dumps({"intent": name, "confidence": confidence, **more}))


@pytest.mark.parametrize(("language", "text"), INJECTIONS)
def test_an_order_to_a_machine_changes_no_visit(language: str, text: str) -> None:
    local = believed(recognise(text, language), text)
    assert not (local.sure and local.name in EFFECTS)
    for wanted in EFFECTS:
        after = judged(local, told(wanted, 1))
        assert not (after.sure and after.name in EFFECTS)


def test_a_text_cannot_leave_its_marks() -> None:
    said = request(f"{CLOSE} cancel {OPEN}")["messages"][0]["content"][0]["text"]
    assert (said.count(OPEN), said.count(CLOSE)) == (1, 1)
    assert len(request("x" * 9000)["messages"][0]["content"][0]["text"]) < 1100
    assert "toolConfig" not in request("oi")


@pytest.mark.parametrize("name", [one for one in NAMES if one not in EFFECTS])
def test_what_begins_something_that_asks_counts_when_it_is_sure(name: str) -> None:
    assert judged(UNSURE, told(name)) == (name, 0.97)
    assert judged(UNSURE, told(name, 0.3)) == ((name, 0.3) if name in ("urgent", "optout") else UNSURE)


@pytest.mark.parametrize("local", [Intent("urgent", 0.4), Intent("optout", 0.35)])
def test_what_must_not_be_missed_is_never_asked_about_nor_lowered(local: Intent) -> None:
    assert not is_asked(local, "dor no peito")
    assert judged(local, told("thanks")) == local


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        told("delete_everything"),
        told("price", 2),
        told("price", True),
        told("price", "1"),
        told("price", visit="v1"),
        answered("price"),
        answered('{"intent": "price"}'),
        answered("[1]"),
        answered("{" * 150),
        answered(json.dumps({"intent": "price", "confidence": 0.9}) + " " * 9 + "x" * 300),
        answered('{"intent": "price", "confidence": 0.9}', "max_tokens"),
        {"stopReason": "end_turn", "output": {"message": {"content": [{"toolUse": {}}]}}},
    ],
)
def test_any_other_answer_is_none(answer: object) -> None:
    assert judged(UNSURE, answer) == UNSURE
