"""The demo shop: read from the files in this folder, dated at the moment it is loaded."""

from catalog.demo.loading import load_demo

__all__ = ["load_demo"]
