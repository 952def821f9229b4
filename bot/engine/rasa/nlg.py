"""Turns what the flow policy decided into a reply, without texts and without I/O."""

from typing import Any, Dict, Optional, Text

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

STEP = "utter_flow_step"


class FlowNlg(NaturalLanguageGenerator):
    """Speaks in references: the gateway's renderer holds the texts of every language.

    So a new step or another wording needs no training. A response that somebody wrote into the
    domain by hand is returned as it stands there.
    """

    def __init__(
        self,
        endpoint_config: Optional[EndpointConfig] = None,
        domain: Optional[Domain] = None,
    ) -> None:
        self.endpoint_config = endpoint_config

    async def generate(
        self,
        utter_action: Text,
        tracker: DialogueStateTracker,
        output_channel: Text,
        **kwargs: Any,
    ) -> Optional[Dict[Text, Any]]:
        """Return the replies that wait in the `flow` slot, or a response of the domain."""
        if utter_action == STEP:
            return {"custom": {"replies": (tracker.get_slot("flow") or {}).get("say", [])}}
        variants = (kwargs.get("domain_responses") or {}).get(utter_action)
        return dict(variants[0]) if variants else None
