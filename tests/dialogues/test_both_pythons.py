"""The executor does the same inside the engine (Python 3.10, no packages) as in the gateway."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dialogues.compiler import compile_flows

REPOSITORY = Path(__file__).parents[2]
ENGINE = REPOSITORY / ".venv-engine" / "bin" / "python"
SHOWN = {"facts": {"shown": ["a", "b"]}}
SAID: tuple[tuple[str, str | None, dict[str, Any]], ...] = (
    ("Buongiorno", "greet", {"also": ["ask_delivery"]}),
    ("cerco un regalo", "recommend_gift", {}),
    ("per lei", None, {}),
    ("e i resi?", "ask_returns", {}),
    ("", None, {"choice": "pick:regalo.occasion:any"}),
    ("tra cinquanta e 1.200,50 €", None, {}),
    ("sì, grazie", "affirm", {}),
    ("la prendo", "buy", SHOWN),
    ("la seconda", None, {"entities": [{"entity": "ordinal", "value": 2}], **SHOWN}),
    ("", None, {"choice": "ask:leave_contact"}),
    ("+39 333 1234567", None, {}),
    ("dov'è il mio ordine?", "order_status", {}),
    ("lascia stare", "restart", {}),
    ("ricominciamo", "restart", {}),
    ("asdf", None, {}),
    ("qwer", None, {}),
)


def messages() -> list[dict[str, Any]]:
    nothing = {"entities": [], "choice": None, "facts": {}, "also": []}
    return [
        {"text": text, "intent": intent, "confidence": 1.0, "language": "it", **nothing, **more}
        for text, intent, more in SAID
    ]


def replay(python: Path) -> dict[str, Any]:
    bundle = compile_flows(REPOSITORY / "dialogues" / "flows", languages=("it", "en")).bundle
    done = subprocess.run(
        [str(python), "-S", "-W", "error", str(Path(__file__).with_name("replay.py"))],
        input=json.dumps({"bundle": bundle, "messages": messages()}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_it_needs_nothing_but_the_standard_library() -> None:
    turns = replay(Path(sys.executable))["turns"]
    assert [item["reason"] for turn in turns for item in turn["do"] if item["do"] == "handoff"] == [
        "high_value",
        "purchase",
        "contact_left",
        "not_understood",
    ]


@pytest.mark.skipif(not ENGINE.exists(), reason="the engine's Python is not set up: make setup")
def test_it_does_the_same_on_the_engines_python() -> None:
    engine, gateway = replay(ENGINE), replay(Path(sys.executable))
    assert engine["python"] == [3, 10]
    assert engine["turns"] == gateway["turns"]
