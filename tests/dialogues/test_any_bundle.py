"""Whatever the flows and whatever is said: nothing raises, every turn ends, none is silent."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.executor import KINDS, Heard, Turn, advance, resume, start
from dialogues.executor.vocabulary import MAX_DEPTH, MAX_RUNS, MAX_STEPS

FLOWS = ("a", "b", "c", "d")
INTENTS = ("greet", "affirm", "deny", "restart", "thanks", "ask_delivery", "leave_question")
NAMES = ("x", "y", "budget", "product", "products", "channel", "again", "name")
IDS = st.sampled_from(("1", "2", "3", "4", "5"))
NAMED = st.sampled_from(NAMES)
VALUES = st.sampled_from(("50", "yes", "no", "any", "siena", "a:b"))

SPOKEN = {"ref": st.sampled_from(("a.1", "b.2")), "uses": st.lists(NAMED, max_size=2)}
PERSON = st.fixed_dictionaries(
    {"do": st.just("handoff"), "reason": st.just("purchase"), "queue": st.none(), **SPOKEN}
)
LEADING = st.fixed_dictionaries({"do": st.just("go_to"), "flow": st.sampled_from(FLOWS)})
CONDITION = st.one_of(
    st.fixed_dictionaries(
        {
            "name": NAMED,
            "test": st.sampled_from(("is", "is_not", "more_than", "less_than")),
            "value": VALUES,
        }
    ),
    st.fixed_dictionaries({"name": NAMED, "test": st.just("known"), "value": st.booleans()}),
    st.fixed_dictionaries({"name": NAMED, "test": st.just("in"), "value": st.lists(VALUES)}),
)
ASK = st.fixed_dictionaries(
    {
        "do": st.just("ask"),
        "keep": NAMED,
        "kinds": st.lists(st.sampled_from(KINDS), min_size=1, max_size=2),
        **SPOKEN,
    },
    optional={
        "from": st.lists(st.sampled_from(("product", "max_price")), max_size=2),
        "unclear": st.just("a.x.unclear"),
        "otherwise": st.one_of(PERSON, LEADING),
    },
)
STEP = st.one_of(
    st.fixed_dictionaries(
        {"do": st.just("say"), "choices": st.booleans(), **SPOKEN},
        optional={"offer": st.sampled_from(INTENTS)},
    ),
    ASK,
    st.fixed_dictionaries(
        {
            "do": st.just("products"),
            "args": st.dictionaries(NAMED, st.sampled_from(("{x}", "a {y}", "5")), max_size=2),
        }
    ),
    st.fixed_dictionaries({"do": st.just("answer"), "topic": st.just("price")}),
    st.fixed_dictionaries(
        {
            "do": st.just("if"),
            "when": st.lists(CONDITION, max_size=2),
            "else": st.none() | IDS,
        }
    ),
    st.fixed_dictionaries({"do": st.just("jump"), "to": st.none() | IDS}),
    LEADING,
    PERSON,
)


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    """Draw flows of random steps; jumps may lead anywhere, also in circles."""
    flows = {}
    for name in FLOWS:
        steps = draw(st.lists(STEP, max_size=5))
        known = {str(place) for place in range(1, len(steps) + 1)}
        for place, step in enumerate(steps, start=1):
            step["id"] = str(place)
            for key in ("else", "to"):
                if step.get(key) not in known:
                    step.pop(key, None)
                    if step["do"] in ("if", "jump"):
                        step["else" if step["do"] == "if" else "to"] = None
        flows[name] = {"steps": steps}
    choices = st.lists(VALUES.map(lambda v: {"value": v, "titles": {"it": f"Il {v}"}}), max_size=3)
    return {
        "version": "v",
        "languages": ["it", "en"],
        "flows": flows,
        "starts": draw(st.dictionaries(st.sampled_from(INTENTS), st.sampled_from(FLOWS))),
        "links": {"natale": "a"},
        "choices": {ref: draw(choices) for ref in ("a.1", "b.2", "a.x.unclear")},
    }


TAPS = st.one_of(
    st.none(),
    st.builds("pick:{}.{}:{}".format, st.sampled_from((*FLOWS, "gone")), IDS, VALUES),
    st.builds("ask:{}".format, st.sampled_from(INTENTS)),
    st.builds("ask:{}:{}".format, st.sampled_from(INTENTS), VALUES),
    st.text(max_size=12),
)
FACTS = st.dictionaries(
    st.sampled_from(("shown", "focus", "context", "filters", "language")),
    st.one_of(st.none(), st.text(max_size=5), st.lists(st.text(max_size=3)), st.just({})),
)
MESSAGES = st.builds(
    Heard,
    text=st.one_of(
        st.text(max_size=20),
        st.sampled_from(("sì", "no", "annulla", "circa 70 euro", "domani", "a@b.it", "natale")),
    ),
    intent=st.none() | st.sampled_from((*INTENTS, "unknown")),
    confidence=st.floats(0, 1),
    entities=st.lists(
        st.fixed_dictionaries(
            {
                "entity": st.sampled_from(("product", "ordinal", "max_price", "x")),
                "value": st.one_of(st.none(), st.integers(-3, 3), VALUES),
            }
        ),
        max_size=2,
    ),
    choice=TAPS,
    language=st.sampled_from(("it", "en", "", "zz")),
    facts=FACTS,
    also=st.lists(st.sampled_from((*INTENTS, "unknown")), max_size=3),
)
RESULTS = st.sampled_from(({}, {"products": "none"}, {"products": "some", "answer": "asked"}))


def play(bundle: dict[str, Any], state: Any, heard: Heard, result: dict[str, Any]) -> Turn:
    """Play one message to its end and check what must always hold."""
    turn = advance(bundle, state, heard)
    assert turn.do, "a turn was silent"
    runs = 0
    while turn.waiting == "action":
        assert turn.do[-1]["do"] == "run"
        runs += 1
        assert runs <= MAX_RUNS + 1, "a turn did not end"
        turn = resume(bundle, turn.state, result, heard.facts)
    assert len(turn.do) <= MAX_STEPS
    assert len(turn.state["stack"]) <= MAX_DEPTH
    return turn


@settings(max_examples=150, deadline=None)
@given(bundles(), st.lists(st.tuples(MESSAGES, RESULTS), min_size=1, max_size=8))
def test_a_talk_never_breaks_never_hangs_and_is_never_silent(
    bundle: dict[str, Any], talk: list[tuple[Heard, dict[str, Any]]]
) -> None:
    state = start()
    for heard, result in talk:
        turn = play(bundle, state, heard, result)
        state = json.loads(json.dumps(turn.state))
        assert state == turn.state, "the state is not plain JSON"
        assert set(turn.state) == set(start())


@settings(max_examples=60, deadline=None)
@given(bundles(), bundles(), st.lists(MESSAGES, min_size=2, max_size=6))
def test_other_flows_under_a_running_talk_never_break_it(
    before: dict[str, Any], after: dict[str, Any], messages: list[Heard]
) -> None:
    state = start()
    for place, heard in enumerate(messages):
        state = play(before if place % 2 else after, state, heard, {}).state


@settings(max_examples=40, deadline=None)
@given(bundles(), MESSAGES)
def test_the_same_message_in_the_same_state_does_the_same(
    bundle: dict[str, Any], heard: Heard
) -> None:
    assert advance(bundle, start(), heard) == advance(bundle, start(), heard)
