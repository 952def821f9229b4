"""Full-text search over the catalog: a derived index, one per node, that follows the database."""

from catalog.search.finder import Finder, Hits
from catalog.search.index import SearchIndex
from catalog.search.language import Language, load_languages

__all__ = ["Finder", "Hits", "Language", "SearchIndex", "load_languages"]
