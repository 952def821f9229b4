"""The degrade ladder: canonical messages as each channel can show them, no choice lost."""

from bot.rendering.fitting.fit import Fitted, fit, fit_page
from bot.rendering.fitting.ladder import OpenChoice, Words, page_number

__all__ = ["Fitted", "OpenChoice", "Words", "fit", "fit_page", "page_number"]
