"""Amazon Connect's flows: accepted by Connect, never a dead end, and what a caller hears."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from recado.actions.lookup_caller import answer_flow
from recado.channels.connect import FAILED

from infra.connect.embed import KINDS, TEMPLATE, embedded, flow, laid_out
from infra.connect.lint import Action, Flow, exits, problems, reachable
from infra.local.template import load
from tests import calls
from tests.samples import NOW

VOICE = load(TEMPLATE)
NAMES = sorted(KINDS)
ANSWER = {
    "status": "ok",
    "has_next": "true",
    "greeting": "Olá, Maria.",
    "next": "Sua próxima consulta",
    "options": "Para ouvir de novo",
    "transfer": "Um momento",
}


def actions(name: str) -> dict[str, Action]:
    return {action["Identifier"]: action for action in flow(name)["Actions"]}


def of_type(name: str, kind: str) -> list[Action]:
    return [action for action in flow(name)["Actions"] if action["Type"] == kind]


@pytest.mark.parametrize("name", NAMES)
def test_connect_would_take_the_flow(name: str) -> None:
    assert problems(laid_out(flow(name)), KINDS[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_way_ends_in_a_queue_or_with_a_word(name: str) -> None:
    ends = {"TransferContactToQueue", "DisconnectParticipant"}
    known = actions(name)
    for start in known:
        assert {known[end]["Type"] for end in reachable(flow(name), start)} & ends


def test_when_we_cannot_say_who_calls_the_next_thing_is_the_queue() -> None:
    known = actions("inbound")
    assert dict(exits(known["Who calls"]))["NoMatchingError"] == "Choose queue"
    assert dict(exits(known["Known who"]))["NoMatchingCondition"] == "Choose queue"
    assert dict(exits(known["Choose queue"]))["next"] == "Queue"
    assert known["Queue"]["Type"] == "TransferContactToQueue"


def test_every_error_before_the_queue_still_leads_to_it() -> None:
    after_the_queue = {"Choose queue", "Queue", "Owe a call", "Promise a call", "Apologise", "Goodbye"}
    for name, action in actions("inbound").items():
        for error in action["Transitions"].get("Errors", ()):
            if name not in after_the_queue:
                assert "Queue" in reachable(flow("inbound"), error["NextAction"]), name


def test_an_error_in_the_waiting_flow_goes_on_waiting() -> None:
    for action in actions("waiting").values():
        for error in action["Transitions"].get("Errors", ()):
            if action["Identifier"] != "Promise a call":
                assert error["NextAction"] == "Wait"


def placeholders(value: str) -> set[str]:
    return set(re.findall(r"\$\{([^!}]+)\}", value))


@pytest.mark.parametrize("name", NAMES)
def test_every_placeholder_is_something_of_the_template(name: str) -> None:
    known = {**VOICE["Parameters"], **VOICE["Resources"]}
    for placeholder in placeholders(json.dumps(flow(name))):
        assert placeholder.split(".")[0] in known


@pytest.mark.parametrize("name", NAMES)
def test_what_a_deploy_fills_in_is_bound_in_one_place(name: str) -> None:
    for action in flow(name)["Actions"]:
        if action["Type"] != "UpdateFlowAttributes":
            assert not placeholders(json.dumps(action))


@pytest.mark.parametrize("name", NAMES)
def test_flow_attributes_that_are_used_are_bound(name: str) -> None:
    bound = set(actions(name)["Bind"]["Parameters"]["FlowAttributes"])
    assert set(re.findall(r"\$\.FlowAttributes\.(\w+)", json.dumps(flow(name)))) == bound


@pytest.mark.usefixtures("clinic")
def test_the_flows_use_only_what_the_function_answers() -> None:
    answered = {key for step in ("lookup", "callback") for key in answer_flow(calls.flow(step), NOW)}
    for name in ("inbound", "waiting"):  # of the other one see tests/actions/test_answer_call.py
        assert set(re.findall(r"\$\.External\.(\w+)", json.dumps(flow(name)))) <= answered


def test_the_waiting_flow_uses_only_what_the_call_remembers() -> None:
    remembered = set(actions("inbound")["Remember"]["Parameters"]["Attributes"])
    for name in NAMES:
        assert set(re.findall(r"\$\.Attributes\.(\w+)", json.dumps(flow(name)))) <= remembered


def test_no_name_and_no_visit_is_left_in_connects_own_records() -> None:
    for name in NAMES:
        for action in of_type(name, "UpdateContactAttributes"):
            assert not {"name", "greeting", "next"} & set(action["Parameters"]["Attributes"])
        for action in of_type(name, "UpdateFlowLoggingBehavior"):
            assert action["Parameters"] == {"FlowLoggingBehavior": "Disabled"}


def test_the_template_holds_the_flows_as_they_are_written() -> None:
    written = TEMPLATE.read_text()
    assert embedded(written) == written, "run python -m infra.connect.embed"
    named = (("InboundFlow", "inbound"), ("WaitingFlow", "waiting"), ("ReminderFlow", "reminder"))
    for resource, name in named:
        properties = VOICE["Resources"][resource]["Properties"]
        assert json.loads(properties["Content"]["Fn::Sub"]) == laid_out(flow(name))
        assert properties["Type"] == KINDS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_designer_finds_every_action_in_a_place_of_its_own(name: str) -> None:
    places = laid_out(flow(name))["Metadata"]["ActionMetadata"]
    assert set(places) == set(actions(name))
    assert len({tuple(place["position"].values()) for place in places.values()}) == len(places)


# What a caller hears: the flow, run with what the function answers and what the caller does.


def heard(
    name: str,
    external: dict[str, Any],
    does: Callable[[Action], str],
    answers: Iterator[dict[str, Any]] | None = None,
) -> list[str]:
    """The texts and ends of a call; `does` names the way out of an action, where there is a choice. Each of
    our `answers` takes the place of the one before."""
    known, here, said, rounds = actions(name), flow(name)["StartAction"], list[str](), 0
    for _ in range(100):
        action = known[here]
        if answers and action["Type"] == "InvokeLambdaFunction":
            external = next(answers)
        said += spoken(action, external)
        if action["Type"] in ("DisconnectParticipant", "TransferContactToQueue") and does(action) == "next":
            return [*said, action["Identifier"]]
        ways = dict(exits(action))
        way = does(action)
        if action["Type"] == "Compare":
            value = external.get(action["Parameters"]["ComparisonValue"].rpartition(".")[2])
            way = str(value) if value in ways else "NoMatchingCondition"
        if action["Type"] == "Loop":
            rounds += 1
            way = "ContinueLooping" if rounds <= int(action["Parameters"]["LoopCount"]) else "DoneLooping"
        here = ways[way]
    raise AssertionError("the call never ends")


def spoken(action: Action, external: dict[str, Any]) -> Iterator[str]:
    text = action["Parameters"].get("Text", "")
    if text.startswith("$.External."):
        yield external.get(text.removeprefix("$.External."), "")


def presses(**keys: str) -> Callable[[Action], str]:
    return lambda action: keys.get(action["Identifier"].replace(" ", "_"), "next")


def test_a_caller_who_says_nothing_hears_what_is_next_and_gets_a_person() -> None:
    said = heard("inbound", ANSWER, presses(Menu="InputTimeLimitExceeded"))
    assert said == ["Olá, Maria.", "Sua próxima consulta", "Para ouvir de novo", "Um momento", "Queue"]


def test_a_caller_with_nothing_booked_goes_straight_to_a_person() -> None:
    said = heard("inbound", ANSWER | {"has_next": "false"}, presses())
    assert said == ["Olá, Maria.", "Um momento", "Queue"]


def test_a_caller_may_hear_it_again_but_not_for_ever() -> None:
    said = heard("inbound", ANSWER, presses(Menu="1"))
    assert said.count("Sua próxima consulta") == 3
    assert said[-1] == "Queue"


def test_a_caller_who_needs_no_more_is_wished_well() -> None:
    said = heard("inbound", ANSWER | {"say": "Até logo."}, presses(Menu="2"))
    assert said[-2:] == ["Até logo.", "Hang up"]


def test_a_caller_whom_we_cannot_look_up_gets_a_person_and_no_half_sentence() -> None:
    assert heard("inbound", FAILED, presses()) == ["Queue"]
    assert heard("inbound", {}, presses(Who_calls="NoMatchingError")) == ["Queue"]


def test_a_caller_who_finds_the_queue_full_is_promised_a_call() -> None:
    full = presses(Menu="InputTimeLimitExceeded", Queue="QueueAtCapacity")
    said = heard("inbound", ANSWER | {"say": "Ligamos de volta"}, full)
    assert said[-2:] == ["Ligamos de volta", "Hang up"]


def test_a_caller_who_waits_may_ask_to_be_called() -> None:
    said = heard("waiting", {"status": "ok", "say": "Ligamos de volta"}, presses(Offer_a_callback="1"))
    assert said == ["Ligamos de volta", "Hang up"]


# What somebody hears whom we call.

CALLED = {"status": "ok", "say": "Sua consulta é amanhã", "options": "Para confirmar", "goodbye": "Até logo"}


@pytest.mark.parametrize(
    ("key", "status", "end"),
    [("1", "ok", "Hang up"), ("2", "ok", "Hang up"), ("0", "person", "Queue"), ("1", "error", "Queue")],
)
def test_a_key_is_thanked_for_or_leads_to_a_person(key: str, status: str, end: str) -> None:
    answers = iter([CALLED, {"status": status, "say": "Obrigado"}])
    said = heard("reminder", {}, presses(Menu=key), answers)
    assert said[:2] == ["Sua consulta é amanhã", "Para confirmar"]
    assert said[2:] == [*(["Obrigado"] if status != "error" else []), end]


def test_who_presses_nothing_hears_it_twice_and_a_machine_is_not_talked_to_for_ever() -> None:
    said = heard("reminder", CALLED, presses(Menu="InputTimeLimitExceeded"))
    assert said == ["Sua consulta é amanhã", "Para confirmar"] * 2 + ["Até logo", "Hang up"]


def test_when_there_is_nothing_to_say_any_more_nobody_waits_in_a_queue() -> None:
    assert heard("reminder", FAILED, presses()) == ["Hang up"]
    assert heard("reminder", {}, presses(What_to_say="NoMatchingError")) == ["Hang up"]


# The linter finds what Connect would refuse.


def broken(change: Callable[[dict[str, Action]], object]) -> list[str]:
    bad: Flow = copy.deepcopy(flow("inbound"))
    change({action["Identifier"]: action for action in bad["Actions"]})
    return problems(bad, "CONTACT_FLOW")


FAULTS: dict[str, tuple[Callable[[dict[str, Action]], object], str]] = {
    "a dangling way": (lambda a: a["Greet"]["Transitions"].update(NextAction="Nowhere"), "leads to nowhere"),
    "a lost error branch": (lambda a: a["Menu"]["Transitions"]["Errors"].pop(), "the branch"),
    "an unknown action": (lambda a: a["Greet"].update(Type="PlayPrompt"), "do not know"),
    "a queue that takes parameters": (
        lambda a: a["Queue"]["Parameters"].update(QueueId="x"),
        "no parameters",
    ),
    "a number on the wire": (lambda a: a["Menu"]["Parameters"].update(InputTimeLimitSeconds=5), "strings"),
    "a menu that validates": (lambda a: a["Menu"]["Parameters"].update(InputValidation={}), "validates"),
    "a menu that stores": (lambda a: a["Menu"]["Parameters"].update(StoreInput="True"), "stores"),
    "a key that no phone has": (
        lambda a: a["Menu"]["Transitions"]["Conditions"][0]["Condition"].update(Operands=["A"]),
        "no key",
    ),
    "a function that may take 9 s": (
        lambda a: a["Who calls"]["Parameters"].update(InvocationTimeLimitSeconds="9"),
        "out of bounds",
    ),
    "an end that goes on": (lambda a: a["Hang up"]["Transitions"].update(NextAction="Greet"), "lead nowhere"),
    "a forbidden name": (lambda a: a["Greet"].update(Identifier="a/b"), "refuses"),
    "an orphan": (lambda a: a["Known who"]["Transitions"].update(Conditions=[]), "never reached"),
    "two texts at once": (lambda a: a["Greet"]["Parameters"].update(SSML="<speak/>"), "exactly one"),
    "a loop without its end": (
        lambda a: a["Say it a few times"]["Transitions"]["Conditions"].pop(),
        "DoneLooping",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_linter_finds(fault: str) -> None:
    change, expected = FAULTS[fault]
    assert any(expected in problem for problem in broken(change)), broken(change)


def test_the_linter_knows_where_an_action_may_be() -> None:
    assert any("may not be in" in problem for problem in problems(flow("inbound"), "CUSTOMER_QUEUE"))


def test_a_flow_that_turns_in_a_circle_is_a_dead_end() -> None:
    circle = {"Identifier": "a", "Type": "MessageParticipant", "Parameters": {"Text": "x"}}
    turning = {
        "Version": "2019-10-30",
        "StartAction": "a",
        "Actions": [circle | {"Transitions": {"NextAction": "a"}}],
    }
    assert "a: a dead end" in problems(turning, "CONTACT_FLOW")


# What stands around the flows.


def resources(kind: str) -> dict[str, Any]:
    return {name: one for name, one in VOICE["Resources"].items() if one["Type"] == kind}


def test_only_our_instance_may_invoke_the_function() -> None:
    permission = VOICE["Resources"]["FlowMayInvoke"]["Properties"]
    assert permission["Principal"] == "connect.amazonaws.com"
    assert permission["SourceArn"] == {"Ref": "ConnectInstanceArn"}
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_the_event_rule_takes_every_kind_of_contact_event_of_our_instance_alone() -> None:
    pattern = VOICE["Resources"]["ContactEvents"]["Properties"]["EventPattern"]
    assert pattern == {
        "source": ["aws.connect"],
        "detail-type": ["Amazon Connect Contact Event"],
        "resources": [{"Ref": "ConnectInstanceArn"}],
    }


def test_contact_records_are_encrypted_and_none_is_given_up_silently() -> None:
    stream = VOICE["Resources"]["ContactRecords"]["Properties"]
    mapping = VOICE["Resources"]["RecordsReachVoice"]["Properties"]
    assert stream["StreamEncryption"]["EncryptionType"] == "KMS"
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["Failures", "Arn"]}
    assert "KmsMasterKeyId" in VOICE["Resources"]["Failures"]["Properties"]
    watched = [
        alarm["Properties"]["Dimensions"][0]["Value"]
        for alarm in resources("AWS::CloudWatch::Alarm").values()
    ]
    assert {"Fn::GetAtt": ["Failures", "QueueName"]} in watched


def test_the_functions_new_rights_are_named_one_by_one() -> None:
    for statement in VOICE["Resources"]["VoiceAccess"]["Properties"]["PolicyDocument"]["Statement"]:
        assert not [action for action in statement["Action"] if "*" in action]
        assert "Fn::GetAtt" in statement["Resource"]


def test_the_main_template_gives_the_nested_one_exactly_what_it_asks_for() -> None:
    given = load(TEMPLATE.parents[1] / "template.yaml")["Resources"]["Voice"]["Properties"]["Parameters"]
    asked = {name for name, parameter in VOICE["Parameters"].items() if "Default" not in parameter}
    assert asked == set(given)
