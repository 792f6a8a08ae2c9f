"""Who gets a contact."""

from datetime import timedelta

from recado.model.tenant import Agent
from recado.rules.routing import choose, given, released

from tests.rules.test_contacts import NOW, new_contact


def agent(name: str, *, hands: int = 0, **settings: object) -> Agent:
    assigned = frozenset(f"p{n}.1" for n in range(hands))
    return Agent.model_validate({"id": name, "name": name, "assigned": assigned, **settings})


def chosen(*agents: Agent) -> str | None:
    found = choose(new_contact(), agents)
    return found.id if found else None


def test_the_agent_with_the_fewest_contacts_gets_it() -> None:
    assert chosen(agent("ana", hands=2), agent("bruno", hands=1)) == "bruno"


def test_nobody_gets_it_while_all_are_away_or_full_or_of_another_queue() -> None:
    away, full = agent("ana", state="away"), agent("bruno", hands=5)
    assert chosen(away, full, agent("carla", queues=("billing",))) is None


def test_among_equals_the_one_who_speaks_the_patients_language_gets_it() -> None:
    assert chosen(agent("ana", languages=("en",)), agent("bruno", languages=("pt-BR",))) == "bruno"


def test_among_equals_the_one_who_has_waited_longest_gets_it() -> None:
    busy_lately = agent("ana", last_assigned_at=NOW)
    assert chosen(busy_lately, agent("bruno", last_assigned_at=NOW - timedelta(minutes=1))) == "bruno"


def test_the_order_in_which_agents_are_listed_does_not_matter() -> None:
    agents = [agent("ana"), agent("bruno"), agent("carla", hands=1)]
    assert chosen(*agents) == chosen(*reversed(agents)) == "ana"


def test_giving_twice_and_releasing_twice_is_the_same_as_once() -> None:
    ana = given(given(agent("ana"), "p1.1", NOW), "p1.1", NOW)
    assert ana.assigned == {"p1.1"}
    assert released(released(ana, "p1.1"), "p1.1").assigned == frozenset()
