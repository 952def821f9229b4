"""Turns side by side: who has begun goes first, who is slow makes room."""

import asyncio
import unittest
from typing import List

from admission import Admission


class Crowd:
    """Turns with a wait in the middle, and the order of what they did."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.order: List[str] = []
        self.answered = {name: asyncio.Event() for name in "abcd"}

    async def turn(self, name: str) -> None:
        async with self.admission.turn():
            self.order.append(f"{name} begins")
            await self.answered[name].wait()
            self.order.append(f"{name} ends")

    def come(self, names: str) -> "List[asyncio.Task[None]]":
        return [asyncio.ensure_future(self.turn(name)) for name in names]


class TestAdmission(unittest.TestCase):
    def test_a_turn_begins_when_another_has_ended(self) -> None:
        async def play() -> List[str]:
            crowd = Crowd(Admission(most=2, patience=60))
            turns = crowd.come("abcd")
            for name in "abcd":
                await asyncio.sleep(0)
                crowd.answered[name].set()
                await turns["abcd".index(name)]
            return crowd.order

        begun = ["a begins", "b begins", "a ends", "c begins", "b ends", "d begins"]
        self.assertEqual(asyncio.run(play()), [*begun, "c ends", "d ends"])

    def test_a_slow_turn_makes_room_once(self) -> None:
        async def play() -> List[str]:
            crowd = Crowd(Admission(most=1, patience=0.01))
            slow, quick, *_ = turns = crowd.come("abc")
            crowd.answered["b"].set()
            await quick
            self.assertFalse(slow.done())
            crowd.answered["a"].set()
            crowd.answered["c"].set()
            await asyncio.gather(*turns)
            last = Crowd(crowd.admission)
            both = last.come("ab")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.assertEqual(last.order, ["a begins"])  # one place, as at the beginning
            for name in "ab":
                last.answered[name].set()
            await asyncio.gather(*both)
            return crowd.order

        self.assertEqual(asyncio.run(play())[:3], ["a begins", "b begins", "b ends"])

    def test_a_failed_turn_gives_its_place_back(self) -> None:
        async def play() -> None:
            admission = Admission(most=1, patience=60)
            with self.assertRaises(ValueError):
                async with admission.turn():
                    raise ValueError
            async with admission.turn():
                pass

        asyncio.run(asyncio.wait_for(play(), 5))


if __name__ == "__main__":
    unittest.main()
