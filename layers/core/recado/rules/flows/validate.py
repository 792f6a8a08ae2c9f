"""Whether a flow can be gone through to an end from wherever one is in it: looked at when it is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from recado.errors import Invalid
from recado.model.flow import FINDS, OUTCOMES, Ask, Choice, Do, End, Flow, HandOver, Jump, Node
from recado.model.tenant import Language
from recado.rules.flows.words import ALWAYS, PASSING, PROVIDED, variables

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
MOST_NODES: Final = 60
MOST_CHOICES: Final = 8
"""Beside up to three from a list, "more" and a person: a list of WhatsApp holds ten rows, a menu for a voice
or a small screen fewer still."""
DEEPEST: Final = 6
"""Questions with choices one after another: whom so many do not help, a person does."""


def refuse_broken(flow: Flow) -> None:
    """Raise Invalid, naming the node that is wrong, unless:

    every node is reached from the start and leads to an end, to a person or to another flow; every outcome of
    every deed leads somewhere, and nowhere else; no node has a field that its kind has not; every text is
    there in all five languages, with no other variables than what is known by then; no way that visits no
    node twice asks more than DEEPEST questions with choices, and no circle is without a question.
    """
    if flow.start not in flow.nodes or len(flow.nodes) > MOST_NODES:
        raise Invalid("start", f"Of 1 to {MOST_NODES} nodes, this must be one.")
    for name, node in flow.nodes.items():
        _refuse_node(flow, name, node)
    _refuse_ways(flow)
    _refuse_holes(flow)


def nexts(node: Node) -> tuple[str, ...]:
    """Where a node leads to."""
    if isinstance(node, Do):
        return tuple(node.then.values())
    if isinstance(node, Ask):
        chosen = tuple(choice.next for choice in node.choices)
        return (*chosen, node.next) if node.next else chosen
    return ()


def _refuse_node(flow: Flow, name: str, node: Node) -> None:
    at = f"nodes.{name}"
    if any(part.model_extra for part in (node, *(node.choices if isinstance(node, Ask) else ()))):
        raise Invalid(at, "It has a field that no node of its kind has.")
    for following in nexts(node):
        if following not in flow.nodes:
            raise Invalid(at, f"There is no node {following}.")
    if isinstance(node, Do) and set(node.then) != set(OUTCOMES[node.deed]):
        raise Invalid(f"{at}.then", f"Exactly these lead somewhere: {', '.join(OUTCOMES[node.deed])}.")
    if isinstance(node, Ask):
        _refuse_question(at, node)
    for words in texts_of(node):
        if any(language not in words for language in LANGUAGES):
            raise Invalid(at, f"Every text is needed in: {', '.join(LANGUAGES)}.")


def _refuse_question(at: str, ask: Ask) -> None:
    keeps = ask.expects != "choice" or bool(ask.among)
    if keeps != bool(ask.saves and ask.next):
        raise Invalid(at, "What is chosen from a list, or asked for, needs `saves` and `next`; nothing else.")
    if not keeps and not ask.choices:
        raise Invalid(at, "There is nothing to choose from.")
    ids = [choice.id for choice in ask.choices]
    meant = [choice.means for choice in ask.choices if choice.means]
    if len(ids) > MOST_CHOICES or len(set(ids)) < len(ids) or len(set(meant)) < len(meant):
        raise Invalid(at, f"At most {MOST_CHOICES} choices, each once, and one for yes and one for no.")
    for language in LANGUAGES:
        titles = [choice.title.get(language) for choice in ask.choices]
        if len(set(titles)) < len(titles):
            raise Invalid(at, "Two choices are called the same.")


def texts_of(node: Node) -> Iterator[Mapping[Language, str]]:
    """Every text of a node, by language."""
    if not isinstance(node, Do | Jump) and node.text is not None:
        yield node.text
    if isinstance(node, Ask):
        choices: tuple[Choice, ...] = node.choices
        yield from (choice.title for choice in choices)


def _refuse_ways(flow: Flow) -> None:
    reached = _reached(flow, flow.start)
    for name, node in flow.nodes.items():
        if name not in reached:
            raise Invalid(f"nodes.{name}", "Nothing leads here.")
        if not any(isinstance(flow.nodes[one], End | HandOver | Jump) for one in _reached(flow, name)):
            raise Invalid(f"nodes.{name}", "From here there is no way to an end.")
        if isinstance(node, Do) and name in _unasked(flow, node):
            raise Invalid(f"nodes.{name}", "This goes in a circle without asking.")
    if (deep := _depth(flow, flow.start, frozenset())) > DEEPEST:
        raise Invalid("nodes", f"{deep} questions one after another: at most {DEEPEST}.")


def _reached(flow: Flow, start: str) -> set[str]:
    """This node, and all that are reached from it."""
    seen, left = {start}, [start]
    while left:
        for name in nexts(flow.nodes[left.pop()]):
            if name not in seen:
                seen.add(name)
                left.append(name)
    return seen


def _unasked(flow: Flow, node: Do) -> set[str]:
    """What is reached from a deed before anybody is asked anything."""
    seen: set[str] = set()
    left = list(nexts(node))
    while left:
        name = left.pop()
        following = flow.nodes[name]
        if name not in seen and isinstance(following, Do):
            left += nexts(following)
        seen.add(name)
    return seen


def _depth(flow: Flow, name: str, seen: frozenset[str]) -> int:
    """The most questions with choices on any way from here that visits no node twice."""
    if name in seen:
        return 0
    node = flow.nodes[name]
    own = 1 if isinstance(node, Ask) and node.expects == "choice" else 0
    return own + max((_depth(flow, one, seen | {name}) for one in dict.fromkeys(nexts(node))), default=0)


def _refuse_holes(flow: Flow) -> None:
    """Each text knows its variables on every way that leads to it, and each list has been found."""
    known = _known(flow)
    for name, node in flow.nodes.items():
        for words in texts_of(node):
            for text in words.values():
                if unknown := variables(text) - known[name]:
                    raise Invalid(f"nodes.{name}.text", f"Not known here: {', '.join(sorted(unknown))}.")
        if isinstance(node, Do) and node.deed == "find_result" and "[identity]" not in known[name]:
            raise Invalid(f"nodes.{name}", "Whose result it is has to be shown first.")
        if isinstance(node, Ask) and node.among and f"[{node.among}]" not in known[name]:
            raise Invalid(f"nodes.{name}.among", "Nothing of this was found on the way here.")


def _known(flow: Flow) -> dict[str, frozenset[str]]:
    """What is known at each node, on whichever way one comes: the variables, and the lists in brackets."""
    known = {flow.start: ALWAYS}
    left = [flow.start]
    while left:
        name = left.pop()
        for following, found in _leaving(flow.nodes[name], known[name]):
            before = known.get(following)
            now_known = found if before is None else before & found
            if now_known != before:
                known[following] = now_known
                left.append(following)
    return known


def _leaving(node: Node, known: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(node, Do):
        for outcome, following in node.then.items():
            found = {f"[{FINDS[node.deed]}]"} if node.deed in FINDS and outcome != "none" else set()
            yield following, known | PROVIDED.get((node.deed, outcome), frozenset()) | found
    else:
        chosen = PROVIDED["chosen", node.among] if isinstance(node, Ask) and node.among else frozenset()
        for following in nexts(node):
            by_choice = isinstance(node, Ask) and node.next == following
            yield following, (known - PASSING) | (chosen if by_choice else frozenset())
