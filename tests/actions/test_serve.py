"""Conversations with self-service, as they are read: what a patient writes, and what Recado says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.close import close
from recado.actions.list_appointments import upcoming
from recado.actions.remind import remind
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.actions.route import route
from recado.actions.sweep import sweep
from recado.actions.take import take
from recado.model.tenant import OpeningHours
from recado.store import appointments, contacts, patients

from tests import visits
from tests.cloud import Cloud
from tests.samples import NOW
from tests.talks import ALWAYS, TENANT, Talk, article, bot_on, practice
from tests.visits import overtaken

MENU = """\
Olá! Sou o assistente automático (Clínica Boa Vista). O que você precisa?
1 Marcar consulta
2 Mudar horário
3 Cancelar
4 Meus resultados
5 Horário e endereço
6 Falar com alguém"""

SLOTS = """\
Estes horários estão livres. Qual prefere?
1 ter 24/11 09:00
2 qua 25/11 09:00
3 qui 26/11 09:00
4 Outros horários
5 Nenhum serve
6 Falar com alguém"""

BOOKED = (
    "Olá, Maria Silva! Sua consulta (Clínica Boa Vista) com Dra. Costa está marcada: "
    "quarta-feira, 25 de novembro, às 09:00. Se precisar mudar, é só responder a esta mensagem."
)
SUNDAYS = (OpeningHours(weekday=6, opens="09:00", closes="12:00"),)


@pytest.fixture(autouse=True)
def on(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS)


def wanting(choice: str, talk: Talk | None = None) -> Talk:
    """Somebody has greeted, and pressed this button of the menu."""
    talk = talk or Talk()
    talk.says("Oi")
    talk.presses(choice)
    return talk


def booking(talk: Talk | None = None) -> Talk:
    """Somebody is offered times for a visit."""
    practice()
    return wanting("Marcar consulta", talk)


def expected() -> Talk:
    """Maria has a visit on Monday, 30 November, at half past nine."""
    visits.booked()
    return Talk()


def test_a_greeting_gets_one_short_menu() -> None:
    talk = Talk()
    assert talk.says("Oi, bom dia!") == MENU
    assert (talk.contact.state, talk.contact.agent) == ("new", None)


def test_a_visit_is_booked_in_three_messages() -> None:
    practice()
    talk = Talk()
    assert talk.says("Oi") == MENU
    assert talk.says("1") == SLOTS
    assert talk.says("2") == BOOKED
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert (visit.local_start, visit.practitioner_id, visit.type_id) == ("2026-11-25T09:00", "costa", "first")
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "booked")


@pytest.mark.parametrize("said", ["2", "a segunda", "qua 25/11", "25/11", "qua 25/11 9:00", "opção 2"])
def test_a_time_is_chosen_in_any_words(said: str) -> None:
    talk = booking()
    talk.says(said)
    assert [one.local_start for one in appointments.of_patient(TENANT, talk.patient)] == ["2026-11-25T09:00"]


def test_a_button_books_as_a_number_does() -> None:
    talk = booking()
    assert talk.presses("qua 25/11 09:00") == BOOKED


def test_a_button_under_an_older_question_is_read_by_its_words() -> None:
    practice()
    talk = Talk()
    talk.says("Oi")
    old = talk.latest.buttons[1]
    talk.presses("Marcar consulta")
    talk.says(old.title, payload=old.payload)
    assert appointments.of_patient(TENANT, talk.patient) == []


def test_more_times_are_offered_until_one_fits() -> None:
    talk = booking()
    assert "1 qui 26/11 09:30\n2 sex 27/11 09:00\n3 seg 30/11 09:00" in talk.says("outros horários")


def test_of_two_who_choose_the_same_time_one_gets_it_and_the_other_other_times() -> None:
    maria = booking()
    joao = wanting("Marcar consulta", Talk(sender="5511900000002", name="João Souza"))
    assert "às 09:00" in maria.says("2")
    assert joao.says("2").startswith("Esse horário acabou de ser ocupado. Estes estão livres:")
    assert "quarta-feira, 25 de novembro" in joao.says("qua 25/11")
    assert len(appointments.of_day(TENANT, "2026-11-25")) == 2


def test_both_at_once_are_one_booking_too() -> None:
    maria = booking()
    joao = wanting("Marcar consulta", Talk(sender="5511900000002", name="João Souza"))
    maria.writes("2")
    joao.writes("2")
    with overtaken(lambda: respond(TENANT, joao.contact.id, joao.now)):
        respond(TENANT, maria.contact.id, maria.now)
    day = appointments.of_day(TENANT, "2026-11-25")
    assert [one.local_start for one in day] == ["2026-11-25T09:00"]


def test_the_same_message_again_books_nothing_twice() -> None:
    talk = booking()
    talk.writes("2")
    for _ in range(3):
        respond(TENANT, talk.contact.id, talk.now)
    assert len(appointments.of_patient(TENANT, talk.patient)) == 1


def test_a_visit_is_called_off_once_they_say_yes() -> None:
    talk = expected()
    wanting("Cancelar", talk)
    assert talk.latest.text == "Quer cancelar a consulta de segunda-feira, 30 de novembro, às 09:30?"
    assert talk.says("sii ok 👍").startswith("Pronto, cancelamos a consulta de segunda-feira")
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert (visit.status, visit.history[-1].by) == ("cancelled", "patient")
    assert talk.contact.disposition == "cancelled"


def test_what_they_want_is_read_in_their_own_words() -> None:
    talk = expected()
    said = talk.says("preciso cancelar minha consulta, não vou poder ir")
    assert "Quer cancelar a consulta de segunda-feira, 30 de novembro, às 09:30?" in said


def test_whoever_says_no_keeps_it() -> None:
    talk = wanting("Cancelar", expected())
    assert talk.says("nao") == "Tudo bem, não mudei nada. Se precisar, é só escrever."
    assert appointments.of_patient(TENANT, talk.patient)[0].status == "booked"


def test_which_of_two_visits_is_asked() -> None:
    talk = expected()
    visits.booked(start="2026-12-02T15:00")
    wanting("Cancelar", talk)
    assert [one.title for one in talk.latest.buttons][:2] == ["seg 30/11 09:30", "qua 2/12 15:00"]
    talk.says("2")
    talk.says("sim")
    statuses = [one.status for one in appointments.of_patient(TENANT, talk.patient)]
    assert statuses == ["booked", "cancelled"]


def test_a_visit_is_moved_to_a_free_time() -> None:
    talk = booking()
    talk.says("1")
    wanting("Mudar horário", talk)
    assert talk.latest.text == "Estes horários estão livres. Qual prefere?"
    assert "mudou de horário. Agora é quarta-feira, 25 de novembro" in talk.says("qua 25/11")
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert (visit.local_start, visit.schedule) == ("2026-11-25T09:00", 2)


def test_whoever_has_no_visit_may_book_one() -> None:
    practice()
    talk = wanting("Cancelar")
    assert talk.latest.text.startswith("Não encontrei nenhuma consulta marcada com este contato.")
    assert talk.says("sim") == SLOTS


def test_nothing_is_said_of_visits_at_a_contact_point_of_several_people() -> None:
    visits.booked()
    visits.booked(visits.MARIA._replace(name="João Souza"), "2026-12-02T15:00")
    talk = Talk()
    talk.heard()
    said = talk.says("Oi") + talk.says("3")
    assert "30 de novembro" not in said
    assert "2 de dezembro" not in said
    assert all(one.status == "booked" for one in appointments.of_day(TENANT, "2026-11-30"))


def test_who_has_booked_as_many_visits_as_one_may_gets_a_person() -> None:
    talk = booking()
    for at in range(4):
        if at:
            wanting("Marcar consulta", talk.later(hours=1))
        talk.says("2")
    said = wanting("Marcar consulta", talk.later(hours=1)).said[-1]
    assert (said.buttons, talk.contact.agent) == ((), "ana")
    assert len(upcoming(TENANT, patients.get(TENANT, talk.patient))) == 4


def test_what_the_clinic_has_booked_for_them_does_not_keep_them_from_it() -> None:
    for day in range(1, 6):
        visits.booked(start=f"2026-12-0{day}T15:00")
    talk = booking()
    talk.says("2")
    assert len(upcoming(TENANT, patients.get(TENANT, talk.patient))) == 6


def test_who_only_changes_their_mind_gets_a_person_in_the_end() -> None:
    practice()
    talk = wanting("Marcar consulta")
    for _ in range(12):
        talk.says("quero remarcar a minha consulta")
        talk.says("quero marcar uma consulta nova")
    dialogue = talk.contact.dialogue
    assert dialogue is not None
    assert (dialogue.state, dialogue.reason, len(dialogue.flows)) == ("handed_over", "failed", 10)


def test_a_person_is_one_message_away_from_every_question() -> None:
    talk = booking()
    assert talk.says("quero falar com uma pessoa").startswith("Obrigado pela mensagem. Uma pessoa")
    assert (talk.contact.state, talk.contact.agent) == ("assigned", "ana")
    assert talk.contact.dialogue is not None
    assert (talk.contact.dialogue.state, talk.contact.dialogue.reason) == ("handed_over", "asked")


@pytest.mark.parametrize("said", ["persona", "humano", "operatore", "agent", "Falar com alguém", "6"])
def test_a_person_comes_by_any_word(said: str) -> None:
    talk = Talk()
    talk.says("Oi")
    talk.says(said)
    assert talk.contact.agent == "ana"


def test_the_agent_has_all_that_was_said_and_chosen() -> None:
    talk = booking()
    talk.says("pessoa")
    told, _ = contacts.timeline(TENANT, talk.patient)
    assert [one.direction for one in told] == ["inbound", "outbound"] * 3
    assert {one.contact for one in told} == {talk.contact.id}
    assert talk.contact.dialogue is not None
    assert (talk.contact.dialogue.flow, talk.contact.dialogue.data["type"]) == ("book", "first")


def test_not_understood_they_are_asked_again_and_then_get_a_person() -> None:
    talk = Talk()
    talk.says("Oi")
    assert talk.says("xyzzy plugh").startswith("Desculpe, não entendi bem.\n\nOlá!")
    assert talk.says("frobnicate").startswith("Obrigado pela mensagem. Uma pessoa")
    assert talk.contact.dialogue is not None
    assert talk.contact.dialogue.reason == "failed"


def test_who_is_not_understood_at_first_gets_a_person_without_a_word_of_ours() -> None:
    talk = Talk()
    assert talk.says("o cachorro comeu a receita ontem e agora nem sei") == ""
    assert talk.contact.agent == "ana"


def test_out_of_hours_who_asks_for_a_person_is_told_when_one_is_there() -> None:
    bot_on(hours=SUNDAYS)
    talk = Talk()
    talk.says("Oi")
    assert "reabrimos domingo, 29 de novembro, às 09:00" in talk.says("quero falar com uma pessoa")
    assert talk.says("tem alguém?") == ""


def test_whom_a_team_looks_after_a_machine_does_not_ask() -> None:
    talk = Talk()
    talk.says("obrigada")
    known = patients.get(TENANT, talk.patient)
    patients.put(TENANT, known.model_copy(update={"by_phone": True}))
    assert talk.says("Oi") == ""
    assert talk.contact.agent == "ana"


def test_while_an_agent_has_the_contact_a_machine_says_nothing() -> None:
    talk = Talk()
    talk.says("pessoa")
    reply(TENANT, "ana", talk.contact.id, "Olá, Maria!", talk.now)
    talk.heard()
    assert talk.says("Oi") == ""
    close(TENANT, talk.contact.id, "resolved", talk.now)
    assert talk.says("Oi") == "", "a person has just spoken with them"


def test_an_agent_may_take_it_out_of_the_machine_s_hands() -> None:
    talk = booking()
    take(TENANT, "ana", talk.contact.id, talk.now)
    assert talk.contact.dialogue is not None
    assert (talk.contact.agent, talk.contact.dialogue.state) == ("ana", "handed_over")
    assert talk.says("2") == ""


def test_no_agent_gets_what_a_machine_awaits_an_answer_in() -> None:
    talk = booking()
    route(TENANT, talk.contact.id, talk.now)
    sweep(TENANT, talk.now + timedelta(hours=1))
    assert (talk.contact.state, talk.contact.agent) == ("new", None)


def test_a_dialogue_goes_on_after_a_night_and_on_another_channel() -> None:
    talk = booking(Talk("twilio_sms"))
    talk.later(hours=24).on("whatsapp")
    assert "quarta-feira, 25 de novembro" in talk.says("2")
    assert {one.contact for one in contacts.timeline(TENANT, talk.patient)[0] if one.contact} == {
        talk.contact.id
    }


def test_who_says_no_more_is_not_waited_for_for_ever() -> None:
    talk = Talk()
    talk.says("Oi")
    sweep(TENANT, talk.now + timedelta(hours=47))
    assert talk.contact.state == "new"
    sweep(TENANT, talk.now + timedelta(hours=49))
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "unfinished")


def test_a_question_in_between_is_answered_and_the_matter_goes_on() -> None:
    talk = booking()
    said = talk.says("que horas vocês abrem e fecham?")
    assert said.startswith("Clínica Boa Vista:\nsegunda-feira – domingo: 00:00–24:00\n\nEstes horários")
    assert talk.says("2") == BOOKED


def test_the_hours_and_the_address_are_told_and_that_is_all() -> None:
    week = tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))
    bot_on(hours=week, address="Rua das Flores, 12")
    talk = Talk()
    said = talk.says("que horas vocês abrem e fecham?")
    assert said == "Clínica Boa Vista:\nsegunda-feira – sexta-feira: 08:00–18:00\nRua das Flores, 12"
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "informed")


def test_a_question_is_answered_by_what_the_clinic_has_written_with_its_source() -> None:
    article("Atendemos Unimed e Bradesco.", "Quais convênios vocês aceitam?", "aceita plano de saúde?")
    talk = Talk()
    assert talk.says("vcs aceitam convenio?") == "Atendemos Unimed e Bradesco.\n\nFonte: Recepção"


def test_an_answer_that_nobody_has_looked_at_in_time_is_not_given() -> None:
    article("Atendemos Unimed.", "Quais convênios vocês aceitam?", review_by=NOW.date() - timedelta(days=1))
    assert Talk().says("quais convênios vocês aceitam?") == ""


def test_a_question_about_a_visit_is_answered_as_ever() -> None:
    visits.booked()
    visits.reminded()
    talk = Talk().later(seconds=(visits.FIRST - NOW).total_seconds())
    talk.says("1")
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert visit.confirmation == "confirmed"


def test_what_self_service_asked_last_is_what_a_number_answers() -> None:
    practice()
    visits.booked()
    visits.reminded()
    talk = Talk().later(seconds=(visits.FIRST - NOW).total_seconds())
    wanting("Marcar consulta", talk)
    talk.says("1")
    before, after = sorted(appointments.of_patient(TENANT, talk.patient), key=lambda one: one.created_at)
    assert (before.confirmation, after.created_by) == ("none", "patient")


def test_thanks_are_not_answered() -> None:
    talk = Talk()
    assert talk.says("muito obrigada!") == ""
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "thanked")


def test_where_it_is_off_all_goes_to_people() -> None:
    bot_on(bot="off")
    talk = Talk()
    assert talk.says("Oi") == ""
    assert talk.contact.agent == "ana"


def test_who_never_said_their_name_is_asked_it_once_and_books_under_it() -> None:
    practice()
    talk = Talk("twilio_sms", name="")
    assert talk.says("quero marcar uma consulta").startswith("Com prazer. Em nome de quem?")
    assert talk.says("Rosa Lima").startswith("Estes horários estão livres.")
    assert talk.contact.patient_name == "Rosa Lima"
    assert "Rosa Lima" in talk.says("2")
    assert patients.get(TENANT, talk.patient).name == "Rosa Lima"


def test_who_says_no_name_gets_a_person_and_is_not_asked_again_and_again() -> None:
    practice()
    talk = Talk("twilio_sms", name="")
    talk.says("quero marcar uma consulta")
    talk.says("para que isso?")
    assert talk.contact.dialogue
    assert talk.contact.dialogue.state == "handed_over"


def test_who_is_asked_whether_they_want_more_and_says_thank_you_does_not() -> None:
    talk = Talk()
    talk.says("quero cancelar a consulta")
    assert talk.says("obrigada!") == "Tudo bem, não mudei nada. Se precisar, é só escrever."
    assert talk.contact.state == "closed"


def test_who_asks_for_the_waiting_list_is_put_on_it() -> None:
    practice()
    talk = Talk()
    assert talk.says("me coloca na lista de espera, por favor").startswith(
        "Pronto, você está na lista de espera."
    )
    assert talk.contact.disposition == "waiting_list"


def test_whom_no_time_suits_waits_under_their_name_and_the_next_that_is_freed_is_offered_to_them() -> None:
    other = booking(Talk(sender="5511988887777", name="Zeca Prado"))
    other.presses("ter 24/11 09:00")
    (visit,) = appointments.of_patient(TENANT, other.patient)
    talk = Talk("twilio_sms", name="")
    talk.says("quero marcar uma consulta")
    talk.says("Rosa Lima")
    assert talk.says("nenhum serve").startswith("Quer entrar na lista de espera?")
    assert talk.says("sim").startswith("Pronto, você está na lista de espera.")
    assert talk.contact.disposition == "waiting_list"
    cancel_appointment(TENANT, visit.id, talk.now, author="agent:ana")
    remind(TENANT, talk.now)
    assert "Rosa Lima! Abriu um horário" in talk.heard()
    assert "está marcada: terça-feira, 24 de novembro, às 09:00" in talk.says("1")


def test_a_yes_with_a_typo_takes_what_was_offered_while_something_else_was_still_open() -> None:
    other = booking(Talk(sender="5511988887777", name="Zeca Prado"))
    other.presses("ter 24/11 09:00")
    (visit,) = appointments.of_patient(TENANT, other.patient)
    talk = Talk()
    talk.says("me coloca na lista de espera, por favor")
    talk.says("Oi")
    talk.later(minutes=10)
    cancel_appointment(TENANT, visit.id, talk.now, author="agent:ana")
    remind(TENANT, talk.now)
    assert "Abriu um horário" in talk.heard()
    assert "está marcada: terça-feira, 24 de novembro, às 09:00" in talk.says("siii dai")


def test_a_thumb_that_answers_nothing_of_ours_is_no_matter() -> None:
    talk = Talk()
    assert talk.says("👍") == ""
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "thanked")


def test_an_answer_of_the_clinic_s_own_goes_before_its_hours_and_address() -> None:
    bot_on(address="Rua das Flores 12")
    article("Sim, o pátio é gratuito.", "Tem estacionamento?", "Onde posso estacionar?")
    assert "o pátio é gratuito" in Talk().says("onde posso estacionar?")
    assert "Rua das Flores 12" in Talk(sender="5511988887777").says("qual o endereço?")
