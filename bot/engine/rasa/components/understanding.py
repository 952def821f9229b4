"""What a customer means: one graph component instead of a pipeline of six.

It classifies the message with one sparse product, finds the language, cuts the message into
sentences when it asks more than one thing, and extracts entities from the live catalog. What it is
not sure about it does not guess: it names what may be meant, so that the bot can ask.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple

from heard import plain_text, safe_text
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import background, beside
from components.entities import Hearing, entities
from components.features import words
from components.fitting import fit
from components.language import LanguageModel, Tongue, learn
from components.linear import LinearModel, Weighed
from components.lookups import Lookups, find
from components.noted import language_of, today_of
from components.sentences import sentences
from components.spans import fold
from components.topics import BESIDE_PRODUCTS, CALLING, MANNERS, OUT_OF_SCOPE, QUESTIONS

LANGUAGES = "languages.json"
ASKED = "asked"  # the text without the story around its question; heard by later components
LONG_ENOUGH = 3  # words; "nice nice" alone is no second question
LIKELY = 3  # of the whole message's intents, one that a part of it may call a person for
LONGEST = 1000  # characters; who writes more is understood by the beginning


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class Understanding(GraphComponent):
    """Sets intent, ranking, further intents, entities and language of a message."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return the rule by which a message counts as understood.

        `strangers` is the share of messages out of scope that is expected: with it the border is
        where acting is right more often than refusing, at the price of `least` to `most` of the
        right answers. Where examples of such messages have been learned, as an intent of their
        own, only `strangers_left` are not caught by it. A second question in one message must be
        clearer, since answering what was not asked annoys: at least as clear as all but
        `further` of the right answers; what is read out of a part of a sentence, as clear as all
        but `plainest`. Below the border, and as long as no more than `asked` of
        them lie lower still, the bot asks what is meant instead of guessing; a second thing is
        only named with a confidence of `second`. It also asks where the margins of two intents
        differ by less than `tie`: the first is right every other time then (seven of fourteen
        such rows held out of the demo shop's), one of the two always.

        A person is called from a confidence of `calling` on; what is less sure is asked. Of the
        acceptance talks' 129 right calls two lie below it, and 10 of the 21 wrong ones.

        A language begins to be believed at `lead_language` (natural logarithm of the odds) and
        changes that of a talk only when so many words speak for it (`telling_language`).
        """
        return {
            "strangers": 0.4,
            "strangers_left": 0.2,
            "least": 0.05,
            "most": 0.3,
            "further": 0.3,
            "plainest": 0.5,
            "asked": 0.05,
            "second": 0.15,
            "tie": 0.06,
            "calling": 0.7,
            "lead_language": 3.0,
            "telling_language": 2,
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[LinearModel] = None,
        languages: Optional[LanguageModel] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._languages = languages or LanguageModel([], {}, {})
        self._greetings: Optional[beside.Greetings] = None
        path = os.environ.get("DIALOGO_LOOKUPS")
        self._lookups = Lookups(Path(path) if path else None)

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
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
    ) -> Understanding:
        """Come back from a model."""
        with model_storage.read_from(resource) as folder:
            languages = LanguageModel.load(folder / LANGUAGES)
            return cls(config, model_storage, resource, LinearModel.load(folder), languages)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the intents and the languages of the example phrases."""
        examples = training_data.intent_examples
        phrases = [words(example.get(TEXT)) for example in examples]
        self._model = fit(phrases, [example.get(INTENT) for example in examples])
        self._greetings = None
        self._languages = learn(phrases, [language_of(example) for example in examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            self._languages.save(folder / LANGUAGES)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Understand the messages."""
        for message in messages:
            text = plain_text(message.get(TEXT))
            for name, value in self.understand(text, today_of(message)).items():
                message.set(name, value, add_to_output=name != ASKED)
        return messages

    def understand(self, text: Text, today: Optional[date] = None) -> Dict[Text, Any]:
        """Return what is known about a text; the shop's day is what "tomorrow" is reckoned from."""
        model, text = self._trained(), text[:LONGEST]
        asked, story = self._asked(text)
        tokens = words(text)
        whole = model.weigh(words(asked) if story else tokens)
        parts = sentences(asked)
        pieces = [words(part) for part in parts] if len(parts) > 1 else []
        heard = [(model.weigh(piece), len(piece)) for piece in pieces]
        meant = self._meant(whole, heard)
        if len(meant) <= 1:
            meant = self._beside(parts, whole) or meant
        further = [self._ranking(said)[0] for said in meant[1:]]
        if meant and meant[0].intents[0][0] not in MANNERS and self._greets(text):
            further.append({"name": beside.GREETING, "confidence": 1.0})
        ranking = self._ranking(whole)
        tongue = self._languages.hear(tokens)
        hearing = Hearing(
            words=self._lookups.words(),
            ordinary=model.common,
            language=tongue.name if self._is_clear(tongue) else None,
            about_products=not meant or meant[0].intents[0][0] not in BESIDE_PRODUCTS,
            today=today or datetime.now(timezone.utc).date(),
        )
        found = background.told_by(entities(text, hearing), story)
        return {
            TEXT: safe_text(background.without(text, background.mere(text, found, story))),
            ASKED: asked,
            INTENT: self._ranking(meant[0])[0] if meant else {**ranking[0], "name": None},
            "intent_ranking": ranking,
            "also": further,
            "unsure": [] if meant else self._unsure(whole, ranking),
            ENTITIES: found,
            "language": self._language(tongue, text, found),
        }

    def _asked(self, text: Text) -> Tuple[Text, List[background.Place]]:
        """Return the text without the story around its question, and where the story stands.

        Only where the question is one by itself: "what then?" is none without what went before.
        """
        model, story = self._trained(), background.background(text)
        if story:
            asked = background.without(text, story)
            heard = model.weigh(words(asked))
            called = model.weigh(words(text)).intents[0][0] in CALLING
            if called and background.tells_of_an_order(text):
                return text, []
            clear = heard.clarity >= self._border() and heard.intents[0][0].startswith(QUESTIONS)
            if clear or self._names_a_thing(asked):
                return asked, story
        return text, []

    def _names_a_thing(self, text: Text) -> bool:
        named = find(fold(text), self._lookups.words(), self._trained().common, None)
        return any(span.entity in background.THINGS for span in named)

    def _meant(self, whole: Weighed, heard: List[Tuple[Weighed, int]]) -> List[Weighed]:
        """Return the sentences that say something known, the main thing first.

        A sentence that means what the whole message may mean needs to be no clearer than that.
        """
        border = self._border()
        further = max(border, self._trained().calibration.quantile(self._config["further"]))
        clear: Dict[Text, Weighed] = {}
        likely = {name for name, _ in whole.intents[:LIKELY]}
        for said, size in heard:
            expected = said.intents[0][0] in likely and size >= LONG_ENOUGH
            if said.clarity >= (border if expected else further) and self._may_call(said, whole):
                clear.setdefault(said.intents[0][0], said)
        asked = [said for name, said in clear.items() if name not in MANNERS]
        # One question, said over two sentences, is often clearer in both together.
        told = whole.intents[0][0] not in MANNERS and whole.clarity >= border
        if asked and not (told and len(asked) == 1 and whole.clarity > asked[0].clarity):
            return asked
        # Of two things that are as good as equal a sentence may tell.
        if whole.clarity >= border and self._may_call(whole, whole):
            return asked[:1] if beside.are_tied(whole, self._config["tie"]) else [whole]
        return list(clear.values())[:1]

    def _may_call(self, said: Weighed, whole: Weighed) -> bool:
        """Tell whether this may be meant: a person is called by no aside and by no guess."""
        name = said.intents[0][0]
        both = [said, whole] if whole.intents[0][0] == name else [said]
        sure = self._trained().calibration.confidence(max(one.clarity for one in both))
        likely = name in [name for name, _ in whole.intents[:LIKELY]]
        return name not in CALLING or (likely and sure >= self._config["calling"])

    def _beside(self, parts: List[Text], whole: Weighed) -> List[Weighed]:
        """Return what the clauses of a message ask, where they ask several things."""
        model, config = self._trained(), self._config
        enough, plain = map(model.calibration.quantile, (config["further"], config["plainest"]))
        return beside.clauses(model, parts, whole, enough, plain)

    def _greets(self, text: Text) -> bool:
        if self._greetings is None:
            plain = self._trained().calibration.quantile(self._config["plainest"])
            self._greetings = beside.Greetings(self._trained(), plain)
        return self._greetings.begin(text)

    def _border(self) -> float:
        """Return the clarity from which the bot acts."""
        config, model = self._config, self._trained()
        expected = "strangers_left" if OUT_OF_SCOPE in model.intents else "strangers"
        return model.calibration.border(config[expected], config["least"], config["most"])

    def _unsure(self, said: Weighed, ranking: List[Dict[Text, Any]]) -> List[Text]:
        """Name what may be meant, one or two things; nothing where that would be a wild guess."""
        floor = self._trained().calibration.quantile(self._config["asked"])
        if said.known == 0 or said.clarity < floor:
            return []
        near = [one["name"] for one in ranking[:2] if one["confidence"] >= self._config["second"]]
        return [name for name in near if name not in MANNERS]

    def _ranking(self, said: Weighed) -> List[Dict[Text, Any]]:
        """Name the best three; the others are as much less sure as their margins are smaller."""
        best = said.intents[0][1]
        sure = self._trained().calibration.confidence
        return [
            {"name": name, "confidence": round(sure(said.clarity + margin - best), 4)}
            for name, margin in said.intents[:3]
        ]

    def _language(
        self, tongue: Tongue, text: Text, found: List[Dict[Text, Any]]
    ) -> Dict[Text, Any]:
        """Name the language; `sure` when it may change that of a talk.

        "Tote bag" may be a name on a card, so what is said beside products and colours decides.
        """
        sure = self._changes(tongue)
        beside = background.outside(text, found)
        if sure and beside != text:
            rest = self._languages.hear(words(beside))
            sure = rest.name == tongue.name and self._changes(rest)
        clear = self._is_clear(tongue)
        return {"name": tongue.name, "clear": clear, "sure": sure, "lead": round(tongue.lead, 2)}

    def _is_clear(self, tongue: Tongue) -> bool:
        return tongue.leads_by(self._config["lead_language"])

    def _changes(self, tongue: Tongue) -> bool:
        return self._is_clear(tongue) and tongue.telling >= self._config["telling_language"]

    def _trained(self) -> LinearModel:
        if self._model is None:
            raise RuntimeError("The understanding is not trained")
        return self._model
