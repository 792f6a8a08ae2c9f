"""What the server may say in one word has a word on the page, also where only code says what there is."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import recado
from recado.actions import answer_survey
from recado.model import appointment, campaign, follow_up, notice, survey, waiting
from recado.rules import campaigns, missed, outcomes, pursuit, unconfirmed

from tests.console.test_catalogues import catalogue

LAYER = Path(recado.__file__).parent
FLOWS = [json.loads(file.read_text()) for file in (LAYER / "texts" / "flows").glob("*.json")]
ENDS = {"self_served", "given_up", "closed"}
"""Functions that close a contact by themselves."""
SKIPS = {"skipped", "_cancelled", "withdrawn", "put_off", "held", "unsent"}
"""Functions that say of a planned step why it does not go."""
STEPS = ("plans", "outreach", "reminders", "remind_visit", "reach_out", "withhold_review")
"""The modules of such steps."""


def trees(*names: str) -> list[ast.Module]:
    """The modules of these names; all rules and actions where none is named."""
    files = [file for folder in ("rules", "actions") for file in (LAYER / folder).rglob("*.py")]
    return [ast.parse(file.read_text()) for file in files if not names or file.stem in names]


def words(node: ast.AST) -> set[str]:
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def given_to(functions: set[str], tree: ast.Module) -> Iterator[str]:
    """The words with which these functions are called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in functions:
                yield from (word for one in [*node.args, *node.keywords] for word in words(one))


def limits(tree: ast.Module) -> Iterator[str]:
    """The names of what ends a step's use, the reasons that are returned, and those that hold unless said."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "limits":
            yield from words(node.slice)
        if isinstance(node, ast.BinOp) and getattr(node.left, "id", "") == "limits":
            yield from words(node.right)
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "str | None":
            yield from (
                word
                for one in ast.walk(node)
                if isinstance(one, ast.Return) and one.value
                for part in ([one.value.body] if isinstance(one.value, ast.IfExp) else [one.value])
                if isinstance(part, ast.Constant)
                for word in words(part)
            )
        if isinstance(node, ast.arguments):
            yield from (word for one in [*node.defaults, *node.kw_defaults] if one for word in words(one))


def dispositions() -> set[str]:
    """Of contacts that nobody had to close."""
    by_code = {word for tree in trees() for word in given_to(ENDS, tree)} - {"reached", "dialogue"}
    by_flow = {
        node["disposition"] for flow in FLOWS for node in flow["nodes"].values() if "disposition" in node
    }
    calls = {missed.ANSWERED, missed.SELF_SERVED, missed.WITHHELD, missed.REDIALLED, missed.MERGED}
    tries = {pursuit.UNREACHABLE, pursuit.OPTED_OUT, *get_args(follow_up.End)} - {"reached"}
    how = next(
        one
        for one in ast.walk(trees("unconfirmed")[0])
        if getattr(one, "name", "") == unconfirmed._how.__name__
    )
    asked = {word for one in ast.walk(how) if isinstance(one, ast.Return) for word in words(one)}
    return (
        by_code
        | by_flow
        | calls
        | tries
        | asked
        | outcomes.NO_MATTER
        | {answer_survey.DISPOSITION, "waiting_list"}
    )


def reasons() -> set[str]:
    """Why a planned step did not go."""
    return {word for tree in trees(*STEPS) for word in (*given_to(SKIPS, tree), *limits(tree))}


SETS = {
    "disposition": dispositions(),
    "reminder_reason": reasons(),
    "visit_change": get_args(appointment.Change),
    "attempt_outcome": get_args(follow_up.AttemptOutcome),
    "day_part": get_args(follow_up.DayPart),
    "waiting_state": get_args(waiting.WaitingState),
    "campaign_state": get_args(campaign.CampaignState),
    "campaign_purpose": get_args(campaign.CampaignPurpose),
    "campaign_text": tuple(text for texts in campaigns.TEXTS.values() for text in texts),
    "survey_kind": get_args(survey.SurveyKind),
    "notice_state": get_args(notice.NoticeState),
}


@pytest.mark.parametrize("group", SETS)
def test_every_word_of_the_server_has_one_of_ours(group: str) -> None:
    known = catalogue("en")
    assert [word for word in sorted(SETS[group]) if f"{group}.{word}" not in known] == []


def test_the_sets_are_not_empty() -> None:
    assert {"past", "late", "cap", "paused", "low_risk", "no_link"} <= reasons()
    assert {"surveyed", "waiting_list", "thanked", "unfinished", "merged"} <= dispositions()
