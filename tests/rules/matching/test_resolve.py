from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.block import Block, Filed, Key
from recado.model.contact_point import ContactPoint
from recado.model.profile import Profile
from recado.rules.matching import MOST_READS, Resolution, compare, keys, resolve

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(name: str = "", days_ago: float = 0, **said: Any) -> Profile:
    fields = {field: value for field, value in said.items() if field in Profile.model_fields}
    points = [
        ContactPoint(system=system, value=value) for system, value in said.items() if system not in fields
    ]
    return Profile(name=name, points=tuple(points), seen_at=NOW - timedelta(days=days_ago), **fields)


class Cabinet:
    """What is filed, and what of it was read."""

    def __init__(self, **people: Profile | tuple[Profile, ...]) -> None:
        self.read_keys: list[Key] = []
        self._filed: dict[Key, list[Filed]] = {}
        for person, profiles in people.items():
            for at, profile in enumerate(profiles if isinstance(profiles, tuple) else (profiles,)):
                for key in keys(profile):
                    entry = Filed(record=f"{person}{at}", person=person, profile=profile)
                    self._filed.setdefault(key, []).insert(0, entry)

    def read(self, wanted: Sequence[Key]) -> list[Block]:
        self.read_keys += wanted
        found = [self._filed.get(key, []) for key in wanted]
        return [Block(filed=tuple(filed), people=len({one.person for one in filed})) for filed in found]


def arrives(profile: Profile, **people: Profile | tuple[Profile, ...]) -> Resolution:
    return resolve(profile, Cabinet(**people).read, NOW)


PHONE = "+5511987654321"


def test_nobody_is_found_where_nobody_is_filed() -> None:
    found = arrives(said("Ana Souza", phone=PHONE))
    assert (found.decision, found.found, found.why) == ("new", None, "")


def test_the_same_name_at_the_same_phone_is_the_same_person() -> None:
    found = arrives(said("zuleide moreira", phone=PHONE), ana=said("Zuleide Moreira", 20, phone=PHONE))
    assert found.decision == "same"
    assert found.found is not None
    assert found.found.person == "ana"
    assert found.score > 0.95


def test_two_spellings_of_an_address_meet() -> None:
    before = said("Zuleide Moreira", 20, email="zuleide.moreira+clinica@gmail.com")
    assert (
        arrives(said("Zuleide Moreira", email="ZuleideMoreira@googlemail.com"), ana=before).decision == "same"
    )
    assert arrives(said("Zuleide Moreira", email="zuleide@moreira.example"), ana=before).decision != "same"


@pytest.mark.parametrize("name", ["Bruno Moreira", "Maria Eduarda Moreira"])
def test_another_member_of_the_household_is_somebody_else(name: str) -> None:
    found = arrives(said(name, phone=PHONE), one=said("Maria Clara Moreira", 5, phone=PHONE))
    assert found.decision != "same"


def test_twins_are_two_people() -> None:
    of: dict[str, Any] = {
        "phone": PHONE,
        "birth_date": "2019-05-03",
        "street": "Rua das Flores 10",
        "postcode": "01310-100",
    }
    found = arrives(said("Lucas Moreira", **of), twin=said("Mateus Moreira", 5, **of))
    assert found.decision == "new" or found.why


def test_who_has_the_number_now_is_not_who_had_it_years_ago() -> None:
    assert (
        arrives(said("Bruno Teixeira", phone=PHONE), one=said("Ana Souza", 700, phone=PHONE)).decision
        == "new"
    )


@pytest.mark.parametrize("born", ["1980-03-12", "1981-12-03", "1954-07-30"])
def test_another_birth_date_is_never_joined_by_the_machine(born: str) -> None:
    before = said("Zuleide Moreira", 5, phone=PHONE, birth_date="1980-12-03")
    found = arrives(said("Zuleide Moreira", phone=PHONE, birth_date=born), ana=before)
    assert found.decision != "same"
    assert found.decision == "new" or found.why == "birth_date"


def test_another_document_is_never_joined_by_the_machine() -> None:
    before = said("Zuleide Moreira", 5, phone=PHONE, document="529.982.247-25")
    found = arrives(said("Zuleide Moreira", phone=PHONE, document="111.444.777-35"), ana=before)
    assert found.decision != "same"


def test_who_is_under_two_numbers_in_one_system_is_for_a_person_to_decide() -> None:
    of: dict[str, Any] = {"phone": PHONE, "birth_date": "1980-12-03"}
    before = said("Zuleide Moreira", 5, ehr="https://ehr.example:1", **of)
    found = arrives(said("Zuleide Moreira", ehr="https://ehr.example:2", **of), ana=before)
    assert (found.decision, found.why) == ("review", "ehr")
    assert compare(said(ehr="https://ehr.example:2"), before).conflicts == ("ehr",)


