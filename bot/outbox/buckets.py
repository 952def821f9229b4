"""Rate limits: tokens for each number, page or site, shared by all workers.

A worker reserves tokens in blocks, so the cost is not per message. A platform that says "too
fast" pauses the account for everybody: its lanes are not claimed until the pause is over.
"""

import asyncio
import math
import time
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, case, func, select, update

from bot.db import Database, clock, insert_new
from bot.lanes import BucketRow

# A reserved block is forgotten after a while, so that a burst stays near the limit.
_FRESH = 20.0

# The database says how long a pause is: somebody may end it.
_LOOK_AGAIN = 1.0

_ACCOUNT = BucketRow.account == bindparam("of")
_READ = (
    select(
        BucketRow.tokens,
        BucketRow.refilled_at,
        BucketRow.paused_until,
        clock().label("at"),
    )
    .where(_ACCOUNT)
    .with_for_update()
)
_WRITE = (
    update(BucketRow).where(_ACCOUNT).values(tokens=bindparam("left"), refilled_at=bindparam("at"))
)
_until = clock() + bindparam("pause", type_=BucketRow.paused_until.type)
_PAUSE = (
    update(BucketRow)
    .where(_ACCOUNT)
    .values(
        paused_until=case((BucketRow.paused_until > _until, BucketRow.paused_until), else_=_until),
        reason=bindparam("why"),
    )
)
_RESUME = update(BucketRow).where(_ACCOUNT).values(paused_until=0, reason=None)


@dataclass(frozen=True, slots=True)
class Grant:
    """Reserved tokens, or how many seconds until there are some."""

    tokens: int
    wait: float = 0.0


@dataclass(slots=True)
class _Block:
    tokens: int = 0
    reserved_at: float = -math.inf
    paused_until: float = -math.inf
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Buckets:
    """One worker's share of the accounts' rate limits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blocks: dict[str, _Block] = {}

    async def take(self, account: str, rate: float) -> float:
        """Take one token and return 0, or return the seconds until there may be one."""
        block = self._blocks.setdefault(account, _Block())
        async with block.lock:
            paused = block.paused_until - time.monotonic()
            if paused > 0:
                return paused
            if block.tokens < 1 or time.monotonic() - block.reserved_at > _FRESH:
                grant = await self._reserve(account, rate)
                if not grant.tokens:
                    return grant.wait
                block.tokens, block.reserved_at = grant.tokens, time.monotonic()
            block.tokens -= 1
            return 0.0

    def paused(self, account: str, seconds: float) -> None:
        """Stop taking tokens here at once; `pause` tells the others, and us from then on."""
        block = self._blocks.setdefault(account, _Block())
        until = time.monotonic() + min(seconds, _LOOK_AGAIN)
        block.paused_until = max(block.paused_until, until)
        block.tokens = 0

    async def _reserve(self, account: str, rate: float) -> Grant:
        wanted = max(1, int(rate / 4))
        return await self._database.write(
            lambda conn: reserve(conn, account, rate=rate, wanted=wanted)
        )


def reserve(conn: Connection, account: str, *, rate: float, wanted: int) -> Grant:
    """Take up to `wanted` tokens out of a bucket that fills with `rate` a second, to at most it."""
    _open(conn, account)
    row = conn.execute(_READ, {"of": account}).one()
    if row.paused_until > row.at:
        return Grant(0, (row.paused_until - row.at) / 1000)
    size = max(rate, 1.0)
    filled = size
    if row.refilled_at:
        filled = min(size, row.tokens + max(0, row.at - row.refilled_at) * rate / 1000)
    tokens = min(wanted, int(filled))
    conn.execute(_WRITE, {"of": account, "left": filled - tokens, "at": row.at})
    return Grant(tokens, 0.0 if tokens else (1 - filled) / rate)


def pause(conn: Connection, account: str, seconds: float, reason: str) -> None:
    """Let nobody send for this account ("<channel>:<account>") for a while."""
    _open(conn, account)
    given = {"of": account, "pause": int(seconds * 1000), "why": reason[:500]}
    conn.execute(_PAUSE, given)


def resume(conn: Connection, account: str) -> None:
    """End a pause, for example when the operator has mended a token."""
    conn.execute(_RESUME, {"of": account})


def _open(conn: Connection, account: str) -> None:
    known = conn.execute(select(func.count()).where(BucketRow.account == account)).scalar_one()
    if not known:
        fresh = {"account": account, "tokens": 0.0, "refilled_at": 0, "paused_until": 0}
        conn.execute(insert_new(conn, BucketRow), fresh)
