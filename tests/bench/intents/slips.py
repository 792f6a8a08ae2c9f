"""How a sentence gets onto a phone: slips of the thumb, words cut short, no commas, a letter too many."""

from __future__ import annotations

import random
import re
from typing import Final

SHORT: Final[dict[str, dict[str, str]]] = {
    "pt-BR": {
        "você": "vc|voce|ce",
        "vocês": "vcs|voces|vces",
        "não": "n|nao|ñ|num",
        "que": "q|ki",
        "quero": "qro|kero",
        "porque": "pq",
        "por que": "pq",
        "também": "tb|tbm",
        "hoje": "hj",
        "estou": "tô|to|estou",
        "está": "tá|ta",
        "para": "pra|p|pra",
        "para o": "pro",
        "consulta": "consuta|cons",
        "amanhã": "amanha|amnh|amanhan",
        "por favor": "pfv|por fvr|pf|porfavor",
        "obrigado": "obg|brigado|obgd",
        "obrigada": "obg|brigada|obgda",
        "beleza": "blz",
        "quando": "qdo|qnd",
        "quanto": "qto|qnt",
        "mensagem": "msg",
        "mensagens": "msgs|msg",
        "muito": "mt|mto",
        "tudo bem": "td bem|tdb",
        "tudo": "td",
        "com": "c",
        "doutor": "dr",
        "doutora": "dra",
        "horário": "hr|horario|hora",
        "horas": "hrs|h",
        "mais": "mas|+",
    },
    "es": {
        "que": "q|k|ke",
        "qué": "q|k|ke",
        "por favor": "x favor|porfa|xfa|pf|xfavor|plis",
        "porque": "xq|pq|porq",
        "por qué": "xq|pq",
        "también": "tb|tmb|tbn",
        "mañana": "mñn|manana|mñana",
        "gracias": "grax|grcs|gcias|gracia",
        "mensaje": "msj|mjs",
        "mensajes": "msjs|mjs|msj",
        "para": "pa|p|xa",
        "por": "x",
        "quiero": "kiero|qiero",
        "hora": "hr",
        "ustedes": "uds|ustds",
        "usted": "ud",
        "buenos días": "bns dias|bn dia|buen día",
        "buenas tardes": "bnas tardes|buena tarde",
        "bien": "bn",
        "estoy": "toy|stoy",
        "está": "ta|sta",
        "doctor": "dr|doc",
        "doctora": "dra",
        "teléfono": "tlf|telf|tel",
        "horas": "hrs|h",
        "necesito": "nesecito|necesito|nececito",
        "hacer": "aser|hacer",
        "voy": "boy",
        "haber": "aver",
        "puedo": "pueo|puedo",
        "cita": "sita|cita",
    },
    "it": {
        "non": "nn",
        "che": "ke|k",
        "per": "x",
        "perché": "xké|xche|perche|pk",
        "comunque": "cmq",
        "appuntamento": "app.to|appuntam|apuntamento|appunt",
        "grazie": "grz|grazieee|thx",
        "messaggio": "msg|mex",
        "messaggi": "msg|mex",
        "sono": "sn",
        "anche": "anke",
        "domani": "dmn|dom",
        "dottore": "dott",
        "dottoressa": "dott.ssa|dottssa",
        "quando": "qnd|qdo",
        "quanto": "qnt",
        "posso": "poso",
        "più": "piu|+",
        "per favore": "x favore|pf|perfavore",
        "tutto": "tt",
        "bene": "bn",
        "c'è": "ce|cè",
    },
    "ca": {
        "que": "q|k",
        "què": "k|q|que",
        "també": "tb|tmb",
        "si us plau": "sisplau|sius plau|sp|porfa|si us plau",
        "perquè": "xq|pq|perque",
        "per": "x",
        "gràcies": "gracies|merci|grcs",
        "demà": "dema",
        "missatge": "msg|mis",
        "missatges": "msgs",
        "però": "pero",
        "puc": "puk|puc",
        "doctor": "dr",
        "doctora": "dra",
        "vull": "vui|vull",
        "amb": "amb|am",
        "telèfon": "tlf|tel",
        "hora": "ora",
        "he de": "haig de|he de|tinc que",
        "bon dia": "bondia",
        "cap": "kap",
    },
    "en": {
        "you": "u|ya",
        "your": "ur",
        "are": "r",
        "please": "pls|plz|plse",
        "thanks": "thx|tnx|thnx",
        "tomorrow": "tmrw|tomoz|2moro|tommorow|tomorow",
        "appointment": "appt|apt|appointmnt|apointment|appoinment",
        "because": "cuz|bc|cos",
        "to": "2",
        "for": "4",
        "going to": "gonna",
        "want to": "wanna",
        "message": "msg",
        "messages": "msgs|mssgs",
        "text": "txt",
        "today": "2day|tday",
        "have to": "gotta|hafta",
        "don't": "dont|dnt",
        "I'm": "im|Im",
        "can't": "cant|cnt",
        "doctor": "dr|doc",
        "with": "w|w/",
        "through": "thru",
        "receive": "recieve",
        "definitely": "definately|defo",
        "see": "c",
        "be": "b",
    },
}
"""A word and how it is cut short or misspelt."""

NEAR: Final = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "wa",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "bc",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}
"""Keys beside each other."""


def slipped(text: str, language: str, rng: random.Random) -> str:
    """The same, as somebody in a hurry types it."""
    if rng.random() < 0.4:
        text = _cut_short(text, language, rng)
    if rng.random() < 0.4:
        text = re.sub(r"[.,;:!?¿¡]", "", text)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        text = _slip(text, rng)
    return text


def _cut_short(text: str, language: str, rng: random.Random) -> str:
    for word, shorts in SHORT[language].items():
        if rng.random() < 0.6:
            text = re.sub(rf"(?i)\b{re.escape(word)}(?!\w)", rng.choice(shorts.split("|")), text)
    return text


def _slip(text: str, rng: random.Random) -> str:
    """One letter in a word of four or more: left out, doubled, changed with the next, or its neighbour's."""
    places = [found.start() + 1 + rng.randrange(found.end() - found.start() - 2)
              for found in re.finditer(r"[^\W\d_]{4,}", text)]  # fmt: skip
    if not places:
        return text
    at = rng.choice(places)
    sign = text[at]
    other = rng.choice(("", sign * 2, text[at + 1] + sign, rng.choice(NEAR.get(sign.lower(), sign))))
    return text[:at] + other + text[at + (2 if len(other) == 2 and other[0] != sign else 1) :]
