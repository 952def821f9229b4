"""Messenger adapter: see README.md."""
