"""Pages without a login, their headers, and the files they need."""

import re
from pathlib import Path

import pytest

from bot.web.documents import best_language
from bot.web.site import STATIC
from tests.web.conftest import Web, a_web

FOREIGN = re.compile(r"""<[a-z]+[^<>]*(?:src|href)=["'](https?:)?//""")


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/frame", "/chat/embed-demo", "/login"])
async def test_pages_speak_both_languages_and_load_nothing_from_elsewhere(
    web: Web, path: str
) -> None:
    for tag, language in (("it-IT,it;q=0.9", "it"), ("en-GB", "en")):
        page = await web.visitor.get(path, headers={"Accept-Language": tag})
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        assert not FOREIGN.search(page.text)
        for asset in re.findall(r"""(?:src|href)=["'](/(?:static|widget)[^"']+)""", page.text):
            assert (await web.visitor.get(asset)).status_code == 200, asset


async def test_the_chat_greets_in_the_name_of_the_shop(web: Web) -> None:
    name = (await web.services.catalog.shop()).name
    assert f'data-shop="{name}"' in (await web.visitor.get("/chat")).text


async def test_without_a_shop_the_chat_still_opens(tmp_path: Path, sqlite_url: str) -> None:
    async with a_web(tmp_path / "data", sqlite_url) as web:
        assert 'data-shop=""' in (await web.visitor.get("/chat")).text


async def test_only_the_widgets_frame_may_be_embedded(web: Web) -> None:
    frame = await web.visitor.get("/chat/frame")
    assert "frame-ancestors *" in frame.headers["content-security-policy"]
    assert "x-frame-options" not in frame.headers
    await web.log_in()
    for path in ("/", "/chat", "/login", "/desk", "/docs"):
        page = await web.visitor.get(path, follow_redirects=True)
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        assert page.headers["x-frame-options"] == "DENY"
        assert page.headers["x-content-type-options"] == "nosniff"


async def test_the_chat_runs_no_inline_script(web: Web) -> None:
    policy = (await web.visitor.get("/chat")).headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy


async def test_other_sites_may_load_the_widget(web: Web) -> None:
    script = await web.visitor.get("/widget.js")
    assert script.headers["access-control-allow-origin"] == "*"
    assert script.headers["content-type"].startswith("text/javascript")


async def test_pictures_come_from_the_data_directory(web: Web) -> None:
    folder = web.services.settings.data_dir / "media"
    (folder / "one.txt").write_text("here")
    assert (await web.visitor.get("/media/one.txt")).text == "here"
    assert (await web.visitor.get("/media/../secrets.json")).status_code == 404
    assert (await web.visitor.get("/media/%2e%2e/secrets.json")).status_code == 404


async def test_a_chosen_language_is_remembered(web: Web) -> None:
    answer = await web.visitor.get("/language/en?then=/login")
    assert answer.headers["location"] == "/login"
    page = await web.visitor.get("/login", headers={"Accept-Language": "it"})
    assert '<html lang="en">' in page.text
    assert (await web.visitor.get("/language/en?then=https://evil")).status_code == 422
    sideways = await web.visitor.get("/language/en?then=//evil")
    assert sideways.headers["location"] == "/evil"


async def test_an_unknown_address_is_404(web: Web) -> None:
    assert (await web.visitor.get("/nothing")).status_code == 404
    assert (await web.api.get("/api/v1/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "it"),
        ("it", "it"),
        ("en-US,en;q=0.5", "en"),
        ("fr,it;q=0.4,en;q=0.8", "en"),
        ("de-DE,de", "en"),
        ("en;q=broken,it;q=0.1", "it"),
    ],
)
def test_the_browsers_wish_is_read(header: str, language: str) -> None:
    assert best_language(header) == language


def test_vendored_files_come_with_their_licence() -> None:
    for folder in (STATIC / "vendor").iterdir():
        assert (folder / "LICENSE").is_file(), folder.name


def test_no_script_of_ours_names_another_host() -> None:
    allowed = {"www.openstreetmap.org", "www.w3.org", "shop.example"}
    for path in [*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]:
        if "vendor" in path.parts:
            continue
        hosts = set(re.findall(r"https?://([\w.-]+\.\w+)", path.read_text()))
        assert hosts <= allowed, path.name


async def test_pages_show_the_shops_pictures_at_whichever_address_they_are_opened(web: Web) -> None:
    own = web.services.settings.address
    for path in ("/chat", "/chat/frame"):
        policy = (await web.visitor.get(path)).headers["content-security-policy"]
        assert f"img-src 'self' {own} " in policy
        assert f"media-src 'self' {own} " in policy
