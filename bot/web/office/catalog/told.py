"""Reports and mistakes in the words of the person who reads them.

The importers say what is wrong in English; what they say most is known here in Italian too.
"""

import re
from typing import Any, Final

from bot.web.office.catalog.place import Place
from catalog import Report, RowError

_COUNTS = ("added", "changed", "unchanged", "returned", "hidden")
_FEW = 200  # mistakes on the page

_ITALIAN: Final = tuple(
    (re.compile(f"^{pattern}$", re.DOTALL), told)
    for pattern, told in (
        (
            r'"(.*)" is not a price; write it like .*',
            "«{0}» non è un prezzo: scrivi 129,00 o 129.00 EUR",
        ),
        (r'"(.*)" is not a number of pieces', "«{0}» non è un numero di pezzi"),
        (
            r'"(.*)" is not an availability; .*',
            "«{0}» non è una disponibilità: scrivi in_stock o out_of_stock",
        ),
        (r'"(.*)" is not a date; .*', "«{0}» non è una data: scrivi 2026-11-27T13:00+0100"),
        (
            r'"(.*)" is not a span of time; .*',
            "«{0}» non è un periodo: scrivi inizio e fine con una barra in mezzo",
        ),
        (r"is missing", "manca"),
        (r"is empty", "è vuoto"),
        (r"nobody knows this field", "campo sconosciuto"),
        (r"has more than two decimals", "ha più di due decimali"),
        (r"must not be below zero", "non può essere sotto zero"),
        (
            r"'(.*)' is there twice in one product, first on line (\d+)",
            "«{0}» c'è due volte nello stesso prodotto, la prima alla riga {1}",
        ),
        (r"'(.*)' is there twice in one product", "«{0}» c'è due volte nello stesso prodotto"),
        (
            r"give the product or each of its variants a price",
            "manca il prezzo, del prodotto o di ogni variante",
        ),
        (
            r"(\d+) cells but (\d+) columns; .*",
            "{0} celle ma {1} colonne: metti tra virgolette il testo che contiene il separatore",
        ),
        (r"the first line must name a column '(.*)'", "la prima riga deve avere una colonna «{0}»"),
        (r"this line is not valid JSON: (.*)", "questa riga non è JSON valido ({0})"),
        (r"broken XML: (.*)", "XML interrotto o errato ({0})"),
        (r"this XML is refused: (.*)", "questo XML è rifiutato ({0})"),
        (
            r"a product is written as an object in braces",
            "un prodotto si scrive come oggetto tra graffe",
        ),
        (
            r"this is a ZIP archive or an Excel workbook: .*",
            "è un archivio ZIP o un file Excel: estrailo, o salva il foglio come CSV",
        ),
        (
            r"The file could not be read to its end: nothing was hidden\.",
            "Il file non è leggibile fino in fondo: non è stato nascosto nulla.",
        ),
        (r"Nothing has changed since the last time\.", "Non è cambiato nulla dall'ultima volta."),
        (
            r"The process that ran this import was stopped\.",
            "L'importazione è stata interrotta: il programma è stato fermato.",
        ),
        (r"it answered (\d+)", "ha risposto {0}"),
        (r"(\S+) does not answer", "{0} non risponde"),
        (r"address: begin it with https://", "l'indirizzo comincia con https://"),
        (
            r"address: keep user and password out of it, .*",
            "togli utente e password dall'indirizzo: vanno nella configurazione",
        ),
        (
            r"address: give the whole path of the folder, .*",
            "scrivi il percorso intero della cartella, a partire da /",
        ),
        (r"nobody knows the host (\S+): .*", "nessuno conosce l'indirizzo {0}"),
        (r"(\S+) is not reachable: .*", "{0} non si raggiunge"),
        (
            r"it answered (\d+): set its .*",
            "ha risposto {0}: metti utente e password nella configurazione",
        ),
        (
            r"it answered with a web page, .*",
            "ha risposto con una pagina web, non con un file di prodotti",
        ),
        (r"it answered with an empty file", "ha risposto con un file vuoto"),
        (r"it took longer than (\d+) seconds", "ci ha messo più di {0} secondi"),
        (r"there are no files in (.*) \(.*\)", "nella cartella {0} non ci sono file"),
        (r"set (\S+): the shop wants a key", "manca {0}: il negozio vuole una chiave"),
        (r"there is no folder (.*)", "la cartella {0} non esiste"),
    )
)


def in_words(reason: str, language: str) -> str:
    """Return a reason in the person's language where it is known in it."""
    if language != "it":
        return reason
    for pattern, told in _ITALIAN:
        if match := pattern.match(reason):
            return told.format(*match.groups())
    return reason


def explained(problem: RowError, place: Place) -> dict[str, Any]:
    """Return a mistake with its place."""
    reason = in_words(problem.reason, place.language)
    return {"line": problem.line, "column": problem.column, "reason": reason}


def report_view(report: Report, place: Place) -> dict[str, Any]:
    """Return an import for the templates."""
    words = place.words
    began = int(report.started_at.timestamp() * 1000)
    done = min(100, report.read * 100 // report.size) if report.size else 0
    counts = [
        (words["counts"][name], getattr(report, name))
        for name in _COUNTS
        if getattr(report, name) or name in ("added", "changed", "unchanged")
    ]
    seconds = None
    if report.finished_at and report.size:
        seconds = (report.finished_at - report.started_at).total_seconds()
    return {
        "id": report.id,
        "name": report.name,
        "source": report.source,
        "state": report.state,
        "state_title": words["states"][report.state],
        "dry_run": report.dry_run,
        "format": words["formats"].get(report.format, report.format),
        "encoding": report.encoding.upper(),
        "done": 100 if report.state != "running" else done,
        "products": report.products,
        "variants": report.variants,
        "counts": counts,
        "problem_count": report.problem_count,
        "few": _FEW,
        "note": in_words(report.note, place.language) if report.note else "",
        "when": f"{place.locale.when(began)}",
        "took": _took(seconds, place),
    }


def _took(seconds: float | None, place: Place) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{place.locale.decimal(seconds)} s"
    return place.locale.span(int(seconds * 1000))
