"""What a reader relies on: short files, one verb a file, a tenant first, a clock that is read once."""

import pytest

from tests.architecture.sources import FUNCTIONS, Source, of, sources
from tests.cloud import TEMPLATE

HANDLER_LINES = 40
FILE_LINES = 300
FUNCTION_LINES = 40
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}

WITHOUT_TENANT = {
    "actions/acknowledge.py:due": "pure",
    "actions/again.py:again": "a decorator",
    "actions/again.py:insist": "a decorator",
    "actions/check_policy.py:check_policy": "pure",
    "actions/find_routes.py:ability": "pure; a channel's traits",
    "actions/follow.py:follow": "the change names its tenant",
    "actions/hear_call.py:hear_call": "finds the tenant by the number that was called",
    "actions/identify.py:new_id": "a random name",
    "actions/lean.py:forget": "empties the process's memory",
    "actions/lookup_caller.py:answer_flow": "finds the tenant by the number that was called",
    "actions/lookup_caller.py:spoken_name": "pure",
    "actions/measure.py:note": "the change names its tenant",
    "actions/name_import.py:name_import": "a random name",
    "actions/pace.py:forget": "empties the process's memory",
    "actions/read_intent.py:forget": "empties the process's memory",
    "actions/receive.py:greet": "the provider checks the platform's address",
    "actions/receive.py:receive": "finds the tenant of each event by its account",
    "actions/record_call.py:clinic_of": "finds the tenant by the number that was called",
    "actions/record_call.py:told": "pure",
    "actions/reword.py:reword": "pure",
    "actions/say_open.py:say_open": "pure",
    "actions/take_turns.py:begun_elsewhere": "pure; of all tenants",
    "actions/take_turns.py:take_turns": "goes through all tenants",
    "actions/tell.py:about_visit": "pure",
    "actions/write.py:filled": "pure",
    "actions/write.py:write": "pure",
    "store/mail.py:drop": "a mail may be to two clinics; SES names it",
    "store/mail.py:load": "a mail may be to two clinics; SES names it",
    "store/directory.py:business": "pure",
    "store/directory.py:clinic": "finds the tenant of an account",
    "store/directory.py:forget": "empties the process's cache",
    "store/directory.py:owner": "finds the tenant of an account",
    "store/directory.py:partition": "the key by which a tenant is found",
    "store/queues.py:digest": "pure",
    "store/queues.py:send": "every job's group, key and body name its tenant",
    "store/recent.py:forget": "empties the process's caches",
    "store/secrets.py:forget": "empties the process's cache",
    "store/secrets.py:webhook": "the platform's secret",
    "store/secrets.py:topics": "the platform's topics",
    "store/stream.py:change": "pure; the row's key names its tenant",
    "store/stream.py:new_notice": "pure; the row's key names its tenant",
    "store/stream.py:visit_change": "pure; the row's key names its tenant",
    "store/tenants.py:everyone": "lists all tenants",
    "store/templates.py:forget": "empties the process's cache",
    "store/tenants.py:forget": "empties the process's cache",
}
"""Reviewed: why these public functions are not given a tenant first."""

PLUMBING = {"store/clients.py", "store/keys.py", "store/rows.py"}
"""Below the store's functions: they know keys and clients, and no data of their own."""

NO_VERB = {
    "actions/__init__.py": "empty",
    "actions/withdraw_text_back.py": "gives the text-backs that its callers then save",
    "actions/zones.py": "constants only",
}

every_file = pytest.mark.parametrize("source", [pytest.param(one, id=one.name) for one in sources()])


def public(layer: str) -> dict[str, list[str]]:
    """`actions/reply.py:reply` → its arguments."""
    return {
        f"{source.name}:{function.name}": [argument.arg for argument in function.args.args]
        for source in of(layer)
        if source.name not in PLUMBING
        for function in source.public()
    }


@pytest.mark.parametrize("layer", ["actions", "store"])
def test_a_tenant_is_the_first_argument_of_all_that_reads_or_writes(layer: str) -> None:
    without = {name for name, arguments in public(layer).items() if arguments[:1] != ["tenant"]}
    assert without == {name for name in WITHOUT_TENANT if name.startswith(f"{layer}/")}


def test_an_action_is_found_under_its_verb() -> None:
    for source in of("actions"):
        verbs = {function.name for function in source.public()}
        assert source.path.stem in verbs or source.name in NO_VERB, source.name


@every_file
def test_nobody_below_the_functions_asks_a_clock(source: Source) -> None:
    asked = [call for call in source.calls() if call in CLOCKS]
    assert len(asked) <= (1 if source.layer == "functions" else 0)
    assert source.layer == "store" or "time.monotonic" not in source.calls()


@every_file
def test_a_file_is_short_and_says_what_it_is(source: Source) -> None:
    assert source.lines() <= FILE_LINES
    assert source.path.stem not in VAGUE


@every_file
def test_a_function_fits_on_a_screen(source: Source) -> None:
    long = [name for name, lines in source.function_lines().items() if lines > FUNCTION_LINES]
    assert not long


def test_a_handler_is_at_most_forty_lines() -> None:
    handlers = [one for one in of("functions") if one.path.parent == FUNCTIONS or one.path.stem == "app"]
    assert {one.name: one.lines() for one in handlers if one.lines() > HANDLER_LINES} == {}


def test_every_file_in_functions_is_a_function_of_the_template() -> None:
    there = {path.stem for path in FUNCTIONS.glob("*.py")} | {
        path.parent.name for path in FUNCTIONS.glob("*/app.py")
    }
    resources = TEMPLATE["Resources"].values()
    handlers = [
        one["Properties"]["Handler"] for one in resources if one["Type"] == "AWS::Serverless::Function"
    ]
    assert there == {handler.partition(".")[0] for handler in handlers}
