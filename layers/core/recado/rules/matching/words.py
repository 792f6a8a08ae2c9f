"""Words in the place of a name that are none, in five languages."""

from __future__ import annotations

import re
from typing import Final

# All of this is in the form of `names.folded`: small letters without accents.
_PARTICLES: Final = """
a al bin d da dal dalla das de degli dei del della delle dello den der di do dos du e el en i l la las le lo
los of ten ter the van von y
"""
_TITLES: Final = """
arq dn dna doctor doctora don dona dott dottoressa dottssa doutor doutora dr dra drs enf enfermeira ing lic
miss mister mr mrs ms pastor pastora prof profa profe professor professora senhor senhora senor senora
senyor senyora seu sig signor signora signorina sigra sr sra sres srta srto
"""
_BUSINESS: Final = """
abogados academia advocacia agropecuaria artesanato atelier autoescola bakery barbearia barber barberia
bazar bolos botiga boutique cia clinica colegio comercial company construcciones construtora consultoria
consultorio contabilidade corp cosmeticos delivery digital distribuidora doces eireli empresa escola estudio
eventos farmacia ferreteria fotografia fruteria group grupo gym hotel imobiliaria imoveis inc informatica
inmobiliaria lanchonete llc loja lojas ltd ltda marketing materiais mei mercado mercearia moda modas negozio
official oficial oficina padaria panaderia peluqueria pet pizzaria pizzeria pousada restaurant restaurante
ristorante salao salon seguros services servicios servicos shop slu solutions srl store studio supermercado
suporte taller tienda tortas transportes turismo vendas ventas veterinaria viagens viajes
"""
_NOTHING: Final = """
amor amore anonim anonima anonimo anonymous barca blessed caller casa cell celular chamada client cliente
contact contacto contato corinthians desconegut desconhecida desconhecido desconocida desconocido deus dio
dios familia family feliz fiel flamengo forever futbol god gracias gratidao grazie happy home id instagram
jesus_te_ama king lead life llamada love madrid mamae movil mundo name nombre nome none novo nuevo null
number numero obrigada pacient paciente palmeiras patient paziente phone princesa princess privado private
privato prova prueba queen rainha reina sconosciuta sconosciuto sempre siempre soccer telegram test teste
thanks trabajo trabalho unknown user usuari usuaria usuario utente vida voice voz whatsapp work world
"""
_GENERATIONS: Final = """
jr junior jr jnr filho ii figlio fill hijo
sr senior snr pai
3 neto iii nieto
sobrinho sobrinho
"""
"""A line: how we call it, and how it is written."""
_SHORTENED: Final = """
maria ma
francisco fco
francisca fca
fernando fdo
guadalupe gpe
jose jse
antonio ant
william wm
hernandez hdez hdz
gonzalez glez gzlez gzz
martinez mtz mtnez
rodriguez rdguez rguez rodz
fernandez fdez fndez
garcia gcia
lopez lpz
perez pz
sanchez szez schez
jimenez jmnz
dominguez dguez
charles chas
thomas thos
"""
"""A line: a name, and how it is shortened in writing."""


def _written(lines: str) -> dict[str, str]:
    """The first word of each line, by each of the others."""
    rows = [line.split() for line in lines.strip().splitlines()]
    return {written: meant for meant, *forms in rows for written in forms}


PARTICLES: Final = frozenset(_PARTICLES.split())
TITLES: Final = frozenset(_TITLES.split())
BUSINESS: Final = frozenset(_BUSINESS.split())
"""A name with one of these is a shop's or a company's."""
NOTHING: Final = frozenset(_NOTHING.split())
"""What has one of these is a saying, a greeting, or an app's word for somebody without a name."""
GENERATIONS: Final = _written(_GENERATIONS)
SHORTENED: Final = _written(_SHORTENED)
_KIN: Final = (
    "mae|mamae|pai|papai|filha|filho|esposa|esposo|marido|irma|irmao|tia|tio|vo|vovo|avo|nora|sobrinha|madrinha|"
    "madre|mama|papa|padre|hija|hijo|mujer|hermana|hermano|abuela|abuelo|nieta|mami|papi|mamma|figlia|figlio|"
    "moglie|marito|nonna|nonno|sorella|fratello|zia|mare|pare|filla|fill|dona|germana|germa|avia|avi|tieta|"
    "mom|mum|mommy|mother|dad|daddy|father|wife|husband|son|daughter|sister|brother|aunt|uncle|grandma|granny|nana"
)
KIN: Final = re.compile(
    # "mãe do Pedro", "the mother of Pedro"; and "Pedro's mom", whose own name is not said either
    rf"\b(?:{_KIN}) (?:da|de|do|das|dos|di|del|della|la|el|of|d|en|na)\b.*|^.*s (?:{_KIN})\b.*"
)
INTRODUCED: Final = re.compile(
    r"^(?:(?:oi|ola|hola|ciao|hello|hi|hey|bom dia|boa tarde|buenos dias|buongiorno|pronto|bon dia|si|sim|"
    r"yes|eh|ah|ahn|um|uh|bueno)[ ,]+)*"
    r"(?:(?:o )?meu nome e|(?:eu )?me chamo|aqui (?:quem fala )?e (?:a|o)|(?:quem )?fala (?:a|o|e)|"
    r"(?:eu )?sou(?: [ao](?= ))?|mi nombre es|me llamo|(?:yo )?soy|(?:le )?habla|"
    r"il mio nome e|mi chiamo|(?:io )?sono|em dic|(?:jo )?soc (?:la|el|en)|el meu nom es|"
    r"my name is|my names|this is|i am|im|it is|its|name is) "
)
