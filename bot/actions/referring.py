"""Words that refer to something without naming it: "torniamo all'altro", "ecco quello!"."""

import re

from bot.actions.asked import Asked

_WORD = re.compile(r"\w+")
# "Ecco quello! Prezzo?", said of several that were found for a description.
_THAT_IS_IT = re.compile(
    r"\b(?:ecco|esatto|s[iì]|proprio|[eè])\W+(?:proprio )?quell[oa]\b(?!\s+(?:con|in|da|di|a|al"
    r"|alla|pi[uù]|che))"
    r"|\bthat['’]?s (?:the one|it)\b",
    re.IGNORECASE,
)
# The other colour, day or side is no thing that was talked about.
_OF_SOMETHING_ELSE = re.compile(
    r"\baltr[oa]\s+(?:color|giorn|ieri|volta|sera|part|lat|man|settim|mes|ann)"
    r"|\bthe other\s+(?!one\b)[a-z]",
    re.IGNORECASE,
)
_ASKING_WORDS = """
quanto quanti quanta costa costano costerebbe viene vengono prezzo prezzi qual quale quali è e il la
lo i gli le l un una che a di per questo questa ce c ne ma ciao salve buongiorno scusa scusi grazie
disponibile disponibili disponibilità taglia taglie colori colore misure avete dettagli info
informazioni materiale recensioni opinioni how much many is are it does do that this these the price
prices cost costs what s whats of for in hi hello hey please thanks you have available sizes size
colours colors colour color a and details reviews more about tell me they them those again so ok
ancora allora quindi stanno sono
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def the_other(asked: Asked) -> str | None:
    """Return the one talked about before this one: "torniamo all'altro, che colori fa?"."""
    if "other" not in asked.heard("ordinal") or asked.heard("product") or len(asked.shown) > 1:
        return None
    before = [id_ for id_ in asked.spoken_lately if id_ != asked.focus]
    return before[0] if before and not _OF_SOMETHING_ELSE.search(asked.text) else None


def is_it(text: str) -> bool:
    """Tell whether what was described has been found: "ecco quello!", "that's the one"."""
    return bool(_THAT_IS_IT.search(text))


def names_something(text: str) -> bool:
    """Whether a question holds more than asking words: "quanto costa?" names nothing to search."""
    return any(word not in _ASKING for word in _WORD.findall(text.casefold()))
