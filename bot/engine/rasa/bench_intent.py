"""Lets a trained model decide about labelled rows, with the words alone; prints JSON.

python bench_intent.py --model FILE --test FILE

Each row goes through Rasa's own message processor and the decision of a turn, as the first message
of a conversation of which nothing else is known. The figures are made by `bot.engine.judging`.
"""

import argparse
import asyncio
import contextlib
import json
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Text

import environment
from heard import safe_text


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--test", type=Path, required=True)
    given = parser.parse_args()
    environment.prepare()
    lines = given.test.read_text(encoding="utf-8-sig").splitlines()
    texts = [json.loads(line)["text"] for line in lines if line.strip()]
    with contextlib.redirect_stdout(sys.stderr):  # Rasa prints where the result alone belongs
        found = asyncio.run(judge(given.model, texts))
    json.dump(found, sys.stdout, ensure_ascii=False)
    return 0


async def judge(model: Path, texts: List[Text]) -> List[Dict[Text, Any]]:
    """Return for each text the decision, the intent and the milliseconds that both took."""
    import corrections

    corrections.apply()
    from deciding import understood
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    from dialogues import purchase

    agent = Agent.load(str(model))
    await agent.processor.parse_message(UserMessage("ok"))  # what is only needed once
    found: List[Dict[Text, Any]] = []
    for text in texts:
        began = time.perf_counter()
        parsed = await agent.processor.parse_message(UserMessage(safe_text(text)))
        words, intents = parsed.get("purchase") or {}, understood(parsed)
        decision = purchase.decide(
            purchase.Evidence(
                score=words.get("score"),
                cues=tuple(words.get("cues") or ()),
                intents=tuple(intents.items()),
            )
        )
        found.append(
            {
                "score": decision.score,
                "wants": decision.wants,
                "reasons": decision.reasons,
                "intent": next(iter(intents), None),
                "milliseconds": (time.perf_counter() - began) * 1000,
            }
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
