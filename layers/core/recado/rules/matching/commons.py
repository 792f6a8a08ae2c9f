"""How common a name is: two strangers agree in a common one by chance."""

from __future__ import annotations

from functools import cache
from typing import Final

# Written from general knowledge of the most frequent names of Brazil, Spain, Catalonia, Latin America, Italy
# and the English-speaking countries, in three classes: borne by about one of 60, of 250, of 1,000 people of the
# place. What is not here is about one of 8,000. Bits are -log2 of that. Names are as `names.folded` writes them.
_GIVEN: Final = (
    (
        6.0,
        "maria jose ana joao antonio francisco carlos juan manuel luis giuseppe giovanni anna james john robert "
        "michael mary william david jordi josep marc montserrat carmen paulo pedro",
    ),
    (
        8.0,
        "lucas gabriel rafael daniel marcelo bruno eduardo felipe rodrigo mateus pedro fernando gustavo andre luiz "
        "marcos ricardo adriana juliana fernanda patricia aline camila amanda bruna jessica leticia julia luciana "
        "vanessa mariana gabriela beatriz larissa marcia sandra francisca antonia aparecida raimundo sebastiao "
        "javier jesus alejandro miguel angel rafael sergio pablo jorge alberto alvaro diego adrian raul enrique "
        "isabel laura cristina marta dolores lucia pilar elena sara paula raquel mercedes rosario teresa rosa "
        "guadalupe veronica alejandra margarita elizabeth roberto ramon mario ricardo martin hugo mario luigi "
        "andrea marco francesco stefano paolo roberto alessandro luca rosa angela giuseppina lucia giulia chiara "
        "francesca sofia laura paola anna thomas charles joseph christopher matthew linda barbara susan jennifer "
        "elizabeth margaret sarah jessica emily laia marta nuria pau pol joan xavier albert mireia",
    ),
    (
        10.0,
        "tiago thiago vinicius leonardo guilherme henrique leandro anderson diego alexandre fabio sergio renato "
        "rogerio caio vitor igor hugo samuel davi miguel arthur heitor bernardo lorenzo enzo nicolas joaquim "
        "isabela manuela sofia laura alice helena valentina luiza livia cecilia clara heloisa sophia eduarda "
        "tatiane tatiana simone cristiane cristina claudia carla renata daniela monica rosangela sonia regina vera "
        "lucia celia rita tereza josefa severino edson jair valdir wellington everton natalia carolina debora "
        "priscila viviane elaine silvia angela eliane fabiana kelly paula raquel rosana sueli terezinha victor "
        "ivan oscar ruben victor joaquin andres ignacio santiago eduardo vicente salvador tomas felix gonzalo "
        "nicolas emilio julio cesar guillermo gerardo arturo armando alfredo hector gilberto ernesto agustin "
        "beatriz rocio silvia patricia irene sonia monica susana yolanda alba andrea nuria inmaculada gloria "
        "encarnacion ines clara eva julia victoria daniela valentina camila ximena natalia carolina adriana luz "
        "martha gabriela mariana karla norma leticia rosario esperanza consuelo angela lorena alicia juana "
        "domenico salvatore vincenzo pietro antonino angelo carlo franco bruno claudio massimo matteo davide "
        "simone fabio lorenzo leonardo riccardo filippo giorgio nicola enrico emanuele federico gabriele tommaso "
        "teresa giovanna caterina concetta rita elena silvia valentina martina alessia giorgia aurora ginevra "
        "beatrice federica elisa ilaria simona barbara monica cristina patrizia daniela giovanna sara marta "
        "mark steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob "
        "gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander "
        "raymond patrick jack dennis jerry nancy lisa betty sandra ashley donna michelle kimberly carol amanda "
        "melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela shirley emma olivia ruth "
        "helen oliver harry charlotte sophie grace hannah lucy chloe roger oriol arnau gerard ferran nil biel "
        "miquel pere lluis carles francesc ricard ramon enric sergi merce roser neus gemma anna meritxell nuria "
        "carla marina judit ariadna berta eulalia rosa",
    ),
)
_FAMILY: Final = (
    (
        5.0,
        "silva santos oliveira souza garcia rodriguez gonzalez fernandez lopez martinez sanchez perez hernandez "
        "gomez",
    ),
    (
        7.0,
        "sousa rodrigues ferreira alves pereira lima gomes costa ribeiro martins carvalho almeida nascimento lopes "
        "soares fernandes vieira barbosa rocha dias martin jimenez ruiz diaz moreno ramirez flores torres rivera "
        "cruz morales reyes ortiz gutierrez smith johnson jones williams brown rossi vila serra",
    ),
    (
        8.5,
        "monteiro mendes freitas cardoso ramos santana teixeira nunes araujo moreira cavalcanti correia correa "
        "melo campos batista andrade machado marques moura reis castro barros pinto miranda azevedo dantas borges "
        "muñoz munoz alvarez romero alonso navarro dominguez vazquez vasquez ramos gil serrano blanco molina suarez "
        "castro ortega delgado rubio marin sanz iglesias nunez medina garrido cortes castillo santos lozano "
        "guerrero cano prieto mendez aguilar chavez mendoza vargas rojas herrera salazar contreras guzman luna "
        "juarez silva davis miller wilson moore taylor anderson thomas jackson white harris thompson robinson clark "
        "lewis walker hall allen young king wright hill green baker adams russo ferrari esposito bianchi romano "
        "colombo ricci marino greco bruno gallo conti costa giordano mancini rizzo lombardi moretti barbieri "
        "puig roca ferrer sola soler pujol bosch mas font vidal marti roig pons casals",
    ),
    (
        10.5,
        "cunha pires tavares farias franco fonseca duarte bezerra braga coelho leal macedo viana xavier siqueira "
        "aguiar amaral brito camargo caldeira cordeiro figueiredo guimaraes goncalves henrique lacerda leite "
        "magalhaes matos medeiros neves novaes pacheco peixoto pinheiro porto queiroz rezende sales sampaio "
        "santiago toledo vasconcelos caetano assis porto lemos bispo mota motta nogueira gonzaga "
        "calvo gallego vidal leon herrero marquez pena flores cabrera campos vega fuentes diez caballero nieto "
        "aguilar pascual santana herrera lorenzo montero hidalgo gimenez ibanez ferrer duran santiago vicente "
        "benitez mora arias vargas carmona crespo roman pastor soto saez velasco moya soler parra bravo rojas "
        "estrada sandoval espinoza espinosa acosta pineda valencia cardenas maldonado rios padilla valdez ayala "
        "campos guerra salas cervantes velazquez fontana santoro mariani rinaldi caruso ferrara galli martini "
        "leone longo gentile martinelli vitale lombardo serra coppola marchetti parisi villa conte "
        "ferraro ferri fabbri bianco marini grasso valentini messina sala gatti pellegrini palumbo sanna farina "
        "nelson carter mitchell roberts turner phillips campbell parker evans edwards collins stewart morris "
        "murphy cook rogers morgan cooper peterson bailey reed kelly howard ward cox richardson wood watson brooks "
        "bennett gray hughes price sanders ross foster barnes powell perry russell sullivan bell scott lee "
        "coll costa valls riera camps vives sala prat rovira grau casas planas miro esteve ribas comas",
    ),
)
_RARE: Final = 13.0


@cache
def _bits(family: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    for bits, names in _FAMILY if family else _GIVEN:
        for name in names.split():
            found.setdefault(name, bits)
    return found


def rarity(token: str, family: bool) -> float:
    """How much it tells to share this name, in bits: 6 is one of 64 people, 13 one of 8,000."""
    return _bits(family).get(token, _RARE)


def is_given(token: str) -> bool:
    """Whether the token is among the common given names."""
    return token in _bits(False)


def is_family(token: str) -> bool:
    """Whether the token is among the common family names."""
    return token in _bits(True)
