"""The catalog page: how the bot searches, products, imports, synonyms, what was not found."""

from bot.web.office.catalog.page import catalog_page
from bot.web.office.catalog.uploads import router

__all__ = ["catalog_page", "router"]
