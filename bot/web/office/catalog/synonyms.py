"""The shop's own words, shown group by group and edited."""

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from bot.web.documents import render
from bot.web.office.catalog.groups import (
    SIGNS,
    Group,
    GroupError,
    read_groups,
    with_change,
    with_line,
    write_group,
)
from bot.web.office.catalog.place import Act, Handler, Place, html, put
from bot.web.office.terms import LANGUAGES, named
from catalog import SynonymError

_WRONG = re.compile(r'^[^:]*:(?P<line>\d+)  "(?P<text>.*)" has ', re.DOTALL)


class SynonymsPart:
    """One language at a time; what is saved counts within a second."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.code = place.language
        if self.code not in self._codes:
            self.code = self._codes[0]

    @property
    def acts(self) -> dict[str, Handler]:
        """What the browser may ask for."""
        return {
            "words_of": self._choose,
            "group_save": self._save,
            "group_remove": self._remove,
            "group_file": self._file,
        }

    @property
    def _codes(self) -> tuple[str, ...]:
        return self._place.services.settings.languages

    def build(self) -> None:
        """Lay the form, the list and the file out."""
        html(render("catalog/group.html", w=self._place.words, kinds=tuple(SIGNS)))
        self._list = html()
        self._whole = html()

    async def refresh(self) -> None:
        """Read the file again."""
        text = await self._place.services.catalog.synonyms(self.code)
        groups = read_groups(text)
        codes = [
            (code, named(LANGUAGES, code, self._place.language), code == self.code)
            for code in self._codes
        ]
        rows = [_row(group, self._place) for group in groups]
        words = self._place.words
        put(self._list, render("catalog/groups.html", w=words, codes=codes, rows=rows))
        file = render("catalog/words.html", w=words, text=text, mark=_mark(text), code=self.code)
        put(self._whole, file)

    async def _choose(self, act: Act) -> None:
        if act.value in self._codes:
            self.code = act.value
        await self.refresh()

    async def _save(self, act: Act) -> None:
        """Add a group, or change the one on `line` that was `before`."""
        kind = act.value if act.value in SIGNS else "same"

        def change(text: str) -> str:
            new = write_group(kind, act.text, act.ours)
            if not act.before:
                return with_line(text, new)
            return with_change(text, act.line, act.before, new)

        if await self._write(act, change):
            told = re.split(r"[,=\n]", act.text)[0].strip()
            self._place.tell(group_saved=told, toast=self._place.words["done_group"])

    async def _remove(self, act: Act) -> None:
        if await self._write(act, lambda text: with_change(text, act.line, act.before, None)):
            self._place.tell(toast=self._place.words["done_remove"])

    async def _file(self, act: Act) -> None:
        """Save the whole file, unless somebody has changed it meanwhile."""

        def change(text: str) -> str:
            if _mark(text) != act.before:
                raise GroupError("group_moved")
            return act.text.rstrip() + "\n"

        if await self._write(act, change):
            self._place.tell(toast=self._place.words["done_words"])

    async def _write(self, act: Act, change: Callable[[str], str]) -> bool:
        if act.language in self._codes:
            self.code = act.language
        try:
            await self._place.services.catalog.edit_synonyms(self.code, change)
        except GroupError as error:
            reason = self._place.words[error.reason].format(**error.values)
            self._place.tell(group_wrong=reason, where=act.do)
            return False
        except SynonymError as error:
            self._place.tell(group_wrong=_explained(error, self._place), where=act.do)
            return False
        await self.refresh()
        return True


def _row(group: Group, place: Place) -> dict[str, Any]:
    return {
        "line": group.line,
        "kind": group.kind,
        "title": place.words["group_kinds"][group.kind],
        "phrases": group.phrases,
        "ours": group.ours,
        "raw": group.raw,
        "first": group.phrases[0] if group.phrases else "",
    }


def _explained(error: SynonymError, place: Place) -> str:
    match = _WRONG.match(str(error))
    if match is None:
        return str(error)
    return str(place.words["words_wrong"]).format(**match.groupdict())


def _mark(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
