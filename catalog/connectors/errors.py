"""What can go wrong between us and a source."""


class FetchError(Exception):
    """A source could not be read; the message says why and what to do."""
