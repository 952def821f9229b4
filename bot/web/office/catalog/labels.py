"""What the catalog page says; the desk's words serve here too."""

from typing import Any, Final

from bot.web.office.catalog.words_to_find import TO_FIND
from bot.web.office.catalog.words_to_keep import TO_KEEP
from bot.web.office.catalog.words_to_read import TO_READ
from bot.web.office.catalog.words_to_teach import TO_TEACH
from bot.web.office.labels import WORDS

CATALOG_WORDS: Final[dict[str, dict[str, Any]]] = {
    code: {**WORDS[code], **TO_FIND[code], **TO_READ[code], **TO_KEEP[code], **TO_TEACH[code]}
    for code in WORDS
}
