from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import traits_of
from recado.model.consent import Consent
from recado.model.patient import Patient
from recado.rules.consent import ALL, after, needed, refused, resumes, spoken

from tests.samples import NOW

PATIENT = Patient(id="p1", created_at=NOW)


def said(action: str, minute: int, purposes: tuple[str, ...] = ("care", "marketing"), **more: str) -> Consent:
    known = {"id": f"{action}{minute}{purposes}", "action": action, "purposes": purposes, "source": "event:1"}
    at = NOW + timedelta(minutes=minute)
    return Consent.model_validate({**known, "wording": "1", "at": at, "recorded_at": NOW, **more})


def folded(order: tuple[Consent, ...]) -> frozenset[str]:
    patient, history = PATIENT, list[Consent]()
    for one in order:
        patient = after(patient, one, history)
        history.append(one)
    return frozenset(patient.opted_out)


CHANGES = st.builds(
    said,
    st.sampled_from(["stop", "start"]),
    st.integers(0, 3),
    st.sampled_from([("care",), ("marketing",), ("care", "marketing")]),
)


@given(st.lists(CHANGES, min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_in_whichever_order_words_arrive_the_latest_holds(changes: list[Consent]) -> None:
    assert len({folded(order) for order in permutations(changes)}) == 1


@given(st.lists(CHANGES, min_size=1, max_size=6, unique_by=lambda one: one.id))
def test_nothing_is_sent_for_a_purpose_whose_last_word_is_stop(changes: list[Consent]) -> None:
    for purpose in ALL:
        about = [one for one in changes if purpose in one.purposes]
        last = [one.action for one in about if one.at == max(other.at for other in about)]
        assert (purpose in folded(tuple(changes))) == ("stop" in last)


def test_a_stop_for_marketing_leaves_care_as_it_is() -> None:
    assert folded((said("stop", 1, ("marketing",)),)) == {"marketing"}


def test_a_stop_from_before_evidence_was_kept_stands_until_somebody_says_otherwise() -> None:
    before = PATIENT.model_copy(update={"opted_out": frozenset({"care"})})
    assert after(before, said("start", 1, ("marketing",)), ()).opted_out == {"care"}
    assert after(before, said("start", 1), ()).opted_out == frozenset()


def test_only_what_answers_their_own_words_goes_to_whoever_stopped() -> None:
    assert [needed(one) for one in ("conversation", "self_service")] == [None, None]
    assert {needed(one) for one in ("reminder", "confirmation", "text_back")} == {"care"}
    assert needed("marketing") == "marketing"


@pytest.mark.parametrize(
    ("channel", "code", "purposes"),
    [
        ("twilio_sms", 21610, ALL),
        ("twilio_whatsapp", "21610", ALL),
        ("aws_sms", "DESTINATION_PHONE_NUMBER_OPTED_OUT", ALL),
        ("telegram", 403, ALL),
        ("whatsapp", 131050, {"marketing"}),
        ("aws_social", 131050, {"marketing"}),
        ("whatsapp", 368, set()),
        ("whatsapp", 130472, set()),
        ("whatsapp", 403, set()),
        ("whatsapp", None, set()),
        ("whatsapp", "", set()),
        ("voice", 403, set()),
    ],
)
def test_a_refusal_stops_what_its_code_says_on_its_channel(
    channel: str, code: object, purposes: set[str]
) -> None:
    assert refused(code, traits_of(channel).stops) == purposes


@pytest.mark.parametrize("cancel_stops", [True, False])
@pytest.mark.parametrize("asked", [True, False])
def test_stop_is_stop_and_start_is_start_everywhere(cancel_stops: bool, asked: bool) -> None:
    assert spoken(" Stop. ", None, cancel_stops=cancel_stops, asked=asked) == "stop"
    assert spoken("UNSTOP", None, cancel_stops=cancel_stops, asked=asked) == "start"


@pytest.mark.parametrize("channel", ["twilio_sms", "aws_sms"])
def test_cancel_by_sms_may_be_a_stop_unless_it_answers_what_we_asked(channel: str) -> None:
    stops = traits_of(channel).cancel_stops
    assert spoken("CANCEL", None, cancel_stops=stops, asked=False) == "perhaps_stop"
    assert spoken("CANCEL", None, cancel_stops=stops, asked=True) is None
    assert spoken("cancelar la cita", None, cancel_stops=stops, asked=False) is None


@pytest.mark.parametrize("channel", ["whatsapp", "twilio_whatsapp", "telegram", "email", "voice"])
def test_cancel_elsewhere_is_about_a_visit(channel: str) -> None:
    assert spoken("CANCEL", None, cancel_stops=traits_of(channel).cancel_stops, asked=False) is None


def test_a_pressed_button_is_about_a_visit_whatever_it_says() -> None:
    assert spoken("Cancel", "cancel:a1:3", cancel_stops=True, asked=False) is None


def test_a_start_speaks_for_others_only_where_their_own_side_stopped_it() -> None:
    noted = said("stop", 2, source="agent:ana")
    assert resumes([said("stop", 1)], own=False)
    assert not resumes([said("stop", 1), noted], own=False)
    assert not resumes([], own=False)
    assert resumes([noted], own=True)
