"""What is it like: the thing that was asked, else description, colours and a real voice."""

import re
from typing import Any

from bot.actions.answer import Answer, buy, ref, say, show, tap
from bot.actions.answers import availability, for_whom, origin, search, shades, written
from bot.actions.answers.versions import bare_size
from bot.actions.asked import Asked
from bot.actions.concepts import content_words, named_topics, sentences
from bot.actions.features import Relevant, materials, relevant, told
from bot.actions.focus import about_product
from bot.actions.shop import Shop
from bot.actions.vocabulary import plain
from bot.actions.wishes import left_over
from catalog import Product
from dialogues import executor

# Who asks for everything once more gets everything once more.
_MORE = re.compile(
    r"dettagl|info|di pi[uù]|descri|parlami|com'è|come è|details?|more|about|tell|describe|like",
    re.IGNORECASE,
)


_CLAUSES = re.compile(r"[.!?;…\n]")
# "Which amounts?", asked of a gift card: its sizes.
_AMOUNTS = re.compile(
    r"\bamounts?\b|\bdenominations?\b|\bimport[oi]\b|\btagli\b|\bcifr[ae]\b"
    r"|\b(?:lowest|smallest|least|minimum|highest|maximum) (?:value|sum|one)\b"
    r"|\b(?:least|most|minimum|maximum)\b.*\b(?:put|load|give|spend)\b|\bminimo\b"
    r"|\bda quanto (?:partono|parte|sono|ne avete)\b"
    r"|\b(?:che|quali|what|which) (?:valor\w+|values?)\b",
    re.IGNORECASE,
)
# "And the Conca, what's that?": nothing but what it is.
_WHAT_IT_IS = re.compile(
    r"\bwhat(?:['’]?s|\s+(?:is|are))?\b|\b(?:che )?cos(?:['’]?\s?[eè]|a)\b", re.I
)
_WITH_IT_WORDS = """
what whats s is are that this it the a an then so and ok but well exactly precisely actually
please e ed ma allora invece lo la il l le gli i un una cos cosa cose che sarebbe sono sarebbero di
preciso esattamente scusa per favore è cosè
"""
_SAID_WITH_IT = frozenset(_WITH_IT_WORDS.split())
# "What fits in it?", "cosa ci entra?": of all that it takes.
_WHAT_FITS = re.compile(
    r"\bwhat(?:['’]?s)?\b[^.;!?]*\b(?:fits?|goes|go|holds?|put|carry|take)\b"
    r"|\b(?:che|cosa)\b[^.;!?]*\b(?:entra\w*|ci sta\w*|sta(?:nno)? dentro|contiene|mett\w+)\b",
    re.IGNORECASE,
)

_FITTING = re.compile(r"\b(?:fits?|goes|holds?|entra\w*|contiene|mett\w+|dentro|inside)\b", re.I)

_THERE = re.compile(
    r"\b(?:do (?:you|u) (?:have|sell|stock|do)|have (?:you|u)|got|avete|vendete"
    r"|tenete|c['’][eè])\b",
    re.IGNORECASE,
)
# "E la Dante?", "what about the Ponte": nothing but another one.
_AND_THIS = re.compile(
    r"^\W*(?:ok\W+)?(?:e|and|what about|how about|invece|ma|but)\b(?:\W+[\w'’]+){1,3}\W*$",
    re.IGNORECASE,
)


