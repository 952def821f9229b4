"""Whether a message commits to buying: the graph component around `components.commitment`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Text

from heard import plain_text
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.commitment import FILE, Commitment, Example, fit
from components.cues import Cues, read_cues
from components.understanding import ASKED

# Set by `train.py`: the folder with `<language>/purchase.txt` and `<language>/cues.txt`.
FOLDER = "DIALOGO_PURCHASE_EXAMPLES"
COMMITS, DOES_NOT = "+ ", "- "
KEY = "purchase"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Buying(GraphComponent):
    """Adds `purchase: {score, cues}` to a message; nothing where there were no examples."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return which intent commits, and how much an intent's phrase counts as an example.

        The phrases of a shop teach its own questions; they are many, so each counts little.
        """
        return {"intent": "buy", "weight": 0.1}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[Commitment] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Buying:
        """Begin untrained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Buying:
        """Come back from a model."""
        with model_storage.read_from(resource) as folder:
            model = Commitment.load(folder) if (folder / FILE).exists() else None
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of commitments, and from the phrases of the intents."""
        folder = os.environ.get(FOLDER)
        examples = list(_examples(Path(folder))) if folder else []
        if len({example.commits for example in examples}) == 2:
            examples += [
                Example(
                    phrase.get(TEXT),
                    phrase.get(INTENT) == self._config["intent"],
                    self._config["weight"],
                )
                for phrase in training_data.intent_examples
            ]
            self._model = fit(examples, _cues(Path(folder or "")))
        with self._model_storage.write_to(self._resource) as kept:
            if self._model is not None:
                self._model.save(kept)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge the messages."""
        for message in messages:
            text = plain_text(message.get(ASKED) or message.get(TEXT))
            if self._model is not None and text:
                score, cues = self._model.score(text)
                found = {"score": round(score, 4), "cues": cues}
                message.set(KEY, found, add_to_output=True)
        return messages


def _examples(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*/purchase.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith((COMMITS, DOES_NOT)):
                yield Example(line[2:].strip(), line.startswith(COMMITS))


def _cues(folder: Path) -> Cues:
    found: Dict[Text, List[Text]] = {}
    for path in sorted(folder.glob("*/cues.txt")):
        for name, said in read_cues(path.read_text(encoding="utf-8").splitlines()).items():
            found.setdefault(name, []).extend(said)
    return Cues(found)
