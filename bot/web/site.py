"""Pages without a login: the landing page, the web chat, its widget and a page that hosts it."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from bot.context import services_of
from bot.web.documents import LANGUAGES, language_of, render
from bot.web.words import CHAT, HOST_PAGE, LANDING
from catalog import ShopMissingError

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False)
_VENDOR = "/static/vendor/swagger-ui"


def _page(
    request: Request, name: str, words: dict[str, dict[str, str]], **further: Any
) -> HTMLResponse:
    language = language_of(request)
    address = services_of(request).settings.address
    text = render(name, lang=language, address=address, **words[language], **further)
    return HTMLResponse(text, headers={"Vary": "Accept-Language, Cookie"})


async def _shop(request: Request) -> str:
    """Return the shop's name, or nothing while the catalog is empty."""
    try:
        return (await services_of(request).catalog.shop()).name
    except ShopMissingError:
        return ""


async def _chat(request: Request, *, framed: bool) -> Response:
    return _page(request, "chat.html", CHAT, shop=await _shop(request), framed=framed)


@router.get("/")
async def landing(request: Request) -> Response:
    """Show where everything is."""
    return _page(request, "landing.html", LANDING)


@router.get("/chat")
async def chat(request: Request) -> Response:
    """Show the web chat as a page."""
    return await _chat(request, framed=False)


@router.get("/chat/frame")
async def frame(request: Request) -> Response:
    """Show the web chat as the widget embeds it."""
    return await _chat(request, framed=True)


@router.get("/chat/embed-demo")
async def embed_demo(request: Request) -> Response:
    """Show a shop's page with the widget on it."""
    return _page(request, "embed-demo.html", HOST_PAGE, shop=await _shop(request) or "Bottega")


@router.get("/widget.js")
async def widget() -> Response:
    """Give the script that puts the launcher on a shop's page; shops load it from elsewhere."""
    return FileResponse(
        STATIC / "widget.js",
        media_type="text/javascript",
        headers={
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "public, max-age=300",
        },
    )


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Give browsers that do not read the page's own link an icon."""
    return FileResponse(STATIC / "logo.svg", media_type="image/svg+xml")


@router.get("/language/{language}")
async def choose_language(
    language: str, then: Annotated[str, Query(pattern=r"^/[a-z/-]*$")] = "/"
) -> Response:
    """Remember the language a visitor has chosen."""
    answer = RedirectResponse("/" + then.lstrip("/"), 303)
    if language in LANGUAGES:
        answer.set_cookie("dialogo_language", language, max_age=31_536_000, samesite="lax")
    return answer


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Show the API's description, with every asset from here."""
    return get_swagger_ui_html(
        openapi_url=request.app.openapi_url or "/openapi.json",
        title="Dialogo API",
        swagger_js_url=f"{_VENDOR}/swagger-ui-bundle.js",
        swagger_css_url=f"{_VENDOR}/swagger-ui.css",
        swagger_favicon_url="/static/logo.svg",
    )
