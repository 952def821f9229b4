"""Whole talks in Italian and English, from the signed webhook to the platform, with the engine."""

from pathlib import Path

import httpx
import pytest

from bot.cli.script import play, read_script
from bot.cli.talk import ApiFacts, new_customer
from channels.testing import Talk
from tests.system import KEY, Gateway, messenger, whatsapp

TALKS = sorted((Path(__file__).parent / "talks").glob("*.yaml"))


def test_there_are_talks_in_both_languages_on_both_platforms() -> None:
    scripts = [read_script(path) for path in TALKS]
    spoken = {(script.language, script.channel) for script in scripts}
    assert spoken >= {(x, y) for x in ("it", "en") for y in ("whatsapp", "messenger")}


@pytest.mark.engine
@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
async def test_a_talk_goes_as_written(gateway: Gateway, path: Path) -> None:
    script = read_script(path)
    adapters = {
        "whatsapp": whatsapp(gateway.whatsapp_api),
        "messenger": messenger(gateway.messenger_api),
    }
    who = new_customer(script.channel)
    transcript: list[str] = []

    def tell(said: str, answer: object) -> None:
        transcript.append(f"> {said}\n{answer}")

    async with (
        Talk.open(adapters[script.channel], gateway.url, who=who) as talk,
        httpx.AsyncClient(
            base_url=gateway.url, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False
        ) as http,
    ):
        failures = await play(script, talk, ApiFacts(http, script.channel, who), tell)
    assert not failures, "\n".join([*failures, "", *transcript])
