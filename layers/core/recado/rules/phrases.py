"""The words of a short answer, as people write them. `replies` reads them; nothing else does.

A "|" stands between two phrases. "*" is any language. Accents, case, punctuation and repeated letters do
not matter, so each phrase stands once. Words that may also greet, ask, or speak of something else ("tudo
bem", "positivo") are left out on purpose: what is not here goes to a person.
"""

from typing import Final

CONFIRM: Final = {
    "pt-BR": """
        sim|s|claro|com certeza|certo|certeza|confirmo|confirmado|confirmada|confirmar|confirma
        |confirme|está confirmado|está confirmada|pode confirmar|eu vou|vou|vou sim|irei|estarei lá
        |estarei aí|estarei presente|presente|combinado|tudo certo|tá bom|tá|perfeito|ótimo|isso
        |isso mesmo|confirmo presença|confirmo a consulta|confirmo minha consulta|com certeza vou
        |fechado|joia
    """,
    "es": """
        sí|s|claro|claro que sí|por supuesto|confirmo|confirmado|confirmada|confirmar|confirma
        |confirme|confirmamos|vale|dale|de acuerdo|bien|está bien|muy bien|perfecto|correcto|iré|voy
        |sí voy|ahí estaré|allí estaré|estaré ahí|estaré allí|asistiré|acudiré|sí puedo|sí asistiré
        |confirmo mi cita|confirmo la cita|confirmo asistencia|confirmo mi asistencia
        |cita confirmada|listo|estupendo|genial|sip|conforme|allí nos vemos
    """,
    "it": """
        sì|s|certo|certamente|confermo|confermato|confermata|confermare|conferma|confermiamo|va bene
        |vabbene|d'accordo|perfetto|ottimo|ci sarò|ci saremo|verrò|vengo|esatto
        |confermo l'appuntamento|confermo appuntamento|confermo la visita|appuntamento confermato
        |benissimo|senz'altro|come no|ok confermo|presente
    """,
    "ca": """
        sí|s|i tant|és clar|esclar|confirmo|confirmat|confirmada|confirmar|confirma|confirmem
        |d'acord|molt bé|està bé|perfecte|correcte|hi seré|hi aniré|hi vaig|vindré|vinc|hi serem
        |confirmo la visita|confirmo la cita|confirmo assistència|cap problema|fet|entesos|va bé
        |som-hi|i tant que sí
    """,
    "en": """
        yes|y|yep|yeah|yea|yup|sure|of course|certainly|confirm|confirmed|i confirm|confirming
        |i'll be there|i will be there|will be there|i'll come|i will come|i'm coming|i am coming
        |see you there|see you then|i can come|i can make it|that's fine|all good|sounds good
        |perfect|great|correct|absolutely|definitely|agreed|alright|all right
    """,
    "*": "ok|okay|okey|oki|okei|k|kk|oka|vale ok|d'acord|dacord",
}
"""Yes, I will come. These may also follow one another: "sí, perfecto"."""

