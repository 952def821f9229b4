"""Plays messages with a bundle on whatever Python runs this; standard library only."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dialogues.executor import Heard, advance, resume, start


def main() -> None:
    """Read {"bundle", "messages"} and write every turn."""
    told = json.load(sys.stdin)
    state, turns = start(), []
    for message in told["messages"]:
        turn = advance(told["bundle"], state, Heard(**message))
        turns.append(asdict(turn))
        while turn.waiting == "action":
            turn = resume(told["bundle"], turn.state, {"products": "some"}, message["facts"])
            turns.append(asdict(turn))
        state = turn.state
    json.dump({"python": sys.version_info[:2], "turns": turns}, sys.stdout)


if __name__ == "__main__":
    main()
