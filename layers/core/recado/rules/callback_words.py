"""How people say when they may be called, in five languages. `callback_times` reads them; nothing else does.

A "|" stands between two phrases. Accents, case and repeated letters do not matter. The languages are not kept
apart, since people answer in any; a phrase that would mean two things is left out on purpose, and so goes to
a person.
"""

from typing import Final

DAYS: Final = {
    0: "hoje|hoy|oggi|avui|today",
    1: "amanhã|mañana|domani|demà|tomorrow|tomorow|tmrw|amanha",
    2: """
        depois de amanhã|pasado mañana|dopodomani|dopo domani|demà passat|passat demà|day after tomorrow
        |the day after tomorrow
    """,
}
"""By how many days after the day on which it is said."""

WEEKDAYS: Final = {
    0: "segunda|segunda-feira|segunda feira|2ª feira|lunes|lunedì|dilluns|monday|mon",
    1: "terça|terça-feira|terça feira|martes|martedì|dimarts|tuesday|tue|tues",
    2: "quarta|quarta-feira|quarta feira|miércoles|mercoledì|dimecres|wednesday|wed",
    3: "quinta|quinta-feira|quinta feira|jueves|giovedì|dijous|thursday|thu|thurs",
    4: "sexta|sexta-feira|sexta feira|viernes|venerdì|divendres|friday|fri",
    5: "sábado|sabato|dissabte|saturday|sat",
    6: "domingo|domenica|diumenge|sunday|sun",
}
"""0 is Monday."""

BEFORE_WEEKDAY: Final = """
    na|nesta|próxima|na próxima|el|este|el próximo|il|la|questo|questa|aquest|el proper|on|this
"""
"""What may stand before a weekday and change nothing. Not the Portuguese "no", which is a no elsewhere, and
not "next", which is a week later for some."""

PARTS: Final = {
    "morning": """
        de manhã|pela manhã|da manhã|na parte da manhã|manhã|por la mañana|de la mañana|en la mañana
        |a la mañana|x la mañana|di mattina|mattina|la mattina|in mattinata|del mattino|di mattino
        |al mattino|al matí|pel matí|del matí|de matí|matí|morning|in the morning
    """,
    "midday": """
        ao meio-dia|meio-dia|al mediodía|a mediodía|a mezzogiorno|al migdia|at noon|noon|at midday
        |midday
    """,
    "afternoon": """
        à tarde|de tarde|da tarde|pela tarde|na parte da tarde|tarde|por la tarde|de la tarde
        |en la tarde|a la tarde|x la tarde|nel pomeriggio|di pomeriggio|del pomeriggio|pomeriggio
        |al pomeriggio|a la tarda|de la tarda|per la tarda|tarda|afternoon|in the afternoon
    """,
    "evening": """
        à noite|de noite|da noite|por la noche|de la noche|di sera|la sera|della sera|sera|in serata
        |al vespre|del vespre|vespre|evening|in the evening|at night
    """,
}

PARTS_TODAY: Final = {
    "morning": "esta manhã|esta mañana|questa mattina|stamattina|aquest matí|this morning",
    "afternoon": "esta tarde|questo pomeriggio|aquesta tarda|this afternoon",
    "evening": "esta noite|esta noche|stasera|questa sera|aquest vespre|this evening|tonight",
}
"""The same of the day on which it is said."""

HOURS: Final = {"morning": (9, 12), "midday": (12, 14), "afternoon": (14, 18), "evening": (18, 20)}
"""When a part of the day begins and ends, in whole hours."""

AFTER: Final = """
    depois das|depois da|depois do|após as|após|a partir das|a partir da|a partir de|después de las
    |después de la|después de|despues de las|a partir de las|desde las|dopo le|dopo l|dopo|dalle|dall
    |a partire dalle|dalle ore|dopo le ore|després de les|després de la|després de|a partir de les
    |des de les|after|from|any time after|anytime after
"""

BEFORE: Final = """
    antes das|antes da|antes do|até as|até às|até|antes de las|antes de la|antes de|hasta las|hasta la
    |prima delle|prima dell|prima di|entro le|fino alle|abans de les|abans de la|abans de|fins a les
    |fins les|before|until|till|by
"""

