"""Which product is drawn how, in which colour, in front of which wall."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from catalog.demo.loading import demo_offers, picture_name
from catalog.demo.pictures import bags, home, small, wear, work
from catalog.demo.pictures.canvas import Canvas, Colour, backdrop, stand

_COLOURS: dict[str, Colour] = {
    "nero": (50, 46, 46),
    "marrone": (124, 78, 50),
    "cuoio": (184, 116, 62),
    "testa-di-moro": (82, 54, 42),
    "rosso": (186, 52, 46),
    "bordeaux": (116, 32, 44),
    "blu": (62, 104, 150),
    "blu-notte": (44, 56, 88),
    "verde": (82, 110, 78),
    "beige": (206, 180, 146),
    "grigio": (138, 138, 140),
    "bianco": (238, 230, 214),
    "rosa": (214, 152, 150),
    "giallo": (220, 168, 58),
    "arancio": (214, 112, 62),
}
# Where a product has no colour of its own.
_PLAIN: dict[str, Colour] = {
    "oltrarno": (150, 96, 62),
    "colle": (158, 140, 184),
    "limonaia": (190, 196, 104),
    "cassetto": (196, 184, 206),
    "bosco": (92, 116, 92),
    "buono": (170, 60, 54),
}
_WALLS: dict[str, Colour] = {
    "borse": (236, 222, 208),
    "zaini": (219, 226, 218),
    "lavoro": (222, 224, 228),
    "portafogli": (238, 226, 206),
    "cinture": (230, 222, 214),
    "calzature": (226, 224, 212),
    "guanti": (216, 224, 230),
    "valigeria": (214, 226, 228),
    "cartoleria": (240, 230, 206),
    "accessori": (234, 220, 216),
    "sciarpe": (226, 220, 230),
    "profumi": (238, 228, 222),
    "set-regalo": (222, 230, 218),
}
_DRAWN: dict[Callable[[Canvas], None], str] = {
    bags.top_handle: "aurora caterina",
    bags.crossbody: "siena",
    bags.mini: "stella",
    bags.crescent: "luna",
    bags.tote: "fiesole melissa",
    bags.shopper: "arno",
    bags.bucket: "giglio",
    bags.clutch: "viola",
    bags.bowling: "ginevra",
    bags.hobo: "matilde",
    bags.backpack: "ponte clara etna",
    bags.rolltop: "leo",
    work.briefcase: "dante",
    work.slim_case: "vasari",
    work.messenger: "cosimo",
    work.sleeve: "giotto",
    work.laptop_bag: "beatrice",
    work.duffel: "colombo lido",
    work.trolley: "vespucci",
    work.wash_bag: "rada perla",
    work.tag: "rotta",
    small.bifold: "marco",
    small.compact: "nina",
    small.long_wallet: "lucrezia",
    small.card_holder: "elba tobia",
    small.coin_purse: "gaia",
    small.passport: "magellano",
    small.notebook: "memo perpetua",
    small.pen_roll: "lapo",
    small.bookmark: "pagina",
    small.album: "ricordi",
    small.desk_pad: "scrittoio",
    small.key_knot: "nodo",
    small.heart: "cuore",
    small.earphones: "filo",
    wear.belt: "ettore lia giano",
    wear.braided: "brando",
    wear.loafer: "amerigo",
    wear.derby: "corso",
    wear.ballet_flat: "olivia",
    wear.slipper: "tepore bice",
    wear.gloves: "alba bruno nuvolari ada",
    wear.scarf: "bora nuvola",
    wear.snood: "brina",
    wear.silk_square: "iris rondine",
    wear.dog_collar: "briciola",
    home.candle: "oltrarno colle",
    home.large_candle: "bosco",
    home.diffuser: "limonaia",
    home.sachets: "cassetto",
    home.gift_box: "signore coccola scriba partenza",
    home.gift_card: "buono",
    home.glasses_case: "vista",
    home.tray: "conca",
    home.jewel_box: "scrigno",
    home.phone_pouch: "voce",
}


@dataclass(frozen=True, slots=True)
class _Order:
    path: Path
    shape: Callable[[Canvas], None]
    colour: Colour
    wall: Image.Image


def draw_pictures(folder: Path) -> int:
    """Draw the pictures of the demo shop that are missing and return how many they were.

    A picture is `folder` plus the part of its address after `/media/`.
    """
    orders = list(_orders(folder))
    for parent in {order.path.parent for order in orders}:
        parent.mkdir(parents=True, exist_ok=True)
    # Pillow lets other threads work while it blurs, scales and encodes.
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        list(pool.map(_draw, orders))
    return len(orders)


def drawn_products() -> set[str]:
    """Return the ids of the products that somebody has thought of a drawing for."""
    return {id_ for ids in _DRAWN.values() for id_ in ids.split()}


def _orders(folder: Path) -> Iterator[_Order]:
    shapes = {id_: shape for shape, ids in _DRAWN.items() for id_ in ids.split()}
    walls = {category: backdrop(tint) for category, tint in _WALLS.items()}
    for product_id, category, colour in demo_offers():
        path = folder / picture_name(product_id, colour)
        if path.exists():
            continue
        tone = _COLOURS[colour] if colour else _PLAIN[product_id]
        yield _Order(path, shapes[product_id], tone, walls[category])


def _draw(order: _Order) -> None:
    canvas = Canvas(order.colour)
    order.shape(canvas)
    picture = stand(canvas.finished(), order.wall)
    # A half-written picture must never be served, and two processes may draw at the same time.
    new = order.path.with_suffix(f".{os.getpid()}.new")
    picture.save(new, "JPEG", quality=88, optimize=True, progressive=True)
    new.replace(order.path)
