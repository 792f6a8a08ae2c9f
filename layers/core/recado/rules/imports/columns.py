"""What a table's columns hold, by their headings in English and in the five languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from recado.rules.imports.words import meanings, plain

MOST: Final = 200
"""Columns of a table."""

USABLE: Final = frozenset({"id", "name", "given_name", "family_name"})
"""Without one of these a table says of nobody who they are."""

# What a column holds: its headings, plain (see words.py), without the figures at their end.
_HEADINGS: Final = """
id: id|patient id|id patient|external id|ehr id|mrn|medical record number|record number|chart number
id: id paciente|codigo|codigo paciente|codigo do paciente|codigo del paciente|cod paciente|prontuario
id: numero do prontuario|n prontuario|nhc|numero de historia|n historia|historia clinica|n historia clinica
id: numero historia clinica|id paziente|codice paziente|codice|cartella|numero cartella|cartella clinica
id: id pacient|codi|codi pacient|codi del pacient|historia|num historia|numero d historia
name: full name|fullname|patient|patient name|display name|name of patient|contact name
name: nome completo|paciente|nome paciente|nome do paciente|nombre completo|nombre y apellidos
name: apellidos y nombre|nombre paciente|nombre del paciente|nominativo|paziente|nome e cognome
name: cognome e nome|nome paziente|nom complet|nom i cognoms|cognoms i nom|pacient|nom pacient|nom del pacient
first: name|nome|nombre|nom|nombres
given_name: given name|given names|first name|firstname|forename|given|prenome|primeiro nome
given_name: nombre de pila|primer nombre|nome di battesimo|nom de pila|nom propi
family_name: family name|last name|lastname|surname|family|sobrenome|apelido|apelidos|ultimo nome
family_name: apellido|apellidos|primer apellido|apellido paterno|cognome|cognom|cognoms|primer cognom
second_name: second surname|segundo sobrenome|segundo apellido|apellido materno|segundo apelido
second_name: secondo cognome|segon cognom
birth_date: birth date|birthdate|date of birth|dob|birthday|born|data de nascimento|data nascimento
birth_date: dt nascimento|data nasc|dt nasc|nascimento|fecha de nacimiento|fecha nacimiento|fecha nac
birth_date: f nacimiento|fec nacimiento|nacimiento|data di nascita|data nascita|nascita|nato il
birth_date: data de naixement|data naixement|naixement|nascut el
sex: sex|gender|sexo|genero|sesso|genere|sexe
phone: phone|phone number|telephone|telephone number|tel|mobile|mobile phone|mobile number|cell|cell phone
phone: cellphone|home phone|work phone|landline|whatsapp|telefone|fone|celular|telemovel|telefone celular
phone: telefone fixo|tel celular|telefono|movil|telefono movil|tel movil|telefono fijo|fijo|telefono casa
phone: cellulare|telefono cellulare|telefono fisso|fisso|recapito telefonico|telefon|mobil|telefon mobil
phone: telefon fix|fix|contact number|numero de telefone|numero de telefono|numero di telefono
email: email|e mail|mail|email address|e mail address|correo|correo electronico|correio eletronico
email: endereco de email|direccion de correo|indirizzo email|indirizzo e mail|posta elettronica
email: correu|correu electronic|adreca electronica|adreca de correu
document: document|document number|identity document|national id|id number|documento|numero documento
document: numero do documento|numero de documento|documento de identidade|documento de identidad
document: documento di identita|document d identitat|cedula|cedula de identidad|dni|dni nif|dni nie|nif
document: dni nif nie|nie|dui
document br/cpf: cpf|cpf paciente|cpf do paciente|numero cpf|numero do cpf
document br/cns: cns|cartao sus|cartao nacional de saude|cartao nacional saude|numero cns
document it/codicefiscale: codice fiscale|cod fiscale|cf|c f|fiscal code
document mx/curp: curp
document cl/rut: rut|run
document gb/nhs: nhs number|nhs
street: street|address|street address|address line|endereco|logradouro|rua|morada|direccion|domicilio|calle
street: indirizzo|via|adreca|carrer|domicili
city: city|town|cidade|municipio|localidade|ciudad|localidad|poblacion|citta|comune|ciutat|poblacio
city: municipi|localitat
postcode: postcode|postal code|post code|zip|zip code|zipcode|cep|codigo postal|cod postal|cp|c p|cap
postcode: codice postale|codi postal
country: country|country code|pais|paese|nazione|stato
language: language|preferred language|idioma|idioma preferido|lingua|lingua preferita|llengua|lengua
kind: kind|contact kind|patient kind|tipo|tipo de contato|tipo de contacto|tipo contatto|tipus
opted_out: opted out|opt out|optout|unsubscribed|do not contact|nao contatar|nao contactar|recusou contato
opted_out: no contactar|no molestar|baja|non contattare|no contactar mai|descadastrado
marketing: marketing|marketing consent|consent marketing|consentimento marketing|consentimento de marketing
marketing: consentimiento marketing|consentimiento de marketing|acepta publicidad|consenso marketing
marketing: consenso al marketing|consentiment marketing|consentiment de marketing|aceita publicidade
evidence: evidence|consent evidence|marketing evidence|proof of consent|prova do consentimento
evidence: evidencia do consentimento|evidencia|prueba del consentimiento|evidencia del consentimiento
evidence: prova del consenso|prova del consentiment|origem do consentimento|origen del consentimiento
consented_on: consent date|date of consent|data do consentimento|data consentimento|fecha consentimiento
consented_on: fecha del consentimiento|data del consenso|data consenso|data del consentiment
deceased: deceased|dead|date of death|death date|falecido|obito|data do obito|data de obito|fallecido
deceased: exitus|defuncion|fecha de defuncion|fecha defuncion|deceduto|decesso|data decesso|difunt|defuncio
active: active|ativo|ativa|activo|activa|attivo|attiva|actiu
"""


def held(headings: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, "" where nobody knows; "nome" alone is the whole name, beside "cognome" not."""
    found = [_meaning(heading) for heading in headings[:MOST]]
    first = "given_name" if "family_name" in found else "name"
    return tuple(first if one == "first" else one for one in found)


def is_usable(columns: Sequence[str]) -> bool:
    """Whether a table with these columns says who somebody is."""
    return any(one.partition(" ")[0] in USABLE for one in columns)


def _meaning(heading: str) -> str:
    words = plain(heading)
    own = words.replace(" ", "_")
    if own in _own_names():
        return own
    known = _known()
    return known.get(words) or known.get(re.sub(r" ?[0-9]+$", "", words), "")


@cache
def _known() -> dict[str, str]:
    return meanings(_HEADINGS)


@cache
def _own_names() -> frozenset[str]:
    """Our own names, as the API has them. `name` is a word of several meanings, too."""
    return frozenset(meaning for meaning in _known().values() if " " not in meaning) - {"first", "name"}
