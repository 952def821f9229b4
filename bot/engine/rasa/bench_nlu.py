"""Trains a pipeline on labelled rows with `rasa train`'s own code and has it judge others.

python bench_nlu.py --train FILE --test FILE [--pipeline ours|stock]
python bench_nlu.py --model FILE --test FILE

Rows are JSON Lines `{"text", "label"}`, checked by `bot.engine.measuring`. Standard output gets one
JSON object: what the pipeline said to every row, and the times; standard error says how far it is.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, List, Text, Tuple

import environment
from heard import safe_text

CONFIGS = {"ours": "config.yml", "stock": "stock.yml"}
SLASH = "=slash="
STEP = 200  # rows between two lines of progress
Row = Dict[Text, Any]


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--pipeline", choices=sorted(CONFIGS), default="ours")
    given = parser.parse_args()
    environment.prepare()
    # Rasa prints to standard output, where the result alone belongs.
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
        os.environ["RASA_CACHE_DIRECTORY"] = folder
        os.environ["RASA_MAX_CACHE_SIZE"] = "0"
        _say("Loading Rasa")
        model, seconds = given.model, 0.0
        if given.train:
            model, seconds = learn(_rows(given.train), given.pipeline, Path(folder))
        answers = asyncio.run(judge(model, _rows(given.test), corrected=given.pipeline == "ours"))
    json.dump({"train_seconds": round(seconds, 3), **answers}, sys.stdout, ensure_ascii=False)
    return 0


def learn(rows: List[Row], pipeline: Text, folder: Path) -> Tuple[Path, float]:
    """Train a model of understanding alone; return it and the seconds this took."""
    from rasa.model_training import train_nlu

    if pipeline == "ours":
        import corrections

        corrections.apply_to_training()

    examples = [
        {"text": row["text"], "intent": hidden(row["label"]), "intent_metadata": _metadata(row)}
        for row in rows
    ]
    data = folder / "nlu.json"
    data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), encoding="utf-8")
    _say(f"Training on {len(rows)} rows")
    began = time.perf_counter()
    model = train_nlu(str(environment.HERE / CONFIGS[pipeline]), str(data), str(folder))
    seconds = time.perf_counter() - began
    if model is None:
        raise SystemExit("Rasa could not train on these rows")
    _say(f"Trained in {seconds:.1f} s")
    return Path(model), seconds


async def judge(model: Path, rows: List[Row], *, corrected: bool) -> Dict[Text, Any]:
    """Let the model parse the rows, through Rasa's own processor as in a turn."""
    if corrected:
        import corrections

        corrections.apply()
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    agent = Agent.load(str(model))
    await agent.processor.parse_message(UserMessage("ok"))  # what is only needed once
    said: List[Dict[Text, Any]] = []
    taken: List[float] = []
    for number, row in enumerate(rows):
        if number % STEP == 0:
            _say(f"Judging row {number + 1} of {len(rows)}")
        began = time.perf_counter()
        parsed = await agent.processor.parse_message(UserMessage(safe_text(row["text"])))
        taken.append(round((time.perf_counter() - began) * 1000, 4))
        kept = ("intent", "intent_ranking", "also", "unsure", "language")
        said.append(_shown({name: parsed[name] for name in kept if name in parsed}))
    return {"answers": said, "milliseconds": taken}


def hidden(label: Text) -> Text:
    """Write a label so that Rasa sees no retrieval intent in "reminder/set"."""
    return label.replace("/", SLASH)


def _shown(answer: Any) -> Any:
    """Undo `hidden` in everything that was said."""
    return json.loads(json.dumps(answer).replace(SLASH, "/"))


def _metadata(row: Row) -> Dict[Text, Any]:
    return {"language": row["lang"]} if row.get("lang") else {}


def _say(step: Text) -> None:
    print(f"step: {step}", file=sys.stderr, flush=True)  # noqa: T201


def _rows(path: Path) -> List[Row]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
