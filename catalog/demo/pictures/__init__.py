"""Pictures of the demo shop's products, drawn when they are needed: nothing to download."""

from catalog.demo.pictures.studio import draw_pictures

__all__ = ["draw_pictures"]
