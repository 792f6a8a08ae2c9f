"""What Connect's CreateContactFlow would refuse in a flow, found here.

AWS publishes no schema; a refusal would otherwise come in the middle of a deploy. Only the actions that our
flows use are known: add a line to RULES before using another.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Flow = dict[str, Any]
Action = dict[str, Any]

MAX_CONTENT = 256_000
MAX_ACTIONS = 250
MAX_IDENTIFIER = 50
LAMBDA_SECONDS = range(1, 9)
LOOPS = range(101)

_FORBIDDEN = set("%:(\\/)=$,;[]{}")
_RESERVED = {
    "constructor",
    "toString",
    "__proto__",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
}
_KEY = re.compile(r"[0-9*#]")
_CALL, _WAIT = "CONTACT_FLOW", "CUSTOMER_QUEUE"
_BOTH = (_CALL, _WAIT)
_ERROR, _NO_MATCH = "NoMatchingError", "NoMatchingCondition"


class Rule(NamedTuple):
    """What an action needs: the flow types it may be in, its parameters, error branches and conditions."""

    flows: tuple[str, ...] = _BOTH
    needs: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    conditions: tuple[str, ...] | None = None
    """Exactly these operands; none: whatever they are."""
    terminal: bool = False


RULES = {
    "CheckHoursOfOperation": Rule(errors=(_ERROR,), conditions=("False", "True")),
    "Compare": Rule(needs=("ComparisonValue",), errors=(_NO_MATCH,)),
    "DisconnectParticipant": Rule(terminal=True),
    "EndFlowExecution": Rule(flows=(_WAIT,), terminal=True),
    "GetParticipantInput": Rule(
        needs=("InputTimeLimitSeconds", "StoreInput"), errors=("InputTimeLimitExceeded", _NO_MATCH, _ERROR)
    ),
    "InvokeLambdaFunction": Rule(needs=("LambdaFunctionARN", "InvocationTimeLimitSeconds"), errors=(_ERROR,)),
    "Loop": Rule(needs=("LoopCount",), conditions=("ContinueLooping", "DoneLooping")),
    "MessageParticipant": Rule(),
    "MessageParticipantIteratively": Rule(
        flows=(_WAIT,), needs=("Messages",), conditions=("MessagesInterrupted",)
    ),
    "TransferContactToQueue": Rule(flows=(_CALL,), errors=("QueueAtCapacity", _ERROR)),
    "UpdateContactAttributes": Rule(needs=("Attributes",), errors=(_ERROR,)),
    "UpdateContactEventHooks": Rule(needs=("EventHooks",), errors=(_ERROR,)),
    "UpdateContactTargetQueue": Rule(flows=(_CALL,), needs=("QueueId",), errors=(_ERROR,)),
    "UpdateContactTextToSpeechVoice": Rule(needs=("TextToSpeechVoice",), errors=(_ERROR,)),
    "UpdateFlowAttributes": Rule(needs=("FlowAttributes",)),
    "UpdateFlowLoggingBehavior": Rule(needs=("FlowLoggingBehavior",)),
}


def problems(flow: Flow, kind: str) -> list[str]:
    """What is wrong with a flow of this type (CONTACT_FLOW or CUSTOMER_QUEUE); nothing when it is fine."""
    return [*_envelope(flow), *_graph(flow)] + [
        f"{action['Identifier']}: {problem}"
        for action in flow["Actions"]
        for problem in (*_action(action, kind), *_parameters(action), *_branches(action))
    ]


def exits(action: Action) -> Iterator[tuple[str, str]]:
    """Every way out of an action: why, and whereto."""
    ways = action["Transitions"]
    if "NextAction" in ways:
        yield "next", ways["NextAction"]
    for error in ways.get("Errors", ()):
        yield error["ErrorType"], error["NextAction"]
    for condition in ways.get("Conditions", ()):
        yield condition["Condition"]["Operands"][0], condition["NextAction"]


def reachable(flow: Flow, start: str) -> set[str]:
    """Every action that a call may come to from `start`, itself included."""
    actions = {action["Identifier"]: action for action in flow["Actions"]}
    seen, ahead = set[str](), [start]
    while ahead:
        here = ahead.pop()
        if here in actions and here not in seen:
            seen.add(here)
            ahead += [there for _, there in exits(actions[here])]
    return seen


def _envelope(flow: Flow) -> Iterator[str]:
    if flow.get("Version") != "2019-10-30":
        yield "the version is not 2019-10-30"
    if len(json.dumps(flow)) > MAX_CONTENT:
        yield "it is too long"
    if len(flow["Actions"]) > MAX_ACTIONS:
        yield "it has too many actions"


def _graph(flow: Flow) -> Iterator[str]:
    names = [action["Identifier"] for action in flow["Actions"]]
    yield from (f"{name}: is there twice" for name, count in Counter(names).items() if count > 1)
    yield from (f"{name}: is never reached" for name in set(names) - reachable(flow, flow["StartAction"]))
    for action in flow["Actions"]:
        yield from (
            f"{action['Identifier']}: leads to nowhere ({there})"
            for _, there in exits(action)
            if there not in names
        )
    ends = {action["Identifier"] for action in flow["Actions"] if not action["Transitions"]}
    ends |= {action["Identifier"] for action in flow["Actions"] if action["Type"] == "TransferContactToQueue"}
    yield from (f"{name}: a dead end" for name in names if not reachable(flow, name) & ends)


def _action(action: Action, kind: str) -> Iterator[str]:
    name, rule = action["Identifier"], RULES.get(action["Type"])
    if len(name) > MAX_IDENTIFIER or _FORBIDDEN & set(name) or name in _RESERVED:
        yield "a name that Connect refuses"
    if rule is None:
        yield f"an action that we do not know ({action['Type']})"
        return
    if kind not in rule.flows:
        yield f"{action['Type']} may not be in a {kind}"
    yield from (f"{name} is missing" for name in rule.needs if name not in action["Parameters"])


def _parameters(action: Action) -> Iterator[str]:
    parameters = action["Parameters"]
    if any(not isinstance(value, str) for value in _leaves(parameters)):
        yield "numbers and booleans are strings on Connect's wire"
    if action["Type"] == "TransferContactToQueue" and parameters:
        yield "takes no parameters"
    if action["Type"] in ("MessageParticipant", "GetParticipantInput"):
        said = {"Text", "SSML", "PromptId", "Media"} & set(parameters)
        if len(said) != 1:
            yield "says not exactly one thing"
    if action["Type"] == "InvokeLambdaFunction":
        yield from _within(parameters, "InvocationTimeLimitSeconds", LAMBDA_SECONDS)
    if action["Type"] == "Loop":
        yield from _within(parameters, "LoopCount", LOOPS)


def _within(parameters: dict[str, Any], name: str, allowed: range) -> Iterator[str]:
    value = str(parameters.get(name, ""))
    if not value.isdecimal() or int(value) not in allowed:
        yield f"{name} is out of bounds"


def _branches(action: Action) -> Iterator[str]:
    rule, ways = RULES.get(action["Type"], Rule()), action["Transitions"]
    if rule.terminal:
        if ways:
            yield "ends the flow, and may lead nowhere"
        return
    given = [error["ErrorType"] for error in ways.get("Errors", ())]
    yield from (f"the branch {error} is missing" for error in rule.errors if error not in given)
    if "NextAction" not in ways:
        yield "does not say what is next"
    operands = sorted(one for way in ways.get("Conditions", ()) for one in way["Condition"]["Operands"])
    if rule.conditions is not None and operands != sorted(rule.conditions):
        yield f"its conditions have to be {', '.join(rule.conditions)}"
    if action["Type"] == "GetParticipantInput":
        yield from _menu(action["Parameters"], operands)


def _menu(parameters: dict[str, Any], operands: Iterable[str]) -> Iterator[str]:
    if parameters.get("StoreInput") != "False":
        yield "stores what the caller types: not checked by this linter"
    if {"InputValidation", "DTMFConfiguration"} & set(parameters):
        yield "a menu validates nothing"
    yield from (f"{key} is no key" for key in operands if not _KEY.fullmatch(key))


def _leaves(value: Any) -> Iterator[Any]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if parts is None:
        yield value
    else:
        for part in parts:
            yield from _leaves(part)