CANCEL: Final = {
    "pt-BR": """
        não|n|cancelar|cancela|cancele|cancelo|cancelado|cancelada|cancelamento|desmarcar|desmarca
        |desmarque|desmarco|não vou|não posso|não poderei|não vou poder|não posso ir|não poderei ir
        |não vou poder ir|não consigo|não consigo ir|não vou conseguir|não vou conseguir ir|não irei
        |não vai dar|não dá|não confirmo|quero cancelar|preciso cancelar|pode cancelar
        |pode desmarcar|gostaria de cancelar|quero desmarcar|preciso desmarcar|cancelar consulta
        |cancelar a consulta|cancelar minha consulta|quero cancelar a consulta
        |preciso cancelar a consulta
    """,
    "es": """
        no|n|cancelar|cancela|cancele|cancelen|cancelo|cancelada|cancelado|anular|anula|anule|anulen
        |anulo|no voy|no puedo|no podré|no puedo ir|no podré ir|no voy a poder|no voy a poder ir
        |no puedo asistir|no podré asistir|no asistiré|no iré|no acudiré|no me es posible|imposible
        |no confirmo|quiero cancelar|quisiera cancelar|necesito cancelar|deseo cancelar
        |quiero anular|quisiera anular|cancelar cita|cancelar la cita|cancelar mi cita
        |cancele la cita|cancelen mi cita|anular cita|anular la cita|anular mi cita
        |quiero cancelar la cita|quiero cancelar mi cita
    """,
    "it": """
        no|n|annulla|annullare|annullo|annulli|annullate|annullato|disdico|disdire|disdetta|disdica
        |disdite|cancella|cancellare|cancello|cancellate|cancellato|non posso|non potrò
        |non posso venire|non potrò venire|non vengo|non verrò|non riesco|non riesco a venire
        |non ci sarò|non confermo|vorrei annullare|vorrei disdire|devo annullare|devo disdire
        |voglio annullare|voglio disdire|annulla appuntamento|annullare l'appuntamento
        |disdico l'appuntamento|disdire l'appuntamento|devo disdire l'appuntamento
        |annullo l'appuntamento|impossibile
    """,
    "ca": """
        no|n|cancel·lar|cancel·la|cancel·li|cancel·lo|cancel·lin|cancel·lada|cancel·lat|cancela
        |anul·lar|anul·la|anul·li|anul·lo|anul·lin|anul·lada|anul·lat|no puc|no podré|no puc venir
        |no podré venir|no puc anar-hi|no hi puc anar|no hi podré anar|no vindré|no vinc|no hi aniré
        |no hi seré|no confirmo|vull cancel·lar|vull anul·lar|he d'anul·lar|voldria anul·lar
        |voldria cancel·lar|anul·lar visita|anul·lar la visita|cancel·lar la visita
        |cancel·lar la cita|anul·lar la cita|vull anul·lar la visita|impossible|haig d'anul·lar
    """,
    "en": """
        no|n|nope|nah|cancel|cancelled|canceled|cancel it|i cancel|please cancel it|can't|cannot
        |can't come|can't make it|i can't|i can't come|i can't make it|i cannot come
        |i cannot make it|i cannot|unable to come|i am unable to come|won't come|i won't come
        |i will not come|i won't be there|i'm not coming|i am not coming|not coming|can't go
        |i can't go|i want to cancel|i need to cancel|i'd like to cancel|i would like to cancel
        |i have to cancel|cancel appointment|cancel my appointment|cancel the appointment
        |i want to cancel my appointment|i need to cancel my appointment
    """,
}
"""No, I will not."""

OPTOUT: Final = {
    "pt-BR": """
        parar|pare|parem|sair|descadastrar|descadastre|pare de enviar mensagens
        |não quero mais mensagens|não quero receber mensagens|não enviar mais mensagens
        |parar mensagens|cancelar mensagens|cancelar inscrição|não me mande mais mensagens
        |não me mandem mais mensagens|quero parar de receber|remover
    """,
    "es": """
        baja|dar de baja|darme de baja|deme de baja|dame de baja|quiero darme de baja|detener|parar
        |no más mensajes|no quiero más mensajes|no quiero recibir mensajes|no me escriban más
        |cancelar suscripción|cancelar mensajes|no me envíen más mensajes|no me manden más mensajes
        |quiero dejar de recibir mensajes
    """,
    "it": """
        basta|basta messaggi|disiscrivi|disiscrivimi|cancellami|rimuovimi|non voglio più messaggi
        |non scrivetemi più|non voglio ricevere messaggi|annulla iscrizione|cancella iscrizione
        |non mandatemi più messaggi|disiscrizione
    """,
    "ca": """
        baixa|donar de baixa|donar-me de baixa|donin-me de baixa|doni'm de baixa|aturar|atura|prou
        |prou missatges|no vull més missatges|no vull rebre missatges|cancel·lar subscripció
        |no m'enviïn més missatges|no m'envieu més missatges
    """,
    "en": """
        unsubscribe|opt out|optout|stop messages|stop texting me|stop texting|stop all
        |no more messages|stop sending messages|remove me|don't text me|do not text me
        |don't message me|do not message me|please stop
    """,
    "*": "stop|stopall|unsubscribe|end|quit|revoke|remove|optout|opt-out|arret|td",
}
"""No more messages, please. Those of any language are the words that SMS carriers and providers act on
(Twilio; AWS End User Messaging), but for CANCEL: see `rules.consent.spoken`."""