BETWEEN: Final = "entre as|entre|das|de|entre las|de las|tra le|fra le|entre les|de les|between"
"""Before the first of two times; some also stand before one alone (AFTER)."""

TO: Final = (
    "e as|e|y las|y|e le|i les|i|and|to|até|até as|hasta las|hasta|fino alle|fins a les|fins les|-|until|till"
)
"""Between two times; what also stands before one alone is in BEFORE."""

AT: Final = """
    às|as|à|ao|por volta das|lá pelas|pelas|para as|a las|a la|hacia las|sobre las|para las|las|alle|all
    |alle ore|ore|verso le|per le|le|a les|a la|cap a les|sobre les|les|at|around|about|around about|a|@
"""

IN: Final = "em|daqui a|daqui|dentro de|en|de aquí a|tra|fra|d'aquí a|d'aquí|in"
"""Before MINUTES."""

MINUTES: Final = {
    15: "15 minutos|15 minuti|15 minuts|15 minutes|15 min|un cuarto de hora|un quarto d'ora",
    30: """
        30 minutos|30 minuti|30 minuts|30 minutes|30 min|meia hora|media hora|mezz'ora|mezzora
        |mitja hora|half an hour
    """,
    45: "45 minutos|45 minuti|45 minuts|45 minutes|45 min",
    60: """
        uma hora|1 hora|1h|una hora|un'ora|1 ora|an hour|1 hour|one hour|60 minutos|60 minuti|60 minuts
        |60 minutes|60 min
    """,
    120: "duas horas|2 horas|2h|dos horas|due ore|2 ore|dues hores|2 hores|two hours|2 hours",
    180: "três horas|3 horas|3h|tres horas|tre ore|3 ore|tres hores|3 hores|three hours|3 hours",
}

FILLERS: Final = """
    sim|si|sì|yes|ok|okay|vale|certo|claro|va bene|d'acord|de acuerdo|combinado|perfeito|pode ser
    |puede ser|podría ser|può essere|pot ser|could be|pode ligar|podem ligar|pode me ligar
    |podem me ligar|poderia ligar|poderiam me ligar|poderia me ligar|me ligue|me liga|me liguem|liguem
    |ligue|liga|ligar|pode retornar|podem retornar|me retorne|retornem|melhor|é melhor|prefiro
    |seria melhor|se possível|se puder|se puderem|pueden llamar|pueden llamarme|puede llamarme
    |me pueden llamar|me puede llamar|podrían llamarme|llámenme|llámeme|llámame|llamen|llame|llamar
    |mejor|es mejor|prefiero|si es posible|si puede ser|si pueden|potete chiamare|potete chiamarmi
    |può chiamarmi|mi può chiamare|mi potete chiamare|chiamatemi|mi chiami|mi chiamate|richiamatemi
    |mi richiami|chiamare|meglio|è meglio|preferisco|preferirei|se possibile|se potete|poden trucar
    |poden trucar-me|em poden trucar|pot trucar-me|truqui'm|truquin-me|truqueu-me|trucar|millor
    |és millor|prefereixo|si és possible|si pot ser|si us va bé|you can call|you may call|can you call
    |can you call me|could you call|could you call me|please call|please call me|call me|call
    |you can call me|ring me|better|i prefer|i would prefer|if possible|would be better|is better
    |is fine|works|would be good|please|por favor|obrigado|obrigada|obg|gracias|muchas gracias|grazie
    |grazie mille|gràcies|moltes gràcies|thanks|thank you|olá|oi|hola|ciao|salve|buongiorno|buonasera
    |hello|bom dia|boa tarde|boa noite|buenos días|buenas tardes|buenas noches|buenas|bon dia|bona tarda
    |bona nit|good morning|good afternoon|good evening|per favore|si us plau|sisplau|um abraço|un saludo
    |saluti|a qualquer hora|qualquer hora|a cualquier hora|a qualsiasi ora|a qualsevol hora|any time
    |anytime
"""
"""What says no time: that one may call, and courtesy. Never a "no", nor anything of a visit."""
