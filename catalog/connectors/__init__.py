"""Bringing products here: from an address, a folder, a Shopify or a WooCommerce shop.

Whatever the source, the result is files for the importers. Nothing is written to the catalog
here, so a source that breaks in the middle takes nothing away.
"""

from catalog.connectors.fetching import Fetched, FetchError, fetch

__all__ = ["FetchError", "Fetched", "fetch"]
