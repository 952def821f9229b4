"""Web chat adapter: see README.md."""
