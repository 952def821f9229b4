"""Short labels for long titles that still tell the choices apart."""

from collections.abc import Callable, Sequence

from bot.rendering.fitting.split import ELLIPSIS, Unit, fitting, graphemes, measure, shorten


def labels(titles: Sequence[str], limit: int, unit: Unit = "characters") -> list[str] | None:
    """Return one label for each title, all different and short enough, or None.

    Cutting the end is tried first; titles that would then read the same keep their end instead
    of their middle ("Borsa… rossa", "Borsa… nera"); the last way is a number.
    """
    ways: tuple[Callable[[str, int], str], ...] = (
        lambda title, _: shorten(title, limit, unit),
        lambda title, _: _keep_end(title, limit, unit),
        lambda title, position: _numbered(title, position, limit, unit),
    )
    found = list(titles)
    for way in ways:
        doubtful = _doubtful(found, limit, unit)
        if not doubtful:
            return found
        for position in doubtful:
            found[position] = way(titles[position], position + 1)
    return None if _doubtful(found, limit, unit) else found


def same(one: str, other: str) -> bool:
    """Whether a person (or a platform that demands unique titles) would take two for one."""
    return _key(one) == _key(other)


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _doubtful(found: Sequence[str], limit: int, unit: Unit) -> list[int]:
    keys = [_key(label) for label in found]
    return [
        position
        for position, label in enumerate(found)
        if measure(label, unit) > limit or not label.strip() or keys.count(keys[position]) > 1
    ]


def _keep_end(title: str, limit: int, unit: Unit) -> str:
    if measure(title, unit) <= limit:
        return title
    room = limit - measure(ELLIPSIS, unit)
    if room < 4:
        return fitting(title, limit, unit)
    backwards = "".join(reversed(graphemes(title)))
    tail = "".join(reversed(graphemes(fitting(backwards, room * 3 // 5, unit))))
    head = fitting(title, room - measure(tail, unit), unit)
    return head.rstrip() + ELLIPSIS + tail.lstrip()


def _numbered(title: str, position: int, limit: int, unit: Unit) -> str:
    mark = f"{position}. "
    return mark + shorten(title, limit - measure(mark, unit), unit)
