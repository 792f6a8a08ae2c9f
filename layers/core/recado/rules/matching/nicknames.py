"""What a given name is called among friends, and in the language next door."""

from __future__ import annotations

from functools import cache
from typing import Final

# Between semicolons: a name, and what stands for it. A short form may stand for several names; the first that
# has it is the one that keys are made of. Written from general knowledge of the five languages' usage.
_SHORT: Final = """
jose ze zeca zezinho zezito pepe pepito pepe chepe josep pep giuseppe beppe peppe pino peppino geppino
joseph joe joey jo josezinho; josefa pepa pepita josefina fina giuseppina pina; francisco paco pancho kiko
quico chico xico curro fran frasco francesc cesc francesco ciccio frank chiquinho xiquinho quique paquito;
francisca paca paquita chica francesca fran franca cesca chiquinha; joao jao joaozinho juan joan johan
juanito giovanni gianni nanni vanni john johnny jack jonny xuan juancho; joana juana giovanna johanna
juanita gianna vanna jana; antonio toninho tonho tonico toni tony tonio antoni anton anthony tonino nino
antoninho tono; antonia toninha toni tonia nina; manuel mane manoel manolo manu manel lolo maneco neco
manny emanuel emanuele manuele; manuela manu manoela manoli manola; maria mariazinha mia mari mary marie
mariquita marieta mariona; luis lu luiz luisinho luizinho lluis luigi lui gigi louis lou lucho luisito
gino lula; luisa lu luiza lluisa luizinha louise; pedro pedrinho perico pere pietro piero peter pete
pedrito pierino; paulo paulinho pablo pau paolo paul paulino pablito pol; paula paulinha paola pauleta
paulita; carlos carlinhos carlito carlitos carles carlo carles charles charlie chuck cacau caca charly
charlos; carla carlota carlinha; eduardo edu dudu duda eduard lalo edoardo edward ed eddie ted ned teddy
eddy; eduarda duda dudinha; fernando nando fer fernandinho ferran ferdinando nano; fernanda nanda fer fe
fernandinha; rafael rafa fael rafinha raffaele raphael rafel lele; rafaela rafa rafinha raffaella
raphaela; gabriel gabi biel gabo gabe gabriele gab; gabriela gabi gaby gabriella bibi gabriele gabs
gabrielle; roberto beto robertinho bob robert rob bobby berto bert tito robertito; roberta beta beth
betinha; alberto beto albertinho berto albert bert al; gilberto beto giba gil; humberto beto umberto;
norberto beto; adalberto beto; elisabete bete beth bet eli elizabeth elisabeth isabel lisa liz lizzie
betty eliza elisabetta betta elizabete libby; isabel bel isa isabela isabella isabelle isabella chabela
izabel bela isinha; isabela isa bela isabella izabela isabelle; ana aninha anita anna ann annie anne anya;
mariana mari nana marianna; juliana ju juli julie giuliana jully; julia ju juju julinha giulia julie
juliet; julio julinho giulio juli jules; luciana lu luciane lucianna; lucia lu luci luzia lucy llucia
lucinha lulu; luciano lu; camila cami mila camilla camille; patricia pati paty tricia trish pat patrizia
patty patri; aparecida cida cidinha; sebastiao tiao bastiao sebastian seba sebas sebastiano bastian;
raimundo mundinho ray raymond ramon raimon mundo; raimunda mundinha; severino bill biu severo; guilherme
gui guiga guillermo guille guillem guglielmo william will bill billy willy memo liam willie; guilhermina
guillermina mina; henrique rique kike quique enrique enric enrico henry harry rick quico hank; ricardo
ricard rick rica cadu riccardo richard ricky dick rich richie cardo; rodrigo digo rodri drigo; leonardo leo
leonard lenny; leonor leo nonor eleonora nora eleanor elionor ellie nell; leandro le; marcelo celo
marcello tchelo; marcos marquinhos marc marco marcus mark marquito; augusto guto gus agusti agosto;
gustavo guga gu gus tavo gusti gustau; antonieta tonieta; aurelio lelo; alexandre xande ale alex alexandro
alejandro alessandro alexander sandro jandro sacha sasha alec alexis alejo sandy al; alexandra ale alex
alejandra alessandra sandra xandra sandy lexi lexie alexa sasha; tiago ti thiago santiago iago santi yago
chago titi thi; jaime jaume jaimito giacomo jacopo james jim jimmy jamie jimmie; jacob jake; diego
dieguito; jorge jorginho jordi giorgio george coque; jorgina georgina giorgia; joaquim quim quinho quincas
joaquin quin kim chimo gioacchino joaco; miguel migue mique miquel michele michael mike mikey mick micky
michel mig miguelito; micaela mica michela miquela michaela mimi; daniel dani dan danny daniele; daniela
dani danielle daniella danny; andre dede andres andreu andrea andrew andy drew; andreia dea andrea
andressa deia; vicente vi vicent vincenzo enzo vincent vince vinny chente vicens enzino cencio; vinicius
vini vinny; felipe lipe fe filipe felip filippo philip phil pipo fil phillip pippo feli; sergio serginho
sergi checo; bernardo be bernat bernard bernie nardo; bernardina dina; bartolomeu bartolome bartomeu
bartolomeo tomeu bart bartholomew; tomas tom tommaso thomas tommy tomaz maso; matias mati matthias mattia;
mateus matheus mateo mateu matteo matthew matt teo; lucas luca lluc luke lucao luc; salvador salva
salvatore turi toto sal chava; domingos mingo mingos domingo domenec domenico mimmo mico dominic nick dom;
domenica mimma dominga; nicolas nico nicolau nicola nick nicky nicholas colau niccolo; caterina cate
catarina catalina kate cathy kathy katie catherine katherine cata rina kitty katy catia caty kathryn;
teresa tere tete teresinha therese terry teresita terezinha tereza theresa tess maite; rosario charo
chayo; concepcion concha conchita conchi conceicao sao concepcio concetta cettina tina ceicao; consuelo
chelo; dolores lola lolita dolors loles; mercedes merche meche merce; pilar pili piluca pilarin; guadalupe
lupe lupita; jesus chus chuy suso chucho; ignacio nacho inaki ignasi ignazio natxo inacio nachito; javier
xavi javi xavier xabier saverio savio javito; rosa rosinha rosita rosetta rose rosie rosina; beatriz bia
bea bibi beatrice beatriu trix betty triz; leticia le leti letizia lety; larissa lari; jessica jessi jess
jessie; vanessa nessa vane vanesa; viviana vivi viviane vivian; cristina cris tina christina cristi tina
chris kristina crista; cristiano cris cristian christian; cristobal cristofol cristoforo christopher chris
kit tobal cristovao topher; simone si simona; monica moni monique; veronica vero nica; valeria val vale;
valentina vale val tina; adriana dri adri drica adrianna; adriano dri adri adrian adria; bruna bru
bruninha; bruno bru; renata re rena renatinha; renato re natinho; regina gina rejane; sandra sandrinha;
silvia sil silvinha sylvia; sonia soninha; solange sol; soledad sol sole; tatiana tati tania taty; thais
tata tais; claudia clau claudinha; claudio clau claudinho; raquel quel rachel rachele kel; rebeca beca
rebecca becky becca; debora debi debbie deborah deb; helena lena heleninha elena elena helen ellen nena
nell; margarida guida margarita margherita marga rita margaret maggie meg peggy rita marge daisy mague;
susana su suzana susanna susan suzanne sue susie susi suzy; carolina carol caro carola carolyn caroline;
carmen carmina carmelita carmem menchu; carme carmen; asuncion assunta asun assumpta chon assuncao;
encarnacion encarna encarni; inmaculada inma imma immaculada macu; rocio chio; yolanda yoli iolanda;
montserrat montse rat; nuria nuri; meritxell meri txell; esperanza espe esperanca speranza pelancha;
milagros mila; remedios reme; angeles angelines angels; angela angie; angelo angel lino angel; luigia
gina; eugenio gege eugeni genio gene eugene; eugenia geny genia; eulalia lali laia; raul raulito; victor
vitor vic vittorio vito; victoria vicky vitoria vittoria vicki tori viki; hugo huguinho ugo; heitor hector
tito ettore; agustin tin agusti agostino agostinho austin gus; gregorio goyo gregori greg gregory grego;
gonzalo gonza goncal goncalo chalo; alfonso fonsi fonso afonso alfons alphonse poncho; alfredo fredo
alfred fred freddy fredy alf; frederico fred fede federico frederic freddy frederick; emilio milio emili;
emilia mila emi; esteban esteve estevao stefano stephen steven steve stefan tefo; estefania fani stefania
stephanie steph tefi; lorenzo llorenc lourenco laurence larry lori renzo lawrence enzo; laura lau laurinha
laurie lauri; ludovica ludo vica; lourdes lurdes lurdinha; benedita dita bene; benedito dito bene
benedetto benet benito ben benedict; benjamin benja ben benny beniamino benji; samuel sam samu sammy
samuele; david davi davide dave davey davy; jonatan jonathan jon johnny jony; josue joshua josh; jeronimo
jero girolamo jerome jerry geronimo; ramiro rami; rogerio roger roge rogelio rodge ruggero; reinaldo naldo
rey; ronaldo naldo ronnie ronald ron; arnaldo naldo; osvaldo vado waldo oswaldo; wellington well tom;
washington wash; valdir val; walter val gualtiero wally walt; margareth mag; marlene lene; rosangela ro;
rosana ro; rosemary rose; natalia nat nati natalie nathalia naty; nathan nat nate nathaniel natan; dorothy
dot dottie dorotea; edmund ed ned; elena lena helena nena; emma em emmy; emily em emmie; evelyn evie eve;
florence flo flora; geoffrey geoff jeff jeffrey; gerald gerry jerry gerardo gerard; harold harry hal;
jacqueline jackie; jennifer jen jenny jenni; judith judy judit; kenneth ken kenny; lillian lily lil;
martha marta marty; martin marti martino marty marti; melissa mel missy; michelle shelly miche; nancy nan;
pamela pam; priscila pri prisca; randall randy; raymond ray; ronald ron ronnie; samantha sam sammi
samanta; stanley stan; theodore ted theo teddy teodoro; timothy tim timmy timoteo; vincenza enza cenza;
gaetano tano nino; gennaro jenny rino; giacinto cinto; giancarlo gian carlo; gianluca luca gian; pierluigi
gigi; rosalia lia rosalba; salvatrice salva; santina tina; fortunato nato; amelia mel meli; mauricio mau
maurizio maurice mauri; marina mari; mariangela mari; marilena mari; maricarmen mari; otavio tavinho
ottavio octavio tavo; caio caco; cassio cassinho; nelson nel nelsinho; edson edinho; edmilson ed; wagner
vagner; everton ton; agnes ines agnese; ines nes agnes inez; remei reme; neus nieves; oriol uri; arnau
arnald; genis gines; ivan vanya; igor igo; clara clarinha chiara claire clare clarita; cecilia ceci cecy
cilia; elvira elvi; esmeralda esme; araceli ara celi; graciela chela; griselda gris; hortensia tencha;
lidia lid; magdalena magda lena madalena malena maddalena; mirian miriam; ofelia ofe; olga olguinha;
penelope pe penny; sofia sofi sophia sophie fifi chofi zofia; silvana sil; socorro coco soco; ximena xime
jimena; yasmin yas iasmin jasmine; zenaide zeza
"""


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in _SHORT.split(";"):
        name, *short = group.split() or [""]
        for form in short:
            if name not in found.setdefault(form, []) and form != name:
                found[form].append(name)
    return {form: tuple(names) for form, names in found.items() if names}


@cache
def _own_names() -> frozenset[str]:
    return frozenset(group.split()[0] for group in _SHORT.split(";") if group.strip())


def has(token: str) -> bool:
    """Whether the table knows the token, as a given name or as short for one."""
    return token in _own_names() or token in _meanings()


def is_name(token: str) -> bool:
    """Whether the table has the token as a name that others are short for."""
    return token in _own_names()


def meanings(token: str) -> tuple[str, ...]:
    """The names that a token may stand for: itself first where it is a name of its own, then in our order."""
    others = _meanings().get(token, ())
    return (token, *others) if token in _own_names() or not others else others
