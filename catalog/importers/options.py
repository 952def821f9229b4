"""What whoever brings a file may say about it; everything else is found out."""

from dataclasses import dataclass
from urllib.parse import urljoin

FORMATS = (
    "csv",
    "google-xml",
    "google-tsv",
    "meta",
    "shopify",
    "woocommerce",
    "magento",
    "jsonl",
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`language` of texts that do not say theirs, `currency` of prices that do not say theirs.

    `base_url` completes links and pictures that are written without their host.
    """

    format: str = "auto"
    language: str = ""
    currency: str = "EUR"
    base_url: str = ""

    def texts(self, text: str) -> dict[str, str]:
        """Return a text under the language of the file."""
        return {self.language: text} if text else {}

    def address(self, link: str) -> str | None:
        """Return a link that can be followed, None for one that cannot be completed."""
        if link.startswith(("http://", "https://")):
            return link
        return urljoin(self.base_url, link) if link and self.base_url else None

    def addresses(self, links: list[str]) -> list[str]:
        """Return each link that can be followed, once."""
        found = dict.fromkeys(self.address(link) for link in links)
        return [link for link in found if link]
