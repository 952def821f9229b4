"""The examples in the README are flows that compile and pass their tests."""

import re
from collections.abc import Callable
from pathlib import Path

from dialogues.compiler import check
from dialogues.executor.vocabulary import ENTITIES, KINDS, TOPICS

README = Path(__file__).parents[2] / "dialogues" / "README.md"


def test_every_example_is_in_order(write: Callable[..., Path]) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 3
    files = {f"example{place}": text for place, text in enumerate(examples)}
    assert check(write(**files), languages=("it", "en")) == []


def test_every_topic_kind_and_entity_is_explained() -> None:
    text = README.read_text(encoding="utf-8")
    assert [word for word in (*TOPICS, *KINDS, *ENTITIES) if word not in text] == []
