"""Who gets in, and who does not."""

from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from bot.desk import Login
from bot.web.people import COOKIE
from tests.web.conftest import Web, a_web
from tests.web.keys import PASSWORD


async def test_the_desk_sends_strangers_to_the_login(web: Web) -> None:
    answer = await web.visitor.get("/desk")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?then=/desk"


async def test_the_password_opens_the_desk_with_a_careful_cookie(web: Web) -> None:
    answer = await web.log_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    desk = await web.visitor.get("/desk")
    assert desk.status_code == 200
    assert (await web.visitor.get("/login")).headers["location"] == "/desk"


async def test_the_database_does_not_know_the_cookie(web: Web) -> None:
    await web.log_in()
    async with web.services.database.sessions() as session:
        row = (await session.scalars(select(Login))).one()
    assert row.agent == "Anna"
    assert row.id not in web.visitor.cookies[COOKIE]
    assert len(row.id) == 64


async def test_a_wrong_password_is_refused_in_the_visitors_language(web: Web) -> None:
    form = {"agent": "Anna", "password": "guess"}
    italian = await web.visitor.post("/login", data=form, headers={"Accept-Language": "it-IT"})
    assert italian.status_code == 401
    assert "La password non è corretta" in italian.text
    english = await web.visitor.post(
        "/login", data=form, headers={"Accept-Language": "de,en;q=0.8"}
    )
    assert "This is not the right password" in english.text
    assert COOKIE not in web.visitor.cookies


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
async def test_a_name_is_needed(web: Web, name: str) -> None:
    assert (await web.log_in(agent=name)).status_code == 400


async def test_guessing_is_slowed_down_and_then_even_the_right_password_waits(web: Web) -> None:
    for _ in range(5):
        assert (await web.log_in(password="guess")).status_code == 401
    answer = await web.log_in()
    assert answer.status_code == 429
    assert "Troppi tentativi" in answer.text


async def test_logging_out_makes_a_copied_cookie_worthless(web: Web) -> None:
    await web.log_in()
    copied = web.visitor.cookies[COOKIE]
    assert (await web.visitor.post("/logout")).headers["location"] == "/login"
    answer = await web.visitor.get("/desk", headers={"Cookie": f"{COOKIE}={copied}"})
    assert answer.status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "InRva2VuIg.aaaa.bbbb"])
async def test_a_made_up_cookie_opens_nothing(web: Web, cookie: str) -> None:
    answer = await web.visitor.get("/desk", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://test"},
    ],
)
async def test_a_form_from_another_site_is_refused(web: Web, headers: dict[str, str]) -> None:
    form = {"agent": "Anna", "password": PASSWORD}
    answer = await web.visitor.post("/login", data=form, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "ForbiddenError")
    assert (await web.visitor.post("/logout", headers=headers)).status_code == 403


async def test_our_own_form_is_let_in(web: Web) -> None:
    form = {"agent": "Anna", "password": PASSWORD}
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://test"}
    assert (await web.visitor.post("/login", data=form, headers=headers)).status_code == 303


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_the_login_is_no_springboard(web: Web, then: str) -> None:
    form = {"agent": "Anna", "password": PASSWORD, "then": then}
    answer = await web.visitor.post("/login", data=form)
    assert answer.headers["location"] == "/desk"


async def test_a_page_of_ours_is_gone_on_to(web: Web) -> None:
    form = {"agent": "Anna", "password": PASSWORD, "then": "/desk?handoff=1"}
    answer = await web.visitor.post("/login", data=form)
    assert answer.headers["location"] == "/desk?handoff=1"


async def test_the_password_may_be_set_as_a_hash(tmp_path: Path, sqlite_url: str) -> None:
    hashed = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    async with a_web(tmp_path / "data", sqlite_url, admin_password=hashed) as web:
        assert (await web.log_in()).status_code == 303
        web.visitor.cookies.clear()
        assert (await web.log_in(password=hashed)).status_code == 401


async def test_another_password_ends_the_sessions_made_with_the_old(
    tmp_path: Path, sqlite_url: str
) -> None:
    async with a_web(tmp_path / "data", sqlite_url) as web:
        await web.log_in()
        cookie = web.visitor.cookies[COOKIE]
    async with a_web(tmp_path / "data", sqlite_url, admin_password="another one") as web:
        answer = await web.visitor.get("/desk", headers={"Cookie": f"{COOKIE}={cookie}"})
        assert answer.status_code == 303


async def test_behind_https_the_cookie_is_secure(tmp_path: Path, sqlite_url: str) -> None:
    async with a_web(tmp_path / "data", sqlite_url, public_url="https://shop.example") as web:
        assert "Secure" in (await web.log_in()).headers["set-cookie"]


async def test_the_cookie_is_no_key_to_the_api(web: Web) -> None:
    await web.log_in()
    answer: httpx.Response = await web.visitor.get("/api/v1/handoffs")
    assert answer.status_code == 401
