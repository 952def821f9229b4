"""Running the tests of the flow files, without the engine and always with the same outcome."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dialogues.compiler.problems import Problem
from dialogues.compiler.talks import Line, Talk
from dialogues.executor import Heard, Turn, advance, resume, start
from dialogues.executor.answers import plain_words
from dialogues.executor.vocabulary import ANSWER_ACTION, NOT_UNDERSTOOD, SEARCH_ACTION

Bundle = Mapping[str, Any]
Done = tuple[str, str | None]  # what the bot did, and in which flow


def run_tests(
    bundle: Bundle, talks: Iterable[Talk], *, phrases: Mapping[str, str] | None = None
) -> list[Problem]:
    """Play every talk and return where the bot does something else than was expected.

    `phrases` maps example phrases to their intents; a line may also name its `intent`.
    """
    known = {plain_words(phrase): intent for phrase, intent in (phrases or {}).items()}
    return [problem for talk in talks for problem in _play(dict(bundle), talk, known)]


def _play(bundle: dict[str, Any], talk: Talk, phrases: Mapping[str, str]) -> list[Problem]:
    state = start()
    facts: dict[str, Any] = {"language": bundle["languages"][0]}
    for line in talk.lines:
        facts.update(line.knows)
        heard = _heard(bundle, line, state, facts, phrases)
        turn = advance(bundle, state, heard)
        done = _named(bundle, turn)
        while turn.waiting == "action":
            # Words that nothing explains find nothing, unless the line says so.
            looked_up = bool(turn.state["doubt"])
            found = {"products": "some", "answer": "none" if looked_up else "some", **line.result}
            turn = resume(bundle, turn.state, found, facts)
            done = [*(done[:-1] if looked_up else done), *_named(bundle, turn)]
        state = turn.state
        if not _matches(list(line.bot), done):
            return [_problem(talk, line, done, heard)]  # what follows would only confuse
    return []


def _heard(
    bundle: dict[str, Any],
    line: Line,
    state: Mapping[str, Any],
    facts: dict[str, Any],
    phrases: Mapping[str, str],
) -> Heard:
    choice = _choice(line.tap, state)
    intent = line.intent or (phrases.get(plain_words(line.customer)) if not choice else None)
    return Heard(
        text=line.customer,
        intent=intent,
        confidence=1.0 if intent else 0.0,
        entities=[{"entity": name, "value": value} for name, value in line.heard.items()],
        choice=choice,
        language=str(bundle["languages"][0]),
        facts=facts,
        also=list(line.also),
    )


def _choice(tap: str | None, state: Mapping[str, Any]) -> str | None:
    """A tap names the value of the open question's choice, or a whole choice id."""
    if tap is None or tap.startswith(("ask:", "pick:")):
        return tap
    frame = state["stack"][-1] if state["stack"] else {"flow": "", "step": ""}
    return f"pick:{frame['flow']}.{frame['step']}:{tap}"


def _named(bundle: dict[str, Any], turn: Turn) -> list[Done]:
    return [(_name(bundle, item), item.get("flow")) for item in turn.do]


def _name(bundle: dict[str, Any], item: Mapping[str, Any]) -> str:
    if item["do"] == "handoff":
        return f"handoff {item['reason']}"
    if item["do"] == "run":
        action = str(item["action"])
        return "products" if action == SEARCH_ACTION else f"answer {action[len(ANSWER_ACTION) :]}"
    if item["ref"] == NOT_UNDERSTOOD:
        return "not understood"
    flow, _, step_id = str(item["ref"]).removesuffix(".unclear").partition(".")
    steps = bundle["flows"][flow]["steps"]
    asks = any(step["id"] == step_id and step["do"] == "ask" for step in steps)
    return f"ask {step_id}" if asks else "say"


def _matches(expected: list[str], done: Sequence[Done]) -> bool:
    place = 0
    for wanted in expected:
        if wanted == "nothing":
            return not done and len(expected) == 1
        if wanted.startswith("flow "):
            length = _same_flow(wanted[5:], done[place:])
        else:
            fits = place < len(done) and _same(wanted, done[place][0])
            length = 1 if fits else 0
        if not length:
            return False
        place += length
    return place == len(done)


def _same_flow(flow: str, done: Sequence[Done]) -> int:
    others = (place for place, (_, name) in enumerate(done) if name != flow)
    return next(others, len(done))


def _same(wanted: str, name: str) -> bool:
    return wanted == name or (wanted == "handoff" and name.startswith("handoff "))


def _problem(talk: Talk, line: Line, done: Sequence[Done], heard: Heard) -> Problem:
    said = line.customer or f"a tap on {line.tap}"
    told = ", ".join(
        name if flow in (None, talk.flow) else f"{name} (flow {flow})" for name, flow in done
    )
    hint = ""
    if heard.intent is None and heard.choice is None and "not understood" in told:
        hint = (
            "No example phrase says exactly this: add it to the training data, or write "
            "`intent: …` in this line of the test."
        )
    return Problem(
        file=talk.file,
        line=line.line,
        message=f'"{said}": expected [{", ".join(line.bot)}], but the bot does [{told}].',
        suggestion=hint,
    )