OPTIN: Final = {
    "pt-BR": """
        voltar|voltar a receber|quero voltar a receber|quero receber|quero receber mensagens|reativar|reative
        |quero receber de novo|quero receber mensagens de novo|voltem a me escrever
    """,
    "es": """
        alta|volver a recibir|quiero volver a recibir|quiero recibir|quiero recibir mensajes|reactivar
        |reactiva|reactiven|quiero recibir de nuevo|vuelvan a escribirme
    """,
    "it": """
        riattiva|riattivare|riattivate|tornare a ricevere|voglio ricevere|voglio ricevere messaggi
        |voglio tornare a ricevere|riscrivetemi
    """,
    "ca": """
        alta|torna a rebre|tornar a rebre|vull tornar a rebre|vull rebre|vull rebre missatges|reactiva
        |reactivar|tornin a escriure'm
    """,
    "en": """
        opt in|optin|subscribe|resubscribe|start messages|start again|i want messages again
        |i want to receive messages
    """,
    "*": "start|unstop",
}
"""Write to me again. Never a part of a longer text: whoever stopped must say so in as many words."""

HUMAN: Final = {
    "pt-BR": """
        atendente|pessoa|humano|falar com atendente|falar com uma pessoa|falar com alguém
        |quero falar com alguém|quero falar com uma pessoa|quero falar com um atendente
        |falar com um atendente|falar com a recepção|recepção|secretária|ajuda|me ligue|me liguem
        |ligue para mim|pode me ligar|podem me ligar|quero falar com atendente
    """,
    "es": """
        persona|agente|humano|operador|operadora|recepción|hablar con una persona|hablar con alguien
        |ayuda|quiero hablar con una persona|quiero hablar con alguien|hablar con un agente
        |hablar con recepción|llámenme|llámeme|llámame|me pueden llamar|pueden llamarme|secretaria
    """,
    "it": """
        persona|operatore|operatrice|umano|segreteria|parlare con una persona|parlare con qualcuno
        |aiuto|mi chiami|parlare con un operatore|vorrei parlare con una persona
        |voglio parlare con una persona|mi chiamate|vorrei parlare con qualcuno|mi richiami
        |mi richiamate|potete chiamarmi
    """,
    "ca": """
        persona|agent|humà|operador|operadora|recepció|parlar amb una persona|parlar amb algú|ajuda
        |truqui'm|truquin-me|vull parlar amb una persona|vull parlar amb algú|em poden trucar
        |poden trucar-me|secretària
    """,
    "en": """
        agent|human|person|operator|reception|receptionist|talk to a person|speak to a person
        |talk to someone|speak to someone|i want to talk to a person|i want to speak to someone
        |call me|please call me|help
    """,
}
"""Let me speak to a person."""

COURTESY: Final = """
    por favor|obrigado|obrigada|muito obrigado|muito obrigada|brigado|brigada|obg|olá|oi|bom dia
    |boa tarde|boa noite|gracias|muchas gracias|mil gracias|hola|buenas|buenos días|buenas tardes
    |buenas noches|saludos|un saludo|grazie|grazie mille|molte grazie|per favore|per cortesia
    |buongiorno|buonasera|buon giorno|buona sera|salve|ciao|gràcies|moltes gràcies|si us plau
    |sisplau|bon dia|bona tarda|bones|bona nit|salutacions|thanks|thank you|thanks a lot
    |thank you very much|thx|please|pls|hello|hey|good morning|good afternoon|good evening|regards
    |abraço|um abraço|un abrazo|saluti|cordiali saluti|valeu|vlw|tks|tnx|ty|grz|merci
"""
"""Greetings and thanks, which change no answer. Not the English "hi": it is a word in Catalan."""
SLIPPED: Final = """
    obrigado|obrigada|gracias|grazie|gràcies|thanks|please|buongiorno|buonasera|sisplau|saludos|saluti|regards
"""
"""Words of courtesy in which one letter may be wrong, left out or too many."""
