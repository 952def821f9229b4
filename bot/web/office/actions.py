"""What an agent can do on the page; every event comes from a browser and is read as such."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection

from bot import desk
from bot.desk import Entry
from bot.errors import AppError, ConflictError
from bot.routing import Services
from bot.web.office.board import Board
from bot.web.office.clock import Locale
from bot.web.office.queue import STATES

log = logging.getLogger(__name__)


class Act(BaseModel):
    """One event of the page."""

    model_config = ConfigDict(extra="ignore")

    do: Literal["open", "back", "tab", "earlier", "claim", "take_over", "release", "close", "send"]
    value: str = Field("", max_length=80)
    conversation: str = Field("", max_length=40)
    text: str = Field("", max_length=20_000)
    key: str = Field("", max_length=80)
    outcome: desk.Result | None = None
    amount: str = Field("", max_length=40)
    note: str = Field("", max_length=2000)


class Actions:
    """Carries out what the agent asks for and says how it went."""

    def __init__(
        self, services: Services, board: Board, locale: Locale, *, tell: Callable[..., None]
    ) -> None:
        self._services = services
        self._board = board
        self._locale = locale
        self._tell = tell
        self._table: dict[str, Callable[[Act], Awaitable[None]]] = {
            "open": self._open,
            "back": self._back,
            "tab": self._tab,
            "earlier": self._earlier,
            "claim": self._claim,
            "take_over": self._take_over,
            "release": self._release,
            "close": self._close,
            "send": self._send,
        }

    async def run(self, given: dict[str, Any]) -> None:
        """Do one thing; whatever fails is said on the page."""
        try:
            act = Act.model_validate(given)
        except ValidationError as error:
            log.warning("unreadable desk event", extra={"problems": error.error_count()})
            return
        try:
            await self._table[act.do](act)
        except AppError as error:
            self._tell(toast=await self._explain(act, error), bad=True, unsent=act.key)
        except Exception:
            log.exception("desk action failed", extra={"action": act.do})
            self._tell(toast=self._words["failed"], bad=True, unsent=act.key)

    @property
    def _words(self) -> dict[str, Any]:
        return self._locale.words

    async def _open(self, act: Act) -> None:
        self._board.select(act.value)
        self._tell(view="talk")

    async def _back(self, _act: Act) -> None:
        self._board.select(None)
        self._tell(view="queue")

    async def _tab(self, act: Act) -> None:
        if act.value in STATES:
            self._board.tab = act.value

    async def _earlier(self, _act: Act) -> None:
        self._board.show_more()

    async def _claim(self, _act: Act) -> None:
        await self._take(take_over=False)

    async def _take_over(self, _act: Act) -> None:
        await self._take(take_over=True)

    async def _take(self, *, take_over: bool) -> None:
        handoff, agent = self._selected(), self._board.agent
        await self._write(lambda conn: desk.claim(conn, handoff, agent, take_over=take_over))
        self._board.tab = "mine"
        self._tell(toast=self._words["done_claim"], write=True)

    async def _release(self, _act: Act) -> None:
        handoff, agent = self._selected(), self._board.agent
        await self._write(lambda conn: desk.release(conn, handoff, agent=agent))
        self._board.tab = "waiting"
        self._tell(toast=self._words["done_release"])

    async def _close(self, act: Act) -> None:
        handoff, agent = self._selected(), self._board.agent
        if act.outcome is None:
            return
        try:
            amount = self._locale.amount(act.amount) if act.outcome == "won" else None
        except ValueError:
            self._tell(toast=self._words["amount_wrong"], bad=True)
            return
        outcome = desk.Outcome(act.outcome, act.note.strip() or None, amount)
        await self._write(lambda conn: desk.close(conn, handoff, outcome, agent=agent))
        self._tell(toast=self._words["done_close"], closed=True)

    async def _send(self, act: Act) -> None:
        entry = await self._board.opened()
        if entry is None or entry.conversation.id != act.conversation:
            raise ConflictError(self._words["not_yours"])
        capabilities = self._board.capabilities(entry.conversation.channel)
        if capabilities is None:
            raise ConflictError(self._words["failed"])
        agent = self._board.agent
        await self._write(
            lambda conn: desk.reply(
                conn,
                act.conversation,
                agent=agent,
                text=act.text,
                capabilities=capabilities,
                key=act.key,
            )
        )
        self._tell(sent=act.key)

    def _selected(self) -> str:
        if self._board.selected is None:
            raise ConflictError(self._words["pick_title"])
        return self._board.selected

    async def _write(self, change: Callable[[Connection], Any]) -> None:
        await self._services.worker.submit(change)

    async def _explain(self, act: Act, error: AppError) -> str:
        """Say in the agent's language why something could not be done."""
        entry: Entry | None = await self._board.opened()
        holder = entry.handoff.agent if entry else None
        if act.do == "claim" and holder and holder != self._board.agent:
            return str(self._words["taken"].format(agent=holder))
        if act.do == "send" and entry and entry.conversation.owner == "human":
            mine = entry.handoff.agent == self._board.agent
            return str(self._words["sent_late" if mine else "not_yours"])
        if isinstance(error, ConflictError):
            return str(self._words["not_yours"])
        return str(self._words["failed"])
