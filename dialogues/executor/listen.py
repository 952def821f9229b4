"""Deciding what a message means for the talk: a tap, an answer, a question, or nothing known."""

from __future__ import annotations

from dialogues.executor.answers import leaves, plain_words, read_answer, read_tap
from dialogues.executor.asking import asks
from dialogues.executor.complaints import sifted
from dialogues.executor.doubts import doubt_answer, give_up, look_it_up, put_aside, settle
from dialogues.executor.fragments import meaning
from dialogues.executor.home import home_of
from dialogues.executor.ideas import answers_with_an_idea, leaves_it_open, told_of_a_present
from dialogues.executor.intents import greeted, ungreeted, wanted, with_greeting
from dialogues.executor.moments import not_anew
from dialogues.executor.questions import SURELY
from dialogues.executor.steps import remember, run
from dialogues.executor.talk import Heard, Json, Talk, Turn, close_talk, open_talk
from dialogues.executor.vocabulary import ANY, NOT_UNDERSTOOD
from dialogues.executor.wishes import GIFT, SURE, is_alone

GUESSED = 0.7  # below it a refusal is not believed while a question is open
SHORT_NO = 2  # words; "no, nessuna" may answer a question, "no, ci penso" leaves it
# What a search is called where a flow asks for whom and for how much, and no thing is named.
_LOOKING = frozenset(("search_product", "recommend_gift", "show_more"))
_A_THING = frozenset(
    ("category", "product", "ordinal", "colour", "material", "without", "compared")
)
_ALONE = ("affirm", "deny", "out_of_scope")  # never interrupt an open question


def advance(bundle: Json, state: Json | None, heard: Heard) -> Turn:
    """Decide what to do with a customer's message."""
    talk = open_talk(bundle, state, heard.facts)
    given = _entities(heard)
    offer, options = talk.state["offer"], talk.state["options"]
    heard = not_anew(sifted(settle(talk, heard, options)))
    talk.state.update(
        {"steps": 0, "runs": 0, "queue": [], "offer": None, "together": False, "given": given}
    )
    said = "" if heard.choice else heard.text
    home = home_of(heard) or talk.state["home"]
    talk.state.update({"options": [], "doubt": None, "said": said, "home": home})
    talk.state["language"] = heard.language or talk.state["language"]
    _drop_unanswered(talk)
    if not (_tapped(talk, heard) or _said(talk, heard, given, offer)):
        return close_talk(talk, look_it_up(talk, heard, asked_back=bool(options)))
    if talk.state["doubt"]:  # what was said to the open question may be one of its own
        return close_talk(talk, "action")
    talk.state["misses"] = 0
    waiting = run(talk)
    if not talk.do:
        talk.do.append({"do": "say", "ref": NOT_UNDERSTOOD, "values": {}})
    return close_talk(talk, waiting)


def resume(bundle: Json, state: Json | None, result: Json, facts: Json) -> Turn:
    """Go on after an action has answered; `result` is what `if: {products: none}` reads."""
    talk = open_talk(bundle, state, facts)
    talk.state["result"] = dict(result)
    doubt, talk.state["doubt"] = talk.state["doubt"], None
    if doubt and result.get("answer") in (None, "none"):
        give_up(talk, doubt)
    elif doubt:
        talk.state["misses"] = 0
        if talk.top:
            put_aside(talk, talk.top)
    return close_talk(talk, run(talk))


def _entities(heard: Heard) -> Json:
    given: Json = {}
    for entity in heard.entities:
        given.setdefault(str(entity.get("entity")), entity.get("value"))
    return given


def _drop_unanswered(talk: Talk) -> None:
    """Give up flows whose action never came back; the customer has moved on."""
    stack = talk.state["stack"]
    while stack and not stack[-1]["asked"]:
        stack.pop()


def _tapped(talk: Talk, heard: Heard) -> bool:
    kind, _, rest = (heard.choice or "").partition(":")
    if kind == "ask":
        return _asked_by_tap(talk, rest)
    if kind != "pick":
        return False
    ref, _, value = rest.partition(":")
    if value.startswith("ask:"):
        return _asked_by_tap(talk, value[4:])
    flow, _, ask = ref.partition(".")
    step = talk.step(flow, ask.removesuffix(".unclear"))
    answer = read_tap(talk, step, value) if step and step["do"] == "ask" else None
    if step is None or answer is None:
        return False
    remember(talk, _frame_for(talk, flow), step, answer.value)
    return True


