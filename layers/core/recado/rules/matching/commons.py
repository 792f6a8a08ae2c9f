"""How common a name is: two strangers agree in a common one by chance."""

from __future__ import annotations

from functools import cache
from typing import Final

# Written from general knowledge of the most frequent names of Brazil, Spain, Catalonia, Latin America, Italy
# and the English-speaking countries. The number is bits: 6 for a name that one of 64 people of the place has,
# 10 for one of 1,000. What is not here is one of 8,000's; so are the last line's, of which
# each looks like a slip of the pen for another. Names are as `names.folded` writes them.
_GIVEN: Final = """
6.0 maria jose ana joao antonio francisco carlos juan manuel luis giuseppe giovanni anna james john robert
6.0 michael mary william david jordi josep marc montserrat carmen paulo pedro
8.0 lucas gabriel rafael daniel marcelo bruno eduardo felipe rodrigo mateus fernando gustavo andre luiz
8.0 marcos ricardo adriana juliana fernanda patricia aline camila amanda bruna jessica leticia julia luciana
8.0 vanessa mariana gabriela beatriz larissa marcia sandra francisca antonia aparecida raimundo sebastiao
8.0 javier jesus alejandro miguel angel sergio pablo jorge alberto alvaro diego adrian raul enrique isabel
8.0 laura cristina marta dolores lucia pilar elena sara paula raquel mercedes rosario teresa rosa guadalupe
8.0 veronica alejandra margarita elizabeth roberto ramon mario martin hugo luigi andrea marco francesco
8.0 stefano paolo alessandro luca angela giuseppina giulia chiara francesca sofia paola thomas charles
8.0 joseph christopher matthew linda barbara susan jennifer margaret sarah emily laia nuria pau pol joan
8.0 xavier albert mireia
10.0 tiago thiago vinicius leonardo guilherme henrique leandro anderson alexandre fabio renato rogerio caio
10.0 vitor igor samuel davi arthur heitor bernardo lorenzo enzo nicolas joaquim isabela manuela alice helena
10.0 valentina luiza livia cecilia clara heloisa sophia eduarda tatiane tatiana simone cristiane claudia
10.0 carla renata daniela monica rosangela sonia regina vera celia rita tereza josefa severino edson jair
10.0 valdir wellington everton natalia carolina debora priscila viviane elaine silvia eliane fabiana kelly
10.0 rosana sueli terezinha victor ivan oscar ruben joaquin andres ignacio santiago vicente salvador tomas
10.0 felix gonzalo emilio julio cesar guillermo gerardo arturo armando alfredo hector gilberto ernesto
10.0 agustin rocio irene susana yolanda alba inmaculada gloria encarnacion ines eva victoria ximena luz
10.0 martha karla norma esperanza consuelo lorena alicia juana domenico salvatore vincenzo pietro antonino
10.0 angelo carlo franco claudio massimo matteo davide riccardo filippo giorgio nicola enrico emanuele
10.0 federico gabriele tommaso giovanna caterina concetta martina alessia giorgia aurora ginevra beatrice
10.0 federica elisa ilaria simona patrizia mark steven paul andrew joshua kenneth kevin brian george timothy
10.0 ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon
10.0 benjamin gregory frank alexander raymond patrick jack dennis jerry nancy lisa betty ashley donna
10.0 michelle kimberly carol melissa deborah stephanie rebecca sharon cynthia kathleen amy shirley emma
10.0 olivia ruth helen oliver harry charlotte sophie grace hannah lucy chloe roger oriol arnau gerard ferran
10.0 nil biel miquel pere lluis carles francesc ricard enric sergi merce roser neus gemma meritxell marina
10.0 judit ariadna berta eulalia
13.0 jill gill jean jane jan joanne dean sean glen neil gail dale keith colin alan allan robin robyn
"""
_FAMILY: Final = """
5.0 silva santos oliveira souza garcia rodriguez gonzalez fernandez lopez martinez sanchez perez hernandez
5.0 gomez
7.0 sousa rodrigues ferreira alves pereira lima gomes costa ribeiro martins carvalho almeida nascimento
7.0 lopes soares fernandes vieira barbosa rocha dias martin jimenez ruiz diaz moreno ramirez flores torres
7.0 rivera cruz morales reyes ortiz gutierrez smith johnson jones williams brown rossi vila serra
8.5 monteiro mendes freitas cardoso ramos santana teixeira nunes araujo moreira cavalcanti correia correa
8.5 melo campos batista andrade machado marques moura reis castro barros pinto miranda azevedo dantas borges
8.5 munoz alvarez romero alonso navarro dominguez vazquez vasquez gil serrano blanco molina suarez ortega
8.5 delgado rubio marin sanz iglesias nunez medina garrido cortes castillo lozano guerrero cano prieto
8.5 mendez aguilar chavez mendoza vargas rojas herrera salazar contreras guzman luna juarez davis miller
8.5 wilson moore taylor anderson thomas jackson white harris thompson robinson clark lewis walker hall allen
8.5 young king wright hill green baker adams russo ferrari esposito bianchi romano colombo ricci marino
8.5 greco bruno gallo conti giordano mancini rizzo lombardi moretti barbieri puig roca ferrer sola soler
8.5 pujol bosch mas font vidal marti roig pons casals
10.5 cunha pires tavares farias franco fonseca duarte bezerra braga coelho leal macedo viana xavier siqueira
10.5 aguiar amaral brito camargo caldeira cordeiro figueiredo guimaraes goncalves henrique lacerda leite
10.5 magalhaes matos medeiros neves novaes pacheco peixoto pinheiro porto queiroz rezende sales sampaio
10.5 santiago toledo vasconcelos caetano assis lemos bispo mota motta nogueira gonzaga calvo gallego leon
10.5 herrero marquez pena cabrera vega fuentes diez caballero nieto pascual lorenzo montero hidalgo gimenez
10.5 ibanez duran vicente benitez mora arias carmona crespo roman pastor soto saez velasco moya parra bravo
10.5 estrada sandoval espinoza espinosa acosta pineda valencia cardenas maldonado rios padilla valdez ayala
10.5 guerra salas cervantes velazquez fontana santoro mariani rinaldi caruso ferrara galli martini leone
10.5 longo gentile martinelli vitale lombardo coppola marchetti parisi villa conte ferraro ferri fabbri
10.5 bianco marini grasso valentini messina sala gatti pellegrini palumbo sanna farina nelson carter mitchell
10.5 roberts turner phillips campbell parker evans edwards collins stewart morris murphy cook rogers morgan
10.5 cooper peterson bailey reed kelly howard ward cox richardson wood watson brooks bennett gray hughes
10.5 price sanders ross foster barnes powell perry russell sullivan bell scott lee coll valls riera camps
10.5 vives prat rovira grau casas planas miro esteve ribas comas
"""
_RARE: Final = 13.0
OF_EITHER_SEX: Final = frozenset(
    {"andrea", "daniele", "gabriele", "jean", "joan", "michele", "nicola", "simone"}
)
"""Given names that are a man's in one of the five languages and a woman's in another."""


@cache
def _bits(family: bool) -> dict[str, float]:
    lines = [line.split() for line in (_FAMILY if family else _GIVEN).strip().splitlines()]
    return {name: float(bits) for bits, *names in lines for name in names}


def rarity(token: str, family: bool) -> float:
    """How much it tells to share this name, in bits: 6 is one of 64 people, 13 one of 8,000."""
    return _bits(family).get(token, _RARE)


def is_given(token: str) -> bool:
    """Whether the token is among the common given names."""
    return token in _bits(False)


def is_family(token: str) -> bool:
    """Whether the token is among the common family names."""
    return token in _bits(True)
