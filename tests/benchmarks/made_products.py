"""A made catalog of any size: always the same products for the same number.

Words follow a long tail as in real feeds: some brands and kinds are common, most are rare, and
every product has a model number of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

_KINDS = (
    "laptop|laptop case|laptop stand|smartphone|phone case|phone charger|tablet|tablet cover|"
    "headphones|headset|bluetooth speaker|television|tv wall mount|remote control|camera|"
    "camera bag|tripod|printer|ink cartridge|toner|scanner|monitor|monitor arm|keyboard|mouse|"
    "mouse pad|hard drive|ssd|usb stick|memory card|router|switch|network cable|hdmi cable|"
    "power bank|battery|coffee maker|kettle|toaster|blender|vacuum cleaner|iron|hair dryer|"
    "shaver|lamp|desk|office chair|bookshelf|sofa|wardrobe|duvet|towel|frying pan|knife set|"
    "backpack|suitcase|handbag|wallet|belt|running shoes|boots|sandals|t-shirt|jacket|jeans|"
    "dress|scarf|gloves|watch|necklace|bicycle|helmet|tent|sleeping bag|football|tennis racket|"
    "puzzle|board game|doll|stroller|car seat|drill|hammer|paint|garden hose|lawn mower|"
    "dog collar|cat food|notebook|fountain pen|printer paper|desk lamp|garden chair|rain jacket"
)
_SYLLABLES = "al ber co da el fi gro hal in jo kre lu mon nor ol pri qua ri sol tek ur ven wil zan"
_COLOURS = "black white red blue green grey brown beige pink yellow orange purple"
_MATERIALS = "leather cotton steel aluminium plastic wood glass nylon wool silk canvas"
_FEATURES = (
    "waterproof lightweight foldable wireless rechargeable compact ergonomic washable adjustable "
    "silent portable durable recycled handmade insulated padded reversible stackable magnetic"
)
_FOR = "home office travel school sport garden kitchen winter summer children beginners"


@dataclass(frozen=True, slots=True)
class _Words:
    kinds: list[str]
    colours: list[str]
    materials: list[str]
    features: list[str]
    uses: list[str]


def _words() -> _Words:
    return _Words(
        _KINDS.split("|"), _COLOURS.split(), _MATERIALS.split(), _FEATURES.split(), _FOR.split()
    )


def rows(count: int) -> Iterator[dict[str, str]]:
    """Return so many products."""
    chance = Random(7)
    brands, told = _brands(chance), _words()
    for number in range(count):
        kind = told.kinds[int(chance.random() ** 1.5 * len(told.kinds))]
        brand = brands[int(chance.random() ** 2 * len(brands))]
        colour, material = chance.choice(told.colours), chance.choice(told.materials)
        model = f"{brand[:2].upper()}-{chance.randrange(100, 99_999)}"
        features = chance.sample(told.features, 3)
        yield {
            "id": f"p{number}",
            "title": f"{brand} {model} {features[0]} {kind} {colour}",
            "description": (
                f"{features[1].capitalize()} and {features[2]} {kind} by {brand}, made of "
                f"{material}, for {chance.choice(told.uses)} and {chance.choice(told.uses)}. "
                f"{chance.randrange(10, 90)} x {chance.randrange(10, 90)} cm, "
                f"{chance.randrange(1, 40) / 4} kg."
            ),
            "brand": brand,
            "category": kind,
            "price": f"{chance.randrange(100, 90_000) / 100:.2f}",
            "currency": "EUR",
        }


def queries() -> dict[str, str]:
    """Return two hundred questions: kinds, brands, features, models, slips of the finger."""
    chance = Random(11)
    brands, told = _brands(Random(7)), _words()
    found = []
    for place in range(200):
        kind = chance.choice(told.kinds)
        brand = brands[int(chance.random() ** 2 * len(brands))]
        found.append(
            (
                kind,
                f"{chance.choice(told.colours)} {kind}",
                f"{brand} {kind}",
                f"{chance.choice(told.features)} {kind} for {chance.choice(told.uses)}",
                _slip(kind, chance),
                f"{brand[:2].upper()}-{chance.randrange(100, 99_999)}",
                f"{kind} {chance.choice(told.colours)} sotto i {chance.randrange(20, 500)} euro",
                f"{chance.choice(told.materials)} {kind} not {chance.choice(told.features)}",
            )[place % 8]
        )
    return {f"g{number}": text for number, text in enumerate(found)}


def _brands(chance: Random) -> list[str]:
    syllables = _SYLLABLES.split()
    return ["".join(chance.choices(syllables, k=3)).capitalize() for _ in range(2_000)]


def _slip(text: str, chance: Random) -> str:
    place = chance.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
