"""Whose eyes the pages are looked at with."""

from zoneinfo import ZoneInfo

from bot.web.office.clock import Locale
from bot.web.office.labels import WORDS

ROME = ZoneInfo("Europe/Rome")


IT, EN = (Locale(language, ROME, WORDS[language]) for language in ("it", "en"))
