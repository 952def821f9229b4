"""Does it arrive in time: the day that a customer named, against the time that delivery takes."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.actions.answer import Answer, say
from bot.actions.asked import Asked
from bot.actions.shop import Shop
from catalog import ShopInfo, Zone

_FRIDAY = 4


def in_time(asked: Asked, shop: Shop, info: ShopInfo, zone: Zone) -> Answer | None:
    """Say whether it will be there by the day named, None where none was named."""
    wanted = _day(asked.value("needed_by"))
    if wanted is None:
        return None
    today = shop.now.astimezone(ZoneInfo(info.timezone)).date()
    express = info.delivery.express
    if arrival(today, zone.hours_max) <= wanted:
        text = "delivery_in_time"
    elif express and arrival(today, express.hours_max) <= wanted:
        text = "delivery_in_time_express"
    else:
        text = "delivery_too_late"
    return say(text, day={"date": wanted.isoformat()})


def arrival(today: date, hours: int) -> date:
    """Return the day on which something sent today arrives at the latest; weekends do not count."""
    left, day = -(-hours // 24), today
    while left:
        day += timedelta(days=1)
        left -= day.weekday() <= _FRIDAY
    return day


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return None
