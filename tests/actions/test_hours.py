"""Opening hours at moments of our choice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.actions.answers import hours
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from bot.rendering import Audience, render
from channels.kit import Capabilities

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 3, 11, 0, tzinfo=ROME), "Siamo aperti adesso, fino alle 13:00."),
        (datetime(2026, 3, 3, 14, 0, tzinfo=ROME), "Adesso siamo chiusi. Riapriamo oggi alle 15"),
        (datetime(2026, 3, 3, 22, 0, tzinfo=ROME), "Adesso siamo chiusi. Riapriamo domani alle"),
        (datetime(2026, 3, 7, 22, 0, tzinfo=ROME), "Riapriamo lunedì alle 15:30."),
        (datetime(2026, 12, 25, 11, 0, tzinfo=ROME), "Adesso siamo chiusi."),
        (datetime(2026, 3, 3, 10, 30, tzinfo=UTC), "Siamo aperti adesso, fino alle 13:00."),
    ],
)
async def test_open_now_or_when_again(demo_file, open_shop, bundle, moment, said):
    shop = Shop(await open_shop(demo_file), moment, "it")
    answer = await hours.answer(Asked(), shop)
    rendered = render(answer.replies, bundle, Audience("it", Capabilities(max_text=4000)))
    assert said in rendered.messages[0].text
    assert rendered.problems == []
