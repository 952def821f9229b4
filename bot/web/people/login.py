"""The login page, and the way out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.context import services_of
from bot.errors import AppError, ForbiddenError
from bot.web.documents import language_of, render
from bot.web.people.guard import COOKIE, Guard
from bot.web.people.throttle import TooManyTriesError
from bot.web.words import LOGIN

router = APIRouter(include_in_schema=False)


def guard_of(request: Request) -> Guard:
    """Return the keeper of the door."""
    guard: Guard = request.app.state.guard
    return guard


@router.get("/login")
async def show(request: Request, then: Annotated[str, "page to go on to"] = "/desk") -> Response:
    """Ask for name and password, unless the visitor is logged in."""
    if await guard_of(request).agent(request.cookies.get(COOKIE)):
        return RedirectResponse(_inside(then), 303)
    return _page(request, then=then)


@router.post("/login")
async def enter(
    request: Request,
    agent: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    then: Annotated[str, Form(max_length=500)] = "/desk",
) -> Response:
    """Let a person in who knows the password."""
    _refuse_foreign(request)
    address = request.client.host if request.client else "unknown"
    try:
        cookie = await guard_of(request).log_in(agent, password, address=address)
    except AppError as error:
        words = LOGIN[language_of(request)]
        message = words["name_missing"] if error.status == 400 else words["wrong"]
        if isinstance(error, TooManyTriesError):
            message = words["too_many"]
        return _page(request, then=then, agent=agent, error=message, status=error.status)
    answer = RedirectResponse(_inside(then), 303)
    answer.set_cookie(
        COOKIE,
        cookie,
        max_age=Guard.hours * 3600,
        httponly=True,
        samesite="lax",
        secure=services_of(request).settings.address.startswith("https://"),
    )
    return answer


@router.post("/logout")
async def leave(request: Request) -> Response:
    """End the session."""
    _refuse_foreign(request)
    await guard_of(request).log_out(request.cookies.get(COOKIE))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def _page(
    request: Request, *, then: str, agent: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    language = language_of(request)
    words = {**LOGIN[language], "lang": language, "then": _inside(then)}
    return HTMLResponse(render("login.html", agent=agent, error=error, **words), status)


def _inside(then: str) -> str:
    """Return a path of ours; an address elsewhere would make the login a springboard."""
    parts = urlsplit(then)
    plain = not parts.scheme and not parts.netloc and "\\" not in then and then.isprintable()
    return then if plain and then.startswith("/") and not then.startswith("//") else "/desk"


def _refuse_foreign(request: Request) -> None:
    """Refuse a form that another site's page has sent.

    Browsers say where a form comes from; SameSite=Lax keeps the cookie away besides.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForbiddenError("This form was sent from another site.")
    origin = request.headers.get("origin")
    if origin in (None, "null") and "sec-fetch-site" in request.headers:
        return
    public = urlsplit(services_of(request).settings.address).netloc
    if origin is not None and urlsplit(origin).netloc not in (request.url.netloc, public):
        raise ForbiddenError("This form was sent from another site.")
