"""Several on the table: what is asked of all of them, and which of them a question can only mean.

"How many cards in each?", "which fits under the seat?" and "quanto costano?" after two were
compared are asked of those two, whatever was asked of one of them since; "is it smaller than the
Lucrezia?" sets the one in view beside another, and that one stays in view.
"""

import re
from collections.abc import Sequence

from bot.actions.answer import Answer
from bot.actions.answers import compare, details, initials
from bot.actions.asked import Asked
from bot.actions.beside import kinds_only_beside
from bot.actions.carrying import told_aboard
from bot.actions.each import of_each
from bot.actions.features import Relevant, relevant
from bot.actions.focus import Action, said_by_name
from bot.actions.pointing import of_the_two
from bot.actions.shop import Shop
from catalog import Product
from dialogues import executor

_MOST = 5  # on the table at once
_NOUN = (
    r"(?:colou?rs?|sizes?|materials?|leather|cards?|days?|courier|cit(?:y|ies)|color\w*|tagli\w+|misur\w+"
    r"|material\w*|prezz\w+|giorn\w+|corrier\w+|indirizz\w+|pagament\w+|cart[ae])"
)
# "Which fits under the seat?", "in quale ci sta?"; "which colours?" asks of the one in view.
_WHICH = re.compile(
    rf"\bwhich\b(?!\s+(?:\w+\s+)?{_NOUN}\b)|\bqual[ei]?\b(?!\s+(?:\w+\s+)?{_NOUN}\b)(?!\s+(?:è|e'|era|sono)\s+(?:il|la|lo|l['’]|le|i)\s*"
    r"(?!più|piu|meno|migliore))",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"\b(?:of|between) (?:the two|them|these|those|both)\b"
    r"|\b(?:delle|dei|tra (?:le|i)|fra (?:le|i)) due\b"
    r"|\b(?:di|tra|fra) (?:quest[ei]|quell[ei]|loro)\b",
    re.IGNORECASE,
)
_AND = re.compile(
    r"^\W*(?:,|&|\be|\bed|\band)\W+(?:(?:la|il|lo|le|gli|i|the|l)\W+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# What sets two apart or adds them up is no question about each.
_NOT_EACH = re.compile(
    r"\bdifferen|\bmeglio\b|\bconfront|\bbetter\b|\bcompar|\binsieme\b|\btogether\b|\bin tutto\b"
    r"|\btotal|\bin all\b|\bfanno\b|\bcome to\b|\bquale\b|\bwhich\b|\bpi[uù]\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:each|both|either|them all|all of them)\b|\bentramb[ie]\b|\btutt[ei] e (?:due|tre)\b"
    r"|\b(?:le|i) due\b|\bthe two\b|\bciascun\w+\b|\bognun\w+\b",
    re.IGNORECASE,
)
# Said of several, or of one that has a name in the plural: gloves, slippers.
_PLURAL = re.compile(
    r"\b(?:they|their|them)\b|\b(?:sono|hanno|costano|pesano|vengono|durano|misurano|contengono"
    r"|tengono|fanno|stanno|entrano)\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bcost|prezz|\bpric[ey]|\bquanto (?:vengono|vien|fanno)"
    r"|\bhow much (?:are|is|do|does|for)\b(?!\s+\w+ (?:weigh|hold))|\bhow much\W*$"
    r"|\bcheap|\bcar[oaie]\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(?:zip|rfid|tsa|usb)\b")  # features in so few letters
_OR = re.compile(r"^\W*(?:o|or|oppure|vs)\W+(?:(?:la|il|lo|l|the|le|gli|i)\W+)?$", re.IGNORECASE)
# Right before the name: "€249 is more than I won. What about the Ginevra?" compares nothing.
_THAN = re.compile(
    r"(?:\bthan|\bcompared? (?:to|with)|\bversus|\bvs|\bnext to|\brispetto (?:a|al|alla|allo|ai)"
    r"|\b(?:pi[uù]|meno|meglio|maggiore|minore)\b[^.;!?,]{0,25}\b(?:d(?:i|el|ella|ello|ei|elle)|che|dell['’]))"
    r"\s*(?:(?:the|your|la|il|lo)\s+|l['’])?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# "Which is thinner?" is told by what they measure, and never by a pocket.
_MEASURED = re.compile(
    r"\b(?:thin|thick|slim|wide|light|heavi|larg|small|big|tall|short|long|deep)\w*(?:er|est)\b"
    r"|\bpi[uù] (?:sottil|spess|larg|lung|alt[oaie]|bass|pes|legger|grand|piccol|capien)",
    re.IGNORECASE,
)
_ANOTHER_ONE = re.compile(
    r"\bun[oa]?\s+(?:pi[uù]|meno)\b|\bones?\b|\bun['’]altr|\baltr[oaie]\b", re.IGNORECASE
)
_OF_ONE = ("product", "city", "needed_by", "order_number", "quantity", "ordinal", "without")


def or_of_those(topic: str, action: Action) -> Action:
    """Answer what is asked of all that is on the table, or beside the one in view, else act."""

    async def answer(asked: Asked, shop: Shop) -> Answer:
        if asked.tapped or initials.is_asked(asked.text):  # "le iniziali di ciascuno, che costano?"
            return await action(asked, shop)
        asked = _of_the_last_two(asked)
        told = (
            await _beside_the_one_in_view(asked, shop)
            or await _of_the_named(asked, shop, topic)
            or await _of_those(asked, shop, topic)
        )
        return told or await action(asked, shop)

    return answer


def _of_the_last_two(asked: Asked) -> Asked:
    """Put the two last talked about on the table: "quale dei due costa meno?" of three shown."""
    two = asked.spoken_lately[:2]
    free = not (asked.heard("product") or asked.heard("category"))
    if not free or len(asked.shown) == 2 or len(two) < 2 or not of_the_two(asked.text):
        return asked
    return asked.model_copy(update={"shown": tuple(two[::-1]), "focus": None, "filters": {}})


async def _beside_the_one_in_view(asked: Asked, shop: Shop) -> Answer | None:
    """Set the one in view beside the one named: "is it smaller than the Lucrezia?"."""
    names = [str(id_) for id_ in asked.heard("product")]
    in_view = asked.focus or (asked.shown[0] if len(asked.shown) == 1 else None)
    two = list(dict.fromkeys([*names, in_view] if len(names) > 1 else [in_view, *names]))
    if None in two[:2] or len(names) not in (1, 2) or len(two) < 2:
        return None
    named = [e for e in asked.entities if e.entity == "product" and e.start is not None]
    beside = any(_THAN.search(asked.text[: e.start]) for e in named) or _either(asked)
    seeks = executor.seeks(asked.text) or _ANOTHER_ONE.search(asked.text)
    of_a_kind = asked.heard("category") and len(names) == 1
    if not beside or seeks or of_a_kind or not executor.asks(asked.text):
        return None
    pair = await shop.catalog.get([str(id_) for id_ in two[:2]])
    first = str(two[0]) if len(names) == 1 else None
    return await compare.of_two(pair, asked, shop, focus=first) if len(pair) == 2 else None


def _either(asked: Asked) -> bool:
    """Tell whether two are named with an "or" between them: "Alba o Ada, quali sono più caldi?"."""
    named = [e for e in asked.entities if e.entity == "product" and e.end is not None]
    return len(named) == 2 and bool(_OR.search(asked.text[named[0].end : named[1].start]))


async def _of_the_named(asked: Asked, shop: Shop, topic: str) -> Answer | None:
    """Answer of each of two named in one breath: "la Iris e la Rondine, quanto grandi?"."""
    named = [e for e in asked.entities if e.entity == "product" and e.end is not None]
    if len(named) != 2 or _NOT_EACH.search(asked.text) or not executor.asks(asked.text):
        return None
    if not _AND.search(asked.text[named[0].end : named[1].start]):
        return None
    products = await shop.catalog.get([str(one.value) for one in named])
    return await _told(asked, shop, topic, products, which=False) if len(products) == 2 else None


async def _of_those(asked: Asked, shop: Shop, topic: str) -> Answer | None:
    """Answer of each of those on the table, or of the one of them whose row tells it."""
    if len(asked.shown) not in range(2, _MOST + 1) or not executor.asks(asked.text):
        return None
    of_one = any(asked.heard(name) for name in _OF_ONE) or executor.seeks(asked.text)
    if of_one or await said_by_name(asked, shop):  # "ah, i sacchetti! quanto costano?"
        return None
    products = await shop.catalog.get(asked.shown)
    if len(products) < 2 or not kinds_only_beside(asked, products):
        return None
    if asked.heard("compared"):  # "e costa di più?", right after they were compared
        lately = bool(asked.noted) and asked.noted[-1].get("topic") == "compare"
        two = lately and len(products) == 2
        return await compare.of_two(products, asked, shop, focus=asked.focus) if two else None
    which, both = _asked_of_several(asked, products)
    if not which and not both:
        return None
    return await _told(asked, shop, topic, products, which=which)


def _asked_of_several(asked: Asked, products: Sequence[Product]) -> tuple[bool, bool]:
    """Tell whether a question asks which of those on the table, and whether it asks of all."""
    in_view = next((p for p in products if p.id == asked.focus), None)
    compared = any(note.get("topic") == "compare" for note in asked.noted)
    several = bool(_OF_THESE.search(asked.text) or _ALL.search(asked.text))
    if asked.focus and in_view is None:
        return False, False  # another is in view since
    open_ = in_view is None or compared
    plural = open_ and not (in_view and is_plural(in_view)) and bool(_PLURAL.search(asked.text))
    which = bool(_WHICH.search(asked.text)) and (open_ or several)
    return which, several or plural


async def _told(
    asked: Asked, shop: Shop, topic: str, products: Sequence[Product], *, which: bool
) -> Answer | None:
    if _PRICE.search(asked.text):
        return _still_open(await of_each(asked, shop, "price", products)) if not which else None
    if asked.heard("colour") or asked.heard("size"):  # one alone may come in it
        of_all = await of_each(asked, shop, "availability", products)
        return _still_open(of_all) if _ALL.search(asked.text) else None
    words = asked.text + _in_words_of_the_trade(asked)
    rows = [relevant(words, product, shop.language) for product in products]
    measured = bool(_MEASURED.search(asked.text))
    said = asked.model_copy(update={"text": words})
    one = _only_one(words, rows, products) if which and not measured else None
    if one:
        return await details.about(said, shop, one)
    if any(row.found for row in rows) and not (which and measured and not _all_measured(rows)):
        return _still_open(await of_each(said, shop, "details", products))
    if which or topic not in ("availability", "reviews"):
        return None
    return _still_open(await of_each(asked, shop, topic, products))


def _all_measured(rows: Sequence[Relevant]) -> bool:
    return all(row.dimensions or row.weight for row in rows)


def _only_one(words: str, rows: Sequence[Relevant], products: Sequence[Product]) -> Product | None:
    """Return the only one whose row tells it, or the only one that tells it in the very words.

    A zip and a buckle both tell how a thing closes; "which has a zip?" means one of them.
    """
    able = [(p, row) for p, row in zip(products, rows, strict=True) if row.features]
    said = _SHORT.findall(words.casefold())
    literal = [(p, r) for p, r in able if any(word in " ".join(r.features) for word in said)]
    best = able if len(able) == 1 else literal
    return best[0][0] if len(best) == 1 else None


def _in_words_of_the_trade(asked: Asked) -> str:
    """Return what rows say instead of what people do: hand luggage is of cabin size."""
    need = asked.need
    found = (need.told.get(asked.language) if need else None, told_aboard(asked))
    return "".join(f" {word}" for word in found if word)


def _still_open(answer: Answer | None) -> Answer | None:
    """Leave all of them on the table: none of them is the one in view."""
    return Answer(answer.replies, {**answer.slots, "focus": None}) if answer else None


def is_plural(product: Product) -> bool:
    """Tell whether a thing has a name in the plural: "are they lined?" asks of the gloves."""
    english, italian = product.names.get("en", ""), product.names.get("it", "")
    pairs = english.casefold().endswith("s") and not english.casefold().endswith("ss")
    return pairs or bool(re.match(r"(?!porta|ferma|svuota)\w+[ie]\b", italian.casefold()))
