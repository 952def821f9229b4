"""The rungs of the degrade ladder: how a channel can show these choices without losing one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from bot.rendering.fitting.labels import labels
from bot.rendering.fitting.split import measure, shorten
from channels.kit import Capabilities, Choice, Layout

PAGE = "page:"


class OpenChoice(BaseModel):
    """Something the customer may still pick by a tap, its number, or its title.

    `number` is the one that its place gives it, or that stands before it in the text (then it is
    `listed`); `paged` choices are leafed through with `page:<n>`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    title: str
    number: int | None = None
    listed: bool = False
    paged: bool = False
    description: str = ""


@dataclass(frozen=True)
class Words:
    """What the ladder itself says, in the customer's language; looked up as it is needed.

    `said` takes the name of a text and what stands in for it where nobody wrote it.
    """

    said: Callable[[str, str], str]

    @cached_property
    def list_button(self) -> str:
        """On the button that opens a list."""
        return self.said("list_button", "☰")

    @cached_property
    def more(self) -> str:
        """On the row that leads to the next page."""
        return self.said("more", "→")

    @cached_property
    def choose(self) -> str:
        """Above choices that stand alone."""
        return self.said("choose", "👇")

    @cached_property
    def further(self) -> str:
        """Above the next page."""
        return self.said("further_choices", "👇")

    @cached_property
    def by_number(self) -> str:
        """Below choices that are picked by their number."""
        return self.said("answer_by_number", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """Choices to be shown; `last` when nothing follows them in this turn."""

    choices: tuple[Choice, ...]
    capabilities: Capabilities
    words: Words
    last: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A rung that holds: what can be tapped, and whether the full titles are listed as text."""

    layout: Layout
    taps: tuple[Choice, ...]
    body_limit: int
    listed: tuple[Choice, ...] = ()
    here: tuple[Choice, ...] = ()
    paged: bool = False


Rung = Callable[[Asked], Shown | None]


def climb_down(asked: Asked) -> Shown:
    """Return the best way to show the choices; the last one, numbered text, always holds."""
    for rung in (*_TAPPED, *_PAGED, *_SHORTENED):
        if shown := rung(asked):
            return shown
    return Shown("none", (), asked.capabilities.max_text, asked.choices, asked.choices)


def leaf(asked: Asked) -> Shown:
    """Return one page of choices that did not fit on one screen, numbered text where none can."""
    for rung in (*_PAGED, _paged_short_quick_replies):
        if shown := rung(asked):
            return shown
    return climb_down(asked)


def page_number(choice_id: str) -> int | None:
    """Return which page a choice asks for, None for every other choice."""
    number = choice_id.removeprefix(PAGE)
    return int(number) if number != choice_id and number.isdecimal() else None


def _buttons(asked: Asked) -> Shown | None:
    capabilities = asked.capabilities
    if not _tappable(asked, capabilities.buttons) or _short(asked, capabilities.button_label):
        return None
    return Shown("buttons", asked.choices, capabilities.buttons_text, here=asked.choices)


def _list(asked: Asked) -> Shown | None:
    if not _tappable(asked, asked.capabilities.list_rows):
        return None
    rows = _rows(asked, [choice.title for choice in asked.choices])
    if not rows:
        return None
    return Shown("list", rows, asked.capabilities.list_text, here=asked.choices)


def _quick_replies(asked: Asked) -> Shown | None:
    capabilities = asked.capabilities
    # Quick replies disappear with the next message, so they can only stand in the last one.
    if not asked.last or not _tappable(asked, capabilities.quick_replies):
        return None
    if _short(asked, capabilities.quick_reply_label):
        return None
    return Shown("quick_replies", asked.choices, capabilities.max_text, here=asked.choices)


def _paged_list(asked: Asked) -> Shown | None:
    size = asked.capabilities.list_rows
    if not asked.last or size < 2 or not _ids_fit(asked):
        return None
    rows = _rows(asked, [*(choice.title for choice in asked.choices), asked.words.more])
    if not rows:
        return None
    return _paged(asked, rows, size, Shown("list", (), asked.capabilities.list_text))


def _paged_quick_replies(asked: Asked) -> Shown | None:
    if _short(asked, asked.capabilities.quick_reply_label):
        return None
    return _paged_short_quick_replies(asked)


def _paged_short_quick_replies(asked: Asked) -> Shown | None:
    capabilities = asked.capabilities
    if not asked.last or capabilities.quick_replies < 2 or not _ids_fit(asked):
        return None
    titles = [*(choice.title for choice in asked.choices), asked.words.more]
    found = labels(titles, capabilities.quick_reply_label, capabilities.text_unit)
    if found is None:
        return None
    rows = tuple(
        Choice(id=choice.id, title=label)
        for choice, label in zip((*asked.choices, _more(asked)), found, strict=True)
    )
    frame = Shown("quick_replies", (), capabilities.max_text)
    cut = _short(asked, capabilities.quick_reply_label)
    return _paged(asked, rows, capabilities.quick_replies, frame, listed=cut)


def _short_buttons(asked: Asked) -> Shown | None:
    capabilities = asked.capabilities
    if not _tappable(asked, capabilities.buttons):
        return None
    return _shortened(asked, "buttons", capabilities.button_label, capabilities.buttons_text)


def _short_quick_replies(asked: Asked) -> Shown | None:
    capabilities = asked.capabilities
    if not asked.last or not _tappable(asked, capabilities.quick_replies):
        return None
    label = capabilities.quick_reply_label
    return _shortened(asked, "quick_replies", label, capabilities.max_text)


def _shortened(asked: Asked, layout: Layout, label: int, body_limit: int) -> Shown | None:
    titles = [choice.title for choice in asked.choices]
    found = labels(titles, label, asked.capabilities.text_unit)
    if found is None:
        return None
    taps = tuple(
        Choice(id=choice.id, title=title)
        for choice, title in zip(asked.choices, found, strict=True)
    )
    return Shown(layout, taps, body_limit, asked.choices, asked.choices)


def _rows(asked: Asked, titles: Sequence[str]) -> tuple[Choice, ...]:
    """Return list rows: a title that had to be shortened stands in full below itself."""
    capabilities, unit = asked.capabilities, asked.capabilities.text_unit
    found = labels(titles, capabilities.list_title, unit)
    if found is None:
        return ()
    rows = []
    for choice, label in zip((*asked.choices, _more(asked)), found, strict=False):
        full = choice.title if label != choice.title else ""
        description = " · ".join(part for part in (full, choice.description) if part)
        room = capabilities.list_description
        about = shorten(description, room, unit) if room else ""
        rows.append(Choice(id=choice.id, title=label, description=about))
    return tuple(rows)


def _paged(
    asked: Asked, rows: tuple[Choice, ...], size: int, frame: Shown, *, listed: bool = False
) -> Shown:
    """Cut one page out of all rows; the row after the last choice leads to the next page."""
    choices, more = rows[: len(asked.choices)], rows[-1]
    last_start = max(len(choices) - size, 0)
    pages = -(-last_start // (size - 1)) + 1
    page = min(max(asked.page, 1), pages)
    start = (page - 1) * (size - 1)
    end = len(choices) if page == pages else start + size - 1
    here = asked.choices[start:end]
    onward = () if page == pages else (more.model_copy(update={"id": f"{PAGE}{page + 1}"}),)
    return Shown(
        frame.layout,
        (*choices[start:end], *onward),
        frame.body_limit,
        listed=here if listed else (),
        here=here,
        paged=True,
    )


def _more(asked: Asked) -> Choice:
    return Choice(id=PAGE, title=asked.words.more)


def _tappable(asked: Asked, room: int) -> bool:
    return 0 < len(asked.choices) <= room and _ids_fit(asked)


def _ids_fit(asked: Asked) -> bool:
    limit, unit = asked.capabilities.choice_id, asked.capabilities.text_unit
    return all(measure(choice.id, unit) <= limit for choice in asked.choices)


def _short(asked: Asked, limit: int) -> bool:
    """Whether the titles would have to be shortened or told apart to fit a label."""
    titles = [choice.title for choice in asked.choices]
    return labels(titles, limit, asked.capabilities.text_unit) != titles


_TAPPED: tuple[Rung, ...] = (_buttons, _list, _quick_replies)
_PAGED: tuple[Rung, ...] = (_paged_list, _paged_quick_replies)
_SHORTENED: tuple[Rung, ...] = (
    _short_buttons,
    _short_quick_replies,
    _paged_short_quick_replies,
)