def test_two_systems_number_one_person_each_in_their_own_way() -> None:
    of: dict[str, Any] = {"phone": PHONE, "birth_date": "1980-12-03"}
    before = said("Zuleide Moreira", 5, ehr="https://ehr.example:1", **of)
    found = arrives(said("Zuleide Moreira", ehr="https://other.example:2", **of), ana=before)
    assert (found.decision, found.why) == ("same", "")


def test_a_year_of_birth_is_no_conflict() -> None:
    before = said("Zuleide Moreira", 5, phone=PHONE, birth_date="1980")
    assert (
        arrives(said("Zuleide Moreira", phone=PHONE, birth_date="1980-12-03"), ana=before).decision == "same"
    )


def test_a_messengers_id_and_a_phone_of_two_people_are_for_a_person_to_decide() -> None:
    found = arrives(
        said("Zuleide Moreira", phone=PHONE, bsuid="BR.1"),
        one=said("Zuleide Moreira", 3, phone=PHONE),
        other=said("Zuleide Moreira", 9, bsuid="BR.1"),
    )
    assert (found.decision, found.why) == ("review", "two_people")


def test_a_number_that_fills_a_field_leads_to_nobody() -> None:
    assert not keys(said(document="000.000.000-00", phone="+0000000000"))


def test_a_common_name_alone_is_not_enough() -> None:
    found = arrives(said("Maria Silva", phone="+5511911112222"), one=said("Maria Silva", 90, phone=PHONE))
    assert found.decision != "same"


def test_the_rarer_the_name_the_likelier_the_match() -> None:
    common = arrives(said("Maria Silva", email="a@example.org"), one=said("Maria Silva", 3, phone=PHONE))
    rare = arrives(
        said("Zuleide Wanzeller", email="a@example.org"), one=said("Zuleide Wanzeller", 3, phone=PHONE)
    )
    assert common.score < rare.score


def test_exact_keys_that_settle_it_are_all_that_is_read() -> None:
    known: dict[str, Any] = {"phone": PHONE, "document": "529.982.247-25", "birth_date": "1980-12-03"}
    cabinet = Cabinet(ana=said("Zuleide Moreira", 5, **known))
    found = resolve(said("Zuleide Moreira", **known), cabinet.read, NOW)
    assert found.decision == "same"
    assert all(key.exact for key in cabinet.read_keys)
    assert found.reads == len(cabinet.read_keys) == len(found.blocks) == 2


def test_what_the_evidence_weighs_adds_up_to_the_score() -> None:
    compared = compare(said("Zuleide Moreira", phone=PHONE), said("Zuleide Moreira", 5, phone=PHONE))
    odds = 2 ** sum(evidence.weight for evidence in compared.evidence)
    assert compared.score == pytest.approx(odds / (1 + odds), abs=0.02)


def test_a_record_may_show_that_two_people_are_one() -> None:
    of: dict[str, Any] = {"given_name": "Zuleide", "family_name": "Wanzeller", "birth_date": "1980-12-03"}
    found = arrives(
        said(**of, phone=PHONE, document="529.982.247-25"),
        one=said("Zuleide Wanzeller", 3, phone=PHONE),
        other=said(**of, days_ago=9, document="529.982.247-25"),
    )
    assert found.decision == "same"
    assert found.found is not None
    assert {found.found.person, *(also.found.person for also in found.also)} == {"one", "other"}


TEXTS = st.text(max_size=20)
PROFILES = st.builds(
    Profile,
    name=TEXTS,
    given_name=TEXTS,
    family_name=TEXTS,
    birth_date=st.sampled_from(["", "1980", "1980-12-03", "1980-03-12"]),
    street=TEXTS,
    postcode=TEXTS,
    points=st.lists(
        st.builds(
            ContactPoint, system=st.sampled_from(["phone", "email", "document", "telegram"]), value=TEXTS
        ),
        max_size=8,
    ).map(tuple),
    seen_at=st.just(NOW),
)


@given(PROFILES, PROFILES)
def test_never_more_than_six_keys_are_read(profile: Profile, other: Profile) -> None:
    cabinet = Cabinet(other=other)
    found = resolve(profile, cabinet.read, NOW)
    assert found.reads == len(cabinet.read_keys) <= MOST_READS
    assert 0 <= found.score <= 1


@given(PROFILES, PROFILES)
def test_conflicting_birth_dates_are_never_the_same(profile: Profile, other: Profile) -> None:
    found = arrives(profile, other=other)
    if {profile.birth_date, other.birth_date} == {"1980-12-03", "1980-03-12"}:
        assert found.decision != "same"
