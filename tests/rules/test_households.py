"""Whom of several people behind a contact point a message concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact import Contact
from recado.model.patient import Link, Question, Upcoming
from recado.model.related_person import Mandate
from recado.rules.households import IN_TALK, Around, Heard, Verdict, concerned

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
LINE = "whatsapp/1/5511987654321"
NAMES = {
    "maria": "Maria Silva",
    "joao": "João Souza",
    "joao_pedro": "João Pedro Souza",
    "junior": "João Souza Júnior",
    "pedro": "Pedro Silva",
    "clara": "Clara Silva",
    "nobody": None,
    "flower": "🌸",
}


def link(who: str, place: int = 1, days_ago: float | None = 1, **known: Any) -> Link:
    seen = NOW - timedelta(days=days_ago) if days_ago is not None else None
    return Link.model_validate({"patient": who, "name": NAMES[who], "place": place, "seen_at": seen, **known})


def there(*people: str, **known: Any) -> tuple[Link, ...]:
    return tuple(link(who, place, **known) for place, who in enumerate(people, start=1))


def asked(who: str, visit: str = "", minutes_ago: float = 10, until: datetime | None = None) -> Question:
    return Question(
        subject=visit or f"a-{who}",
        version=1,
        patient=who,
        communication=f"m-{visit or who}",
        asked_at=NOW - timedelta(minutes=minutes_ago),
        until=until,
    )


def expected(who: str, days: float = 7) -> Upcoming:
    return Upcoming(
        appointment=f"a-{who}",
        patient=who,
        start=NOW + timedelta(days=days),
        timezone="America/Sao_Paulo",
        practitioner="Dra. Costa",
    )


def contact(who: str, **known: object) -> Contact:
    return Contact.model_validate(
        {
            "patient": who,
            "number": 1,
            "language": "pt-BR",
            "channel": "whatsapp",
            "account": "1",
            "address": "5511987654321",
            "state": "assigned",
            "opened_at": NOW,
            "waiting_since": NOW,
            "spoken_at": NOW - timedelta(hours=1),
            **known,
        }
    )


def meant(name: str | None, *people: str, **known: object) -> str:
    """Who is meant by a name among these, or why nobody is."""
    return who(concerned(Heard(name), Around(there(*people), **known), NOW))  # type: ignore[arg-type]


def who(verdict: Verdict) -> str:
    return verdict.link.patient if verdict.link else verdict.why


@pytest.mark.parametrize(
    ("name", "people", "result"),
    [
        # One person is there.
        (None, "maria", "maria"),
        ("Maria Silva", "maria", "maria"),
        ("Maria Silva 🌸", "maria", "maria"),
        ("🌸🌸", "maria", "maria"),
        ("Mari", "maria", "maria"),
        ("Maria Silva Costa", "maria", "maria"),
        ("Mãe do Pedro", "maria", "maria"),
        ("Pizzaria Bella", "maria", "maria"),
        ("M", "maria", "maria"),
        ("João Souza", "maria", "new"),
        ("Ana Silva", "maria", "new"),
        ("Rui Pereira", "nobody", "nobody"),
        ("Rui Pereira", "flower", "flower"),
        # Several are.
        ("Maria Silva", "maria joao", "maria"),
        ("João", "maria joao", "joao"),
        ("Joao Souza", "maria joao", "joao"),
        ("Rui Pereira", "maria joao", "new"),
        ("🌸", "maria joao", "unclear"),
        (None, "maria joao", "unclear"),
        ("Rui Pereira", "maria nobody", "nobody"),
        ("Família Silva", "maria pedro", "unclear"),
        # Two of nearly one name.
        ("João Pedro Souza", "joao joao_pedro", "joao_pedro"),
        ("João Souza", "joao joao_pedro", "joao"),
        ("João Souza Júnior", "joao junior", "junior"),
        ("João Souza", "joao junior", "joao"),
        ("João", "joao junior", "unclear"),
        ("Silva", "maria pedro", "unclear"),
    ],
)
def test_a_name_says_who_is_meant_or_nothing(name: str | None, people: str, result: str) -> None:
    assert meant(name, *people.split()) == result


def test_whose_own_account_it_is_stays_whatever_they_call_themselves() -> None:
    assert meant("Lua Nova", "maria", own=True) == "maria"
    assert meant("Rui Pereira", "maria", own=True) == "maria"


def test_whose_own_account_it_is_gives_way_to_who_shares_their_number_and_bears_the_name() -> None:
    relatives = (link("joao", 2),)
    assert meant("João Souza", "maria", own=True, others=relatives, relatives=relatives) == "joao"
    assert meant("João Souza", "maria", own=True, others=relatives) == "maria", "they share nothing"


def answer(heard: Heard, *people: str, **known: object) -> str:
    return who(concerned(heard, Around(there(*people), **known), NOW))  # type: ignore[arg-type]


YES = Heard("Maria Silva", line=LINE, answers=True)


def test_a_bare_answer_is_theirs_who_alone_were_asked_whatever_the_account_is_called() -> None:
    assert answer(YES, "maria", "joao", questions=(asked("joao"),)) == "joao"
    assert answer(YES, "joao", questions=(asked("joao"),)) == "joao"


def test_a_bare_answer_to_two_people_s_questions_is_nobody_s_however_long_ago_they_were_asked() -> None:
    for minutes in (1, 10, 3 * 24 * 60):
        both = (asked("maria"), asked("joao", minutes_ago=minutes))
        assert answer(YES, "maria", "joao", questions=both) == "unclear"


def test_a_bare_answer_to_two_questions_of_one_person_is_theirs() -> None:
    both = (asked("joao", "a1"), asked("joao", "a2"))
    assert answer(YES, "maria", "joao", questions=both) == "joao"


def test_a_question_about_a_visit_that_has_begun_is_none() -> None:
    both = (asked("maria", until=NOW), asked("joao", until=NOW + timedelta(hours=1)))
    assert answer(YES, "maria", "joao", questions=both) == "joao"


def test_what_is_no_answer_is_not_about_the_question() -> None:
    assert answer(Heard("🌸", line=LINE), "maria", "joao", questions=(asked("joao"),)) == "unclear"


def test_a_button_is_about_the_visit_that_it_names() -> None:
    both = (asked("maria"), asked("joao"))
    button = Heard("Maria Silva", line=LINE, answers=True, payload="confirm:a-joao:1")
    assert answer(button, "maria", "joao", questions=both) == "joao"
    assert answer(button, "maria", "joao", upcoming=(expected("joao"),)) == "joao"


def test_a_quoted_message_is_theirs_to_whom_it_went() -> None:
    both = (asked("maria"), asked("joao"))
    quoting = Heard("Maria Silva", line=LINE, quoted="m-joao")
    assert answer(quoting, "maria", "joao", questions=both) == "joao"
    assert answer(Heard("🌸", line=LINE, quoted="x", quoted_of="joao"), "maria", "joao") == "joao"


def test_what_was_asked_of_somebody_who_is_not_there_any_more_leads_to_nobody() -> None:
    assert answer(YES, "maria", "joao", questions=(asked("pedro"),)) == "maria"


def test_the_one_with_whom_the_clinic_is_speaking_on_this_line_is_meant() -> None:
    speaking = {"joao": contact("joao"), "maria": contact("maria", spoken_at=None)}
    assert answer(Heard("🌸", line=LINE), "maria", "joao", contacts=speaking) == "joao"


@pytest.mark.parametrize(
    "known",
    [
        {"state": "closed"},
        {"spoken_at": None},
        {"spoken_at": NOW - IN_TALK},
        {"address": "another"},
    ],
)
def test_a_conversation_that_is_over_or_elsewhere_says_nothing(known: Mapping[str, object]) -> None:
    speaking = {"joao": contact("joao", **known)}
    assert answer(Heard("🌸", line=LINE), "maria", "joao", contacts=speaking) == "unclear"


def test_two_conversations_on_one_line_say_nothing() -> None:
    speaking = {one: contact(one) for one in ("joao", "maria")}
    assert answer(Heard("🌸", line=LINE), "maria", "joao", contacts=speaking) == "unclear"


def test_who_was_named_just_now_goes_on() -> None:
    named = {"joao": contact("joao", spoken_at=None, named_at=NOW - timedelta(minutes=5))}
    assert answer(Heard("🌸", line=LINE), "maria", "joao", contacts=named) == "joao"


def test_a_name_goes_before_a_conversation() -> None:
    assert answer(Heard("Maria", line=LINE), "maria", "joao", contacts={"joao": contact("joao")}) == "maria"


def by_mother(until: datetime | None = None) -> tuple[Mandate, ...]:
    return (Mandate(record="maria", until=until),)


def family(*children: str, until: datetime | None = None) -> tuple[Link, ...]:
    kids = (link(one, place, guardians=by_mother(until)) for place, one in enumerate(children, start=2))
    return (link("maria"), *kids)


@pytest.mark.parametrize("children", [("pedro",), ("pedro", "clara")])
def test_of_a_guardian_and_children_the_guardian_writes(children: tuple[str, ...]) -> None:
    assert who(concerned(Heard("🌸"), Around(family(*children)), NOW)) == "maria"


def test_a_third_person_makes_it_unclear_again() -> None:
    people = (*family("pedro"), link("joao", 3))
    assert who(concerned(Heard("🌸"), Around(people), NOW)) == "unclear"


def test_a_child_that_is_of_age_speaks_for_itself() -> None:
    assert who(concerned(Heard("🌸"), Around(family("pedro", until=NOW)), NOW)) == "unclear"


def test_a_child_s_own_name_is_the_child_s() -> None:
    assert who(concerned(Heard("Pedro Silva"), Around(family("pedro")), NOW)) == "pedro"


def test_a_number_that_somebody_else_has_by_now_does_not_lead_to_who_had_it() -> None:
    people = (link("joao", 1, days_ago=60), link("maria", 2, days_ago=2))
    assert who(concerned(Heard("🌸"), Around(people), NOW)) == "maria"
    assert who(concerned(Heard(None), Around(people), NOW)) == "maria"


@pytest.mark.parametrize(
    "people",
    [
        (link("joao", 1, days_ago=44), link("maria", 2)),
        (link("joao", 1, days_ago=60), link("maria", 2, days_ago=60)),
        (link("joao", 2, days_ago=60), link("maria", 1)),
        (link("pedro", 1, days_ago=60, guardians=by_mother(NOW)), link("maria", 2)),
    ],
    ids=["heard since", "both are silent", "came later", "of age"],
)
def test_who_may_still_be_there_is_not_forgotten(people: tuple[Link, ...]) -> None:
    result = who(concerned(Heard("🌸"), Around(people), NOW))
    assert result == ("maria" if people[0].patient == "pedro" else "unclear")


def test_who_is_expected_for_a_visit_is_not_forgotten() -> None:
    people = (link("joao", 1, days_ago=60), link("maria", 2))
    assert who(concerned(Heard("🌸"), Around(people, upcoming=(expected("joao"),)), NOW)) == "unclear"
    assert who(concerned(Heard("🌸"), Around(people, upcoming=(expected("joao", -1),)), NOW)) == "maria"


def test_two_records_of_one_person_are_asked_about_as_one() -> None:
    people = (link("maria", 2, person="root"), link("clara", 1, person="root"))
    assert who(concerned(Heard("🌸"), Around(people), NOW)) == "clara", "who was there first"
    assert who(concerned(Heard("Maria"), Around(people), NOW)) == "maria"
    rooted = (link("maria", 1, person="clara"), link("clara", 2))
    assert who(concerned(Heard("🌸"), Around(rooted), NOW)) == "clara", "their own record"


SOME = st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=4, unique=True)


@given(SOME, st.sampled_from([*NAMES.values(), "Rui Pereira", "Mãe do Pedro"]), st.booleans())
def test_nobody_is_meant_who_is_not_there(people: list[str], name: str | None, own: bool) -> None:
    verdict = concerned(Heard(name), Around(there(*people), own=own), NOW)
    assert verdict.link is None or verdict.link.patient in people
    assert {one.patient for one in verdict.may} <= set(people)
    assert (verdict.link is None) == (verdict.why in ("new", "unclear"))


@given(SOME, st.sampled_from([*NAMES.values(), "Rui Pereira"]))
def test_the_order_in_which_they_are_read_does_not_matter(people: list[str], name: str | None) -> None:
    links = there(*people)
    results = {who(concerned(Heard(name), Around(one), NOW)) for one in (links, links[::-1])}
    assert len(results) == 1


@given(SOME)
def test_a_bare_answer_never_serves_one_of_two_who_were_asked(people: list[str]) -> None:
    questions = tuple(asked(one) for one in people)
    verdict = concerned(YES, Around(there(*people), questions=questions), NOW)
    assert who(verdict) == (people[0] if len(people) == 1 else "unclear")
