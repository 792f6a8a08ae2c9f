"""Words beside those of `callback_words` by which people say when, and with whom, they would like to come, in
five languages. `wishes` reads them; nothing else does. Accents, case and repeated letters do not matter.
"""

from collections.abc import Mapping
from typing import Final

SPOKEN: Final[Mapping[str, str]] = {
    "pt-BR": "segunda terça quarta quinta sexta tarde",
    "es": "tarde",
    "it": "sera",
    "ca": "tarda",
    "en": "tue tues thu thurs fri",
    "": "mon wed sat sun",
}
"""Words that are a time in these languages only; in a sentence the last are none in any."""
GREETINGS: Final = """
    bom dia|boa tarde|boa noite|buenos dias|buenas tardes|buenas noches|buongiorno|buonasera|buona sera
    |buon pomeriggio|bon dia|bona tarda|bona nit|good morning|good afternoon|good evening|mais tarde|más tarde
    |segunda vez|segunda via|segunda opinião|segunda consulta|quarta consulta|the other day
"""
"""Phrases that hold such a word and say no time."""
MONTHS: Final = (
    "janeiro enero gennaio gener january",
    "fevereiro febrero febbraio febrer february",
    "março marzo març march",
    "abril aprile april",
    "maio mayo maggio maig may",
    "junho junio giugno juny june",
    "julho julio luglio juliol july",
    "agosto agost august",
    "setembro septiembre settembre setembre september",
    "outubro octubre ottobre october",
    "novembro noviembre novembre november",
    "dezembro diciembre dicembre desembre december",
)
NOT: Final = "não non not except exceto excepto menos tranne salvo but cant cannot dont ni nem"
"""A sentence that holds one of these may say when they would not like to come; so may one with "no", which in
Portuguese is "in the"."""
TO: Final = "para pra per a al ao to for"
"""Before the time to which a visit is to be moved; before the one that it has it is "de", "from", "del"."""
JOINT: Final = "de da das do na no as la las le les el in on the e y i o ou or and at alle di del"
"""Between two parts of one time."""
TITLES: Final = "dr dra doutor doutora doctor doctora dott dottor dottoressa prof com con with amb"
"""Before somebody's name."""
AFTER: Final = """
    depois das|a partir das|después de las|a partir de las|dopo le|dalle|després de les|a partir de les|after
    |from
"""
BEFORE: Final = """
    antes das|até as|antes de las|hasta las|prima delle|entro le|abans de les|fins les|before|until
"""
AT: Final = "às|a las|a la|alle|alle ore|ore|a les|at"
"""Before a clock's time."""
