"""Full-text search over the catalog: a derived index, one per node, that follows the database."""

from catalog.search.finder import Finder
from catalog.search.index import SearchIndex
from catalog.search.language import Language, SynonymError, check_synonyms, load_languages
from catalog.search.wish import Hits

__all__ = [
    "Finder",
    "Hits",
    "Language",
    "SearchIndex",
    "SynonymError",
    "check_synonyms",
    "load_languages",
]
