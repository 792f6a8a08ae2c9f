"""The console's words exist in every language, and for everything that the server may say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from recado.actions.note_interaction import Way
from recado.channels import MODULES, channel, family, needs
from recado.model import appointment, communication, contact, flow, patient, tenant
from recado.rules import (
    accounts,
    folds,
    health,
    kpi_access,
    kpi_authorisations,
    kpi_bot,
    kpi_follow_up,
    kpi_messages,
    kpi_retention,
    kpi_surveys,
    kpi_visits,
    preflight,
    settled,
)
from recado.rules.risk import features

CONSOLE = Path(__file__).parents[2] / "infra" / "console"
SOURCES = "\n".join(file.read_text() for file in sorted((CONSOLE / "src").glob("*.js")))
LANGUAGES = get_args(tenant.Language)

Catalogue = dict[str, str]


PARTS = sorted(file for file in (CONSOLE / "texts").iterdir() if file.is_dir())
"""Catalogues of what is fetched when it is first wanted."""


def catalogue(language: str) -> Catalogue:
    """The words in one language, those of every part of the page."""
    read: Catalogue = {}
    for folder in (CONSOLE / "texts", *PARTS):
        words: Catalogue = json.loads((folder / f"{language}.json").read_text())
        assert not read.keys() & words.keys()
        read |= words
    return read


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_there_is_one_catalogue_for_each_language_of_a_clinic() -> None:
    for folder in (CONSOLE / "texts", *PARTS):
        assert {file.stem for file in folder.glob("*.json")} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(catalogue(language)) == list(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_says_something_and_keeps_its_placeholders(language: str) -> None:
    english = catalogue("en")
    for key, text in catalogue(language).items():
        assert text.strip() == text != "", key
        assert placeholders(text) == placeholders(english[key]), key


def test_every_key_that_the_page_names_exists() -> None:
    keys = catalogue("en")
    for function, key in re.findall(r'\b(t|count|parts)\(\s*"([^"]+)"', SOURCES):
        assert (f"{key}.other" if function == "count" else key) in keys, key


def test_no_key_is_left_that_nothing_names() -> None:
    named = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)+)"', SOURCES))
    groups = set(re.findall(r'\bword\("([a-z_]+)"', SOURCES)) | set(re.findall(r"`([a-z_]+)\.\$\{", SOURCES))
    plurals = {f"{key}.{form}" for key in named for form in ("one", "other")}
    left = [key for key in catalogue("en") if key not in named | plurals and key.split(".")[0] not in groups]
    assert left == []


ORIGINS = (
    *("ad", "form", "frontdesk", "link", "marketplace", "optin", "page", "post"),
    *("printed_ad", "product", "story", folds.UNKNOWN),
)
"""What channels and the front desk say of what brought somebody; others are shown as they came."""

MEASURES = (kpi_access, kpi_authorisations, kpi_bot, kpi_follow_up, kpi_messages, kpi_retention, kpi_surveys)
FIGURES = tuple(one.id for module in (*MEASURES, kpi_visits) for one in module.KPIS)

WORDS: dict[str, tuple[Any, ...]] = {
    "message_state": get_args(communication.CommunicationState),
    "call": get_args(communication.CallOutcome),
    "purpose": tuple(set(get_args(communication.Purpose)) - {"conversation"}),
    "reason": get_args(contact.ContactReason),
    "confirmation": get_args(appointment.Confirmation),
    "reminder_reason": ("past", "late", "next_step", "started", "quiet_hours", "opted_out"),
    "reminder_state": get_args(appointment.Reminder.model_fields["state"].annotation),
    "language": LANGUAGES,
    "origin": ORIGINS,
    "breach": get_args(settled.Problem),
    "deed": get_args(flow.Deed),
    "figure": FIGURES,
    "figure_what": FIGURES,
    "flow": get_args(flow.FlowId),
    "outcome": tuple(one for outcomes in flow.OUTCOMES.values() for one in outcomes),
    "risk": (*features.BINNED, *features.SHARED),
    "neglect": tuple(set(get_args(health.Problem)) - {"unanswered"}),
    "account_state": get_args(tenant.Account.model_fields["state"].annotation),
    "account_id": ("other",),
    "trial": tuple(accounts.PROBLEMS),
    "preflight_state": ("running", "passed", "failed"),
    "probe_state": get_args(preflight.State),
    "keep": get_args(needs.Kept),
    "role": get_args(tenant.Role),
    "agent": get_args(tenant.AgentState),
    "patient_kind": get_args(patient.Patient.model_fields["kind"].annotation),
    "disposition": tenant.Tenant.model_fields["dispositions"].default,
    "queue": tenant.Tenant.model_fields["queues"].default,
}


@pytest.mark.parametrize("group", WORDS)
def test_every_value_of_the_model_that_the_page_shows_has_a_word(group: str) -> None:
    missing = [value for value in WORDS[group] if f"{group}.{value}" not in catalogue("en")]
    assert missing == []


NO_WEBHOOK = ("voice", *get_args(Way))
"""What a contact came by, beside the channels with a module."""

OURS: dict[str, set[str]] = {
    "channel": {*MODULES, *map(family, MODULES), *NO_WEBHOOK},
    "account_id": {name for name in MODULES if not channel(name).TRAITS.made_id} | {"other"},
    "need": {need.name for name in MODULES for need in channel(name).TRAITS.needs},
}
"""What a channel's module brings along. The page shows it without a word of ours, too."""


@pytest.mark.parametrize("group", OURS)
def test_no_word_is_left_for_a_channel_that_is_gone(group: str) -> None:
    named = {key.removeprefix(f"{group}.") for key in catalogue("en") if key.startswith(f"{group}.")}
    assert named <= OURS[group]


def test_what_came_by_no_module_has_a_word() -> None:
    assert [name for name in NO_WEBHOOK if f"channel.{name}" not in catalogue("en")] == []
