"""The demo clinics' own web pages, one each: a contact form, and the chat."""

import html
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from infra.local.clinics import Clinic, clinic
from infra.local.phone import problem
from infra.local.places import ROOT

PAGES = ROOT / "infra" / "local" / "site"
WIDGET = ROOT / "infra" / "chat"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""As a clinic's page might have it; the phone shows it in a frame."""

WORDS = {
    "pt-BR": {
        "lead": "Cuidamos de você de segunda a sábado.",
        "write": "Escreva para nós",
        "name": "Nome",
        "phone": "Telefone",
        "message": "Mensagem",
        "send": "Enviar",
        "trap": "Deixe em branco",
    },
    "es": {
        "lead": "Te cuidamos de lunes a sábado.",
        "write": "Escríbenos",
        "name": "Nombre",
        "phone": "Teléfono",
        "message": "Mensaje",
        "send": "Enviar",
        "trap": "Déjalo en blanco",
    },
    "it": {
        "lead": "Ci prendiamo cura di lei dal lunedì al sabato.",
        "write": "Ci scriva",
        "name": "Nome",
        "phone": "Telefono",
        "message": "Messaggio",
        "send": "Invia",
        "trap": "Lasci in bianco",
    },
}


def routes() -> list[Route | Mount]:
    """/site/<clinic>, and the widget's files where clinics' pages find them."""
    return [
        Route("/site/{clinic}", page),
        Mount("/site-files", StaticFiles(directory=PAGES)),
        Mount("/chat", StaticFiles(directory=WIDGET)),
    ]


async def page(request: Request) -> Response:
    """GET /site/<clinic>: its page."""
    found = clinic(str(request.path_params["clinic"]))
    if found is None:
        return problem(404, "not_found", "There is no such clinic.")
    return HTMLResponse(_filled(found), headers={"content-security-policy": POLICY})


def _filled(found: Clinic) -> str:
    form, chat = found.line("webform"), found.line("webchat")
    known = {
        "language": found.language,
        "clinic": found.name,
        "form": form.account if form else "",
        "chat": chat.account if chat else "",
        **WORDS[found.language],
    }
    words = {name: html.escape(value) for name, value in known.items()}
    return Template((PAGES / "index.html").read_text()).substitute(words)