def _asked_by_tap(talk: Talk, rest: str) -> bool:
    intent, _, product = rest.partition(":")
    if product:
        talk.state["given"] = {"product": product}
    return _begin(talk, [intent])


def _frame_for(talk: Talk, flow: str) -> Json:
    """Find the flow of a tapped choice among the open ones, or open it again for an old button."""
    stack: list[Json] = talk.state["stack"]
    for place, frame in enumerate(stack):
        if frame["flow"] == flow:
            del stack[place + 1 :]
            return frame
    return talk.enter(flow, {}, fresh=False)


def _said(talk: Talk, heard: Heard, given: Json, offer: str | None) -> bool:
    flow = _linked(talk, heard)
    if flow:
        talk.enter(flow, given)
        return True
    frame = talk.top
    answers = frame is not None and _is_for(talk, frame, given)
    scrap = None if answers else meaning(heard, given, talk.facts, asking=frame is not None)
    intents = with_greeting(heard, scrap) if scrap else wanted(heard)
    if frame:
        _heard_in_question(talk, heard, frame, ungreeted(intents))
        return True
    intents = greeted(talk, heard, intents)
    if GIFT in intents and given.keys() & {"recipient", "occasion"}:
        talk.state["given"].update(told_of_a_present(heard))
    if offer and intents[:1] == ["affirm"] and _begin(talk, [offer]):
        return True
    return _begin(talk, intents)


def _linked(talk: Talk, heard: Heard) -> str | None:
    """A flow can start from a link: its word in the message, or in the ad or m.me reference."""
    links: dict[str, str] = talk.bundle.get("links", {})
    event = talk.context.get("event")
    event = event if isinstance(event, dict) else {}
    referral = event.get("referral")
    referral = referral if isinstance(referral, dict) else {}
    came_by = (heard.text, event.get("ref"), referral.get("ref"), referral.get("source_id"))
    known = {plain_words(link): flow for link, flow in links.items()}
    return next((known[plain_words(w)] for w in came_by if w and plain_words(w) in known), None)


def _heard_in_question(talk: Talk, heard: Heard, frame: Json, intents: list[str]) -> None:
    """Take the message as an answer, as a question in the middle, or as unclear."""
    step = talk.step(frame["flow"], frame["step"]) or {}
    given = talk.state["given"]
    frame["said"] = ""
    if leaves(talk, step, heard):
        _leave(talk)
        return
    if _left_open(talk, frame, step, heard):
        return
    answer = None if heard.choice else read_answer(talk, step, heard, given)
    # "Fino a 40", said to another question of the same flow, asks nothing, whatever it sounds like.
    mere = _is_for(talk, frame, given) and _says_only_that(heard, given, intents)
    interrupts = [] if mere else _interrupting(talk, frame["flow"], intents)
    # "Ha tutto.." throws nothing away on a guess, and "hang on, it's in my emails" blames nobody.
    if heard.confidence < SURELY:
        interrupts = [name for name in interrupts if name not in ("restart", "complaint")]
    if answer and (answer.sure or not interrupts):
        frame["given"].update(given)
        remember(talk, frame, step, answer.value)
    elif interrupts:
        put_aside(talk, frame)
        _begin(talk, interrupts)
    # "No idea... 80ish?" leaves nothing: it answers what would be asked next.
    elif _went_ahead(talk, frame, step, given) or _corrected(talk, frame, given):
        return
    elif not _told_an_idea(talk, frame, step, heard):
        _declined_or_unclear(talk, heard, step)


def _declined_or_unclear(talk: Talk, heard: Heard, step: Json) -> None:
    if _declined(talk, heard, step):
        _leave(talk)
    else:
        doubt_answer(talk, heard)


def _says_only_that(heard: Heard, given: Json, intents: list[str]) -> bool:
    """Tell whether a message only answers some question of the flow: "non so, tra 100 e 200"."""
    if heard.confidence < SURE and is_alone(heard):
        return True
    return set(intents) <= _LOOKING and not given.keys() & _A_THING and not asks(heard.text)


def _declined(talk: Talk, heard: Heard, step: Json) -> bool:
    """Tell whether a "no, ci penso" turns the question down: it has no choice called no."""
    choices = talk.bundle.get("choices", {}).get(step["ref"], ())
    may_be_no = any(choice["value"] in ("no", ANY) for choice in choices)
    short = len(heard.text.split()) <= SHORT_NO
    # "Non so mica dove lo trovo" is no refusal that one could be sure of.
    refused = heard.intent == "deny" and heard.confidence >= GUESSED
    return refused and not heard.choice and not (may_be_no and short)


