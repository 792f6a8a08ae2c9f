"""Only whoever shows who they are hears whether results are there, and nobody hears what they say."""

from __future__ import annotations

from typing import Any

import pytest
from recado.actions.note_result import note_result
from recado.errors import Conflict
from recado.model.patient import Told
from recado.store import patients, results

from tests.cloud import Cloud
from tests.samples import NOW
from tests.talks import ALWAYS, TENANT, Talk, bot_on

HOSTS = ("resultados.boavista.example",)
LINK = "https://resultados.boavista.example/sso/9c1f"
ASK = "quiero saber si ya están los resultados de mis análisis"


@pytest.fixture
def maria(clinic: Cloud) -> Talk:
    """Her birth date and her document are known."""
    bot_on(hours=ALWAYS, language="es", result_hosts=HOSTS)
    talk = Talk()
    talk.says("gracias")
    known = patients.get(TENANT, talk.patient)
    told: Any = {
        "birth_date": Told(value="1984-03-25", source="agent:ana", at=NOW),
        "br/cpf": Told(value="11144477735", source="agent:ana", at=NOW),
    }
    patients.put(TENANT, known.model_copy(update={"told": told}))
    talk.heard()
    return talk


def told(talk: Talk, *, ready: bool, link: str | None = None) -> None:
    note_result(TENANT, talk.patient, "r1", talk.now, ready=ready, link=link, by="role:admin")


def looks(talk: Talk) -> list[str]:
    known = results.find(TENANT, talk.patient)
    return [one.what for one in known.looks] if known else []


def test_who_shows_who_they_are_gets_the_link(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    assert maria.says(ASK).startswith("Para proteger sus datos, díganos su fecha de nacimiento")
    assert maria.says("25/03/1984").startswith("Gracias. ¿Y los 4 últimos números")
    said = maria.says("7735")
    assert said == f"Sus resultados están listos. Véalos aquí, con su contraseña: {LINK}"
    assert (looks(maria), maria.contact.disposition) == (["verified"], "informed")


def test_a_link_to_where_the_clinic_leads_nobody_any_more_is_not_sent(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    bot_on(hours=ALWAYS, language="es", result_hosts=())
    maria.says(ASK)
    maria.says("25/03/1984")
    assert "https://" not in maria.says("7735")


def test_what_is_not_there_yet_is_said_and_no_more(maria: Talk) -> None:
    told(maria, ready=False)
    maria.says(ASK)
    maria.says("25/03/1984")
    assert maria.says("7735").startswith("Sus resultados aún no están listos.")


def test_without_a_link_they_are_told_to_call(maria: Talk) -> None:
    told(maria, ready=True)
    maria.says(ASK)
    maria.says("25 del 03 de 1984")
    assert "Llame al +551130000000" in maria.says("los últimos son 7735")


def test_a_wrong_answer_says_nothing_of_which_was_wrong(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    maria.says("26/03/1984")
    wrong_day = maria.says("7735")
    maria.says("25/03/1984")
    wrong_end = maria.says("7736")
    assert wrong_day == wrong_end
    assert LINK not in wrong_day


def test_after_three_wrong_answers_a_person_goes_on_and_no_other_contact_helps(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    for _ in range(3):
        maria.says("01/01/1990")
        said = maria.says("0000")
    assert said.startswith("Para proteger sus datos, de esto se ocupa una persona.")
    assert looks(maria) == ["refused", "refused", "locked"]
    other = Talk()
    other.later(hours=3)
    assert LINK not in other.says(ASK)


def test_a_day_later_they_may_try_again(maria: Talk) -> None:
    known = results.find(TENANT, maria.patient)
    assert known is None
    test_after_three_wrong_answers_a_person_goes_on_and_no_other_contact_helps(maria)
    again = results.find(TENANT, maria.patient)
    assert again is not None
    assert again.locked_until is not None
    assert (again.locked_until - maria.now).total_seconds() == 24 * 3600


def test_of_whom_too_little_is_known_a_person_sees_to_it(maria: Talk) -> None:
    known = patients.get(TENANT, maria.patient)
    patients.put(TENANT, known.model_copy(update={"told": {}}))
    told(maria, ready=True, link=LINK)
    assert maria.says(ASK).startswith("Para proteger sus datos, de esto se ocupa una persona.")


def test_what_somebody_has_said_of_themselves_shows_nothing(maria: Talk) -> None:
    known = patients.get(TENANT, maria.patient)
    own: Any = {
        "birth_date": Told(value="2001-01-01", source="webform", at=NOW),
        "es/dni": Told(value="00009999R", source="webform", at=NOW),
    }
    patients.put(TENANT, known.model_copy(update={"told": own}))
    told(maria, ready=True, link=LINK)
    assert maria.says(ASK).startswith("Para proteger sus datos, de esto se ocupa una persona.")


def test_beside_what_the_clinic_knows_their_own_word_counts_for_nothing(maria: Talk) -> None:
    known = patients.get(TENANT, maria.patient)
    own: Any = {**known.told, "es/dni": Told(value="00009999R", source="webform", at=NOW)}
    patients.put(TENANT, known.model_copy(update={"told": own}))
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    maria.says("25/03/1984")
    assert LINK not in maria.says("9999")
    assert looks(maria) == ["refused"]


def test_what_the_clinic_has_confirmed_shows_it_whoever_said_it_first(maria: Talk) -> None:
    known = patients.get(TENANT, maria.patient)
    agreed = {
        name: one.model_copy(update={"source": "webform", "also": ("ehr:agenda",)})
        for name, one in known.told.items()
    }
    patients.put(TENANT, known.model_copy(update={"told": agreed}))
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    maria.says("25/03/1984")
    assert maria.says("7735").endswith(LINK)


@pytest.mark.parametrize("written", ["٧٧٣٥", "７７３５"])
def test_digits_of_any_script_are_digits(maria: Talk, written: str) -> None:
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    maria.says("25/03/1984")
    assert maria.says(written).endswith(LINK)


def test_what_they_gave_to_show_who_they_are_is_not_kept_in_the_contact(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    maria.says(ASK)
    maria.says("25/03/1984")
    maria.says("7735")
    dialogue = maria.contact.dialogue
    assert dialogue is not None
    assert "1984-03-25" not in str(dialogue.data)
    assert "7735" not in str(dialogue.data)


def test_told_the_same_again_nothing_changes(maria: Talk) -> None:
    told(maria, ready=True, link=LINK)
    before = results.find(TENANT, maria.patient)
    told(maria.later(hours=1), ready=True, link=LINK)
    assert results.find(TENANT, maria.patient) == before


def test_what_is_not_ready_has_no_link(maria: Talk) -> None:
    with pytest.raises(Conflict) as caught:
        told(maria, ready=False, link=LINK)
    assert caught.value.field == "link"