async def about(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Answer what was asked of a product, or describe it from its catalog row and show its card."""
    if _asks_what_it_is(asked, product):
        return await _everything(asked, shop, product)
    own = await for_whom.answer(asked, shop, product) or await shades.answer(asked, shop, product)
    return own or await _of_the_row(of_the_wish(asked, product), shop, product)


def _asks_what_it_is(asked: Asked, product: Product) -> bool:
    """Tell whether a named thing is asked what it is, and nothing else: "e lo Scriba cos'è?"."""
    named = product.id in map(str, asked.heard("product"))
    if asked.tapped or not named or not _WHAT_IT_IS.search(asked.text):
        return False
    text = asked.text
    for entity in sorted(asked.entities, key=lambda one: -(one.start or 0)):
        if entity.entity in ("product", "category") and entity.end is not None:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return set(re.findall(r"\w+", plain(text))) <= _SAID_WITH_IT


async def _of_the_row(asked: Asked, shop: Shop, product: Product) -> Answer:
    version = _is_only_a_version(asked, product)
    if asks_amounts(asked, product) or version or _is_only_named(asked, product):
        return await availability.about(asked, shop, product)
    if origin.is_asked(asked.text):
        return await origin.told(asked, shop, product)
    if care := await written.its_care(asked, shop, product):
        return care
    return await _by_its_lines(asked, shop, product)


async def _by_its_lines(asked: Asked, shop: Shop, product: Product) -> Answer:
    if _WHAT_FITS.search(asked.text) and not content_words(_FITTING.sub(" ", asked.text), product):
        return _all_it_takes(asked, shop, product)
    wanted = relevant(asked.text, product, shop.language)
    whole = _MORE.search(asked.text) and not (wanted.specific or executor.asks(asked.text))
    if wanted.found and not asked.tapped and not whole:
        return await _to_the_point(asked, shop, product, wanted)
    if (wanted.specific and not wanted.found) or _is_open(asked, product):
        found = await written.elsewhere(asked, shop, product)
        return found or await written.all_that_is(asked, shop, product)
    return await _everything(asked, shop, product)


def _is_only_named(asked: Asked, product: Product) -> bool:
    """Tell whether a message asks for a thing by its name alone: "have you the Memo?"."""
    named = bool(_THERE.search(asked.text)) and product.id in map(str, asked.heard("product"))
    return named and not asked.tapped and not content_words(asked.text, product)


def _is_only_a_version(asked: Asked, product: Product) -> bool:
    """Tell whether a clause is no more than a thing and a colour: "oh. The tray in navy?"."""
    said = [e for e in asked.entities if e.entity in ("product", "colour") and e.end is not None]
    if asked.tapped or not any(e.entity == "colour" for e in said):
        return False
    text = asked.text
    for entity in said:
        named = len(text[entity.start : entity.end])
        text = f"{text[: entity.start]}{'·' * named}{text[entity.end :]}"
    clause = next(part for part in _CLAUSES.split(text) if "·" in part)
    # "Is the buckle gold?" asks of a part: the thing itself does not come in it.
    made = product.matching(colour=str(asked.value("colour")))
    return bool(made) and not content_words(clause, product)


def asks_amounts(asked: Asked, product: Product) -> bool:
    """Tell whether it is asked which amounts a gift card comes in: "il minimo?"."""
    return bool(_AMOUNTS.search(asked.text)) and bool(product.sizes()) and not asked.tapped


def _is_open(asked: Asked, product: Product) -> bool:
    """Tell whether something is asked that the whole description, told before, does not tell."""
    if asked.tapped or _MORE.search(asked.text):
        return False
    told = any(
        note.get("product") == product.id and note.get("topic") == "details" for note in asked.noted
    )
    last = asked.last_note(product.id).get("topic") == "details"
    words = executor.asks(asked.text) and content_words(asked.text, product)
    return last or bool(told and words)


def asked_again(asked: Asked, product: Product) -> Asked:
    """Put the question asked of another one before in the place of "e l'altra?"."""
    last = asked.noted[-1] if asked.noted else {}
    points = asked.heard("ordinal") or asked.heard("product")
    words = last.get("words") if last.get("product") != product.id else None
    row = relevant(asked.text, product, asked.language)  # "e la Dante quanto pesa?"
    own = row.weight or row.dimensions or row.width or row.materials
    if not words or not points or asked.tapped or own or left_over(asked):
        return asked
    return asked.model_copy(update={"text": str(words)})


def of_the_wish(asked: Asked, product: Product) -> Asked:
    """Put the wish of the talk in the place of "la Dante va bene?": a bag for a 15-inch laptop."""
    fits = executor.asks_if_it_fits(asked.text)
    again = asked_again(asked, product)
    points = again is asked and (asked.heard("product") or asked.heard("ordinal"))
    if asked.tapped or not (fits or (points and _AND_THIS.search(asked.text))):
        return again
    said = executor.without_fitting(asked.text) if fits else asked.text
    before = next((note["words"] for note in reversed(asked.noted) if note.get("words")), "")
    wish = str(asked.filters.get("having") or asked.filters.get("words") or before)
    if content_words(said, product) or not named_topics(wish):
        return again
    return asked.model_copy(update={"text": wish})


def _all_it_takes(asked: Asked, shop: Shop, product: Product) -> Answer:
    """Tell what a description says of a thing, which tells what goes in, and how big it is."""
    told: list[Any] = [line.rstrip(".;") for line in sentences(product.description(shop.language))]
    if dimensions := product.attributes.get("dimensions"):
        told.append(ref("feature_dimensions", dimensions=str(dimensions)))
    said = say(
        "feature", buy(product.id), product=product.name(shop.language), facts={"dots": told}
    )
    return said.noting(asked, "details", product.id, words=asked.text)


async def _to_the_point(asked: Asked, shop: Shop, product: Product, wanted: Relevant) -> Answer:
    """Tell only what was asked: somebody who asks for the weight has read the description."""
    facts = await told(wanted, product, shop)
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    name = product.name(shop.language)
    said = say("feature", *choices, product=name, facts={"dots": facts})
    # "Per un 15 pollici?" – "grigia c'è?": the size is still the one that was meant.
    size = bare_size(asked, product)
    noted = said.noting(asked, "details", product.id, size=size, words=asked.text)
    # "What if the suede gets wet?": the row tells of suede, and its care of water.
    care = await written.care_beside(asked, shop, product, wanted.features)
    return Answer((*noted.replies, *care.replies), noted.slots) if care else noted


async def _everything(asked: Asked, shop: Shop, product: Product) -> Answer:
    language = shop.language
    lines: list[Any] = [product.description(language)]
    colours = list(dict.fromkeys(v.colour_name(language) for v in product.variants if v.colour))
    for name, found in (
        ("materials", await materials(shop, product)),
        ("colours", colours),
        ("sizes", product.sizes()),
    ):
        if found:
            lines.append(ref(f"details_{name}", **{name: {"list": found}}))
    if dimensions := product.attributes.get("dimensions"):
        lines.append(ref("details_dimensions", dimensions=str(dimensions)))
    choices = (
        buy(product.id),
        tap("ask_availability", product.id, text="choice_availability"),
        tap("ask_delivery", product.id, text="choice_delivery"),
    )
    item = shop.item(product, *choices, quote=True)
    answer = show([item], "details", about={"lines": lines})
    shown = list(asked.shown) if product.id in asked.shown else [product.id]
    slots = {**answer.slots, "shown": shown, "focus": product.id}
    return Answer(answer.replies, slots).noting(asked, "details", product.id)


async def _searched(asked: Asked, shop: Shop) -> Answer:
    """Search, as the search itself describes a product that it finds alone."""
    return await search.answer(asked, shop)


answer = about_product("details", about, otherwise=_searched)