def _interrupting(talk: Talk, flow: str, intents: list[str]) -> list[str]:
    starts = talk.bundle.get("starts", {})
    return [i for i in intents if i not in _ALONE and starts.get(i, flow) != flow]


def _is_for(talk: Talk, frame: Json, given: Json) -> bool:
    """Tell whether what was said belongs to any question of the open flow."""
    asked = {entity for step in talk.steps(frame["flow"]) for entity in step.get("from", ())}
    return any(given.get(entity) not in (None, "") for entity in asked)


def _went_ahead(talk: Talk, frame: Json, step: Json, given: Json) -> bool:
    """Let a customer who answers a later question pass over this one, where it may be open."""
    choices = talk.bundle.get("choices", {}).get(step["ref"], ())
    if not any(choice["value"] == ANY for choice in choices):
        return False
    steps = talk.steps(frame["flow"])
    ahead = steps[[one["id"] for one in steps].index(step["id"]) + 1 :]
    said = (entity for one in ahead for entity in one.get("from", ()))
    if not any(given.get(entity) not in (None, "") for entity in said):
        return False
    frame["given"].update(given)
    remember(talk, frame, step, ANY)
    return True


def _left_open(talk: Talk, frame: Json, step: Json, heard: Heard) -> bool:
    """Let who leaves it to the shop pass over a question about a present: "boh, fai tu"."""
    if heard.choice or not leaves_it_open(heard) or not _of_a_gift(talk, frame, step):
        return False
    remember(talk, frame, step, ANY)
    return True


def _told_an_idea(talk: Talk, frame: Json, step: Json, heard: Heard) -> bool:
    """Let who tells of a person, asked about the present for them, pass over this question."""
    told = answers_with_an_idea(heard) if heard.intent != "deny" else {}
    if "idea" not in told or not _of_a_gift(talk, frame, step):
        return False
    frame["given"].update(told)
    remember(talk, frame, step, ANY)
    return True


def _of_a_gift(talk: Talk, frame: Json, step: Json) -> bool:
    """Tell whether this question is about a present, and may be left open."""
    choices = talk.bundle.get("choices", {}).get(step.get("ref"), ())
    gift = talk.bundle.get("starts", {}).get(GIFT) == frame["flow"]
    return gift and any(choice["value"] == ANY for choice in choices)


def _corrected(talk: Talk, frame: Json, given: Json) -> bool:
    """Take up an earlier answer said anew ("anzi, è per mio padre"); the question stays open."""
    changed = False
    for step in talk.steps(frame["flow"]):
        for entity in step.get("from", ()):
            if given.get(entity) not in (None, "") and step["keep"] in talk.state["memory"]:
                talk.state["memory"][step["keep"]] = given[entity]
                changed = True
    frame["given"].update(given)
    return changed


def _leave(talk: Talk) -> None:
    talk.state["stack"].pop()
    _begin(talk, ["leave_question"])


def _begin(talk: Talk, intents: list[str]) -> bool:
    """Start the flows of these intents; several only where all but the last are plain answers."""
    starts = talk.bundle.get("starts", {})
    flows = list(dict.fromkeys(starts[name] for name in intents if name in starts))
    if not flows:
        return False
    if "restart" in intents and "restart" in starts:
        talk.clear()
        talk.state.update({"memory": {}, "done": []})
        flows = [starts["restart"]]
    first = [flow for flow in flows if _plain(talk, flow)]
    later = [flow for flow in flows if flow not in first][:1]
    chosen = first + later
    talk.state["together"] = len(chosen) > 1
    talk.enter(chosen[0], dict(talk.state["given"]))
    talk.state["queue"] = chosen[1:]
    return True


def _plain(talk: Talk, flow: str, seen: frozenset[str] = frozenset()) -> bool:
    """A flow that only answers: nothing is asked, and nobody else takes over."""
    if flow in seen:
        return True
    steps = talk.steps(flow)
    ahead = (step["flow"] for step in steps if step["do"] == "go_to")
    return all(step["do"] not in ("ask", "handoff") for step in steps) and all(
        _plain(talk, target, seen | {flow}) for target in ahead
    )
