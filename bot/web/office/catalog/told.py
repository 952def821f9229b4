"""Reports and mistakes in the words of the person who reads them.

The importers say what is wrong in English; what they say most is known here in Italian too.
"""

from typing import Any

from bot.web.office.catalog.in_italian import ITALIAN
from bot.web.office.catalog.place import Place
from catalog import Report, RowError

_COUNTS = ("added", "changed", "unchanged", "returned", "hidden")
_FEW = 200  # mistakes on the page


def in_words(reason: str, language: str) -> str:
    """Return a reason in the person's language where it is known in it."""
    if language != "it":
        return reason
    for pattern, told in ITALIAN:
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
