"""Words that only connect: what is left of a message besides them and what was recognised in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters; a shorter word that nothing recognises says nothing of its own
_CLOSE = 0.84  # "vorei" is "vorrei"
_IT = """
e ed ma però invece anche solo magari anzi allora ok okay bene grazie favore cortesia perfavore
pls in di da con senza su per tra fra a ad al allo alla ai agli alle del dello della dei degli
delle il lo la i gli le l un uno una dell all nel nella nei nelle se sì si no non niente nulla è
sono sia c ce ci ne mi me lo li te ti vi che chi cui come quale quali qual quanto quanti quante
quello quella quelli quelle questo questa questi queste altro altra altri altre qualche qualcosa
qualcuno uguale simile tipo genere modello modelli ho hai ha abbiamo avete hanno avreste aveste
vorrei volevo voglio vorremmo vuole prendo preferisco preferirei preferivo cerco cercavo serve
servirebbe fammi fai vedere mostrami mostra dammi dimmi trovami c'è esiste esistono disponibile
disponibili possibile possibilmente meglio stesso stessa stessi stesse sempre proprio più meno
volessi volesse fosse fossero avessi prendessi bello bella belli belle carino carina carini carine
bellissimo bellissima peccato uffa vabbe vabbè insomma intanto però
molto troppo poco po' ancora adesso ora poi forse penso direi diciamo circa massimo minimo euro
budget spesa prezzo colore colori taglia misura numero materiale costa costi costano ciao salve
scusa scusi eh ah mmm boh dai su regalo pensiero
credo immagino suppongo spendere spenderei arriverei ciascuno ciascuna
"""
_EN = """
and or but instead though tho also only maybe rather actually then so ok okay well thanks thank
you please pls in of from with without on for between to at by the a an some any one ones it its
is are there this that these those which what how about same similar kind type sort other others
another something anything else i im i'm id i'd we my me do does did dont don't have has got get
want would like love prefer looking look need take show find see can could you your not no nothing
yes yeah still now again more less most least bit too very around about max min price budget
colour color colours colors size sizes material cost costs euros euro available possible better hi
hello hey them they those shame pity nice lovely cute pretty cool hmm lol ugh were
guess suppose reckon spend spending roughly tops each
gift present it's that's what's whats let's lets rather
"""
# "Troppo delicato", "a bit pricey": an opinion of what was shown is nothing to look for.
_OPINION = re.compile(
    r"\b(?:troppo|too|un po'?|abbastanza|a bit|a little)\s+[^\W\d_]+", re.IGNORECASE
)
# "Under 80 ideally", "preferibilmente nera": how something is wished for, never what.
_ADVERB = re.compile(
    r"[^\W\d_]{3,}mente|(?!family|assembly|weekly|daily|monthly|yearly|early)[^\W\d_]{4,}ly"
)
_CONNECTING = frozenset((_IT + _EN).split())
_LONG_ONES = tuple(word for word in sorted(_CONNECTING) if len(word) >= _SHORTEST)


def left_over(text: str, recognised: Iterable[tuple[int, int]]) -> list[str]:
    """Return the words that neither a recognised stretch of the text nor a small word explains.

    "E in rosso invece?" has none; in "una bicicletta rossa" something was asked for by name.
    """
    for start, end in recognised:
        text = text[:start] + " " * (end - start) + text[end:]
    text = _OPINION.sub(" ", text)
    return [word for word in _WORD.findall(text.casefold()) if not _connects(word)]


@lru_cache(maxsize=4096)
def _connects(word: str) -> bool:
    if len(word) < _SHORTEST or word in _CONNECTING or _ADVERB.fullmatch(word):
        return True
    return bool(difflib.get_close_matches(word, _LONG_ONES, n=1, cutoff=_CLOSE))
