"""Reading one file: a flow (or several, parted by ---), or the shop's own texts."""

from pathlib import Path

from dialogues.compiler.draft import Draft, FlowDraft, Reader
from dialogues.compiler.source import Block, Node, read_documents
from dialogues.compiler.speaking import NAME
from dialogues.compiler.steps import StepReader
from dialogues.compiler.texts import by_language, read_choices, read_texts

_FLOW = ("flow", "title", "start", "steps", "tests")


def read_file(draft: Draft, path: Path, file: str) -> None:
    """Read a file into the draft; `file` is its name in problems."""
    reader = Reader(draft, file)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        reader.error(1, "This file cannot be read as text.", "Save it as UTF-8.")
        return
    for block in read_documents(text, file, draft.problems):
        if block.get("texts") is not None:
            _read_shop_texts(reader, block)
        else:
            _read_flow(reader, block)


def _read_flow(reader: Reader, block: Block) -> None:
    reader.only(block, _FLOW, "A flow")
    if block.get("flow") is None:
        reader.error(block.line, "A flow file begins with `flow: <name>`.")
        return
    name = reader.word(block.get("flow"), "The name after `flow`", block.line)
    if name is None:
        return
    line = block.lines["flow"]
    if not NAME.fullmatch(name) or name == "text":
        reader.error(line, f"`{name}` cannot be a flow's name.", "Use small letters, digits and _.")
        return
    if name in reader.draft.flows:
        other = reader.draft.flows[name].file
        reader.error(line, f"The flow `{name}` is already in {other}.", "Rename one of the two.")
        return
    flow = FlowDraft(name, reader.file, line, tests=block.get("tests"))
    reader.draft.flows[name] = flow
    flow.title = _title(reader, block.get("title"), name)
    _read_start(reader, flow, block.get("start"))
    StepReader(reader, flow).read(block.get("steps"), line)


def _title(reader: Reader, node: Node | None, name: str) -> dict[str, str]:
    if node is None:
        return dict.fromkeys(reader.draft.languages, name)
    if not isinstance(node, Block):
        reader.error(node.line, "The title has no language.", "title: {it: …, en: …}")
        return {}
    return {lang: texts[0] for lang, texts in by_language(reader, node).items() if texts}


def _read_start(reader: Reader, flow: FlowDraft, node: Node | None) -> None:
    if node is None:
        return
    if not isinstance(node, Block):
        reader.error(node.line, "`start` says when the flow begins.", "start: {intents: [greet]}")
        return
    reader.only(node, ("intents", "links"), "`start`")
    flow.intents = {w.text: w.line for w in reader.words(node.get("intents"), "`intents`")}
    flow.links = {w.text: w.line for w in reader.words(node.get("links"), "`links`")}


def _read_shop_texts(reader: Reader, block: Block) -> None:
    """Read named texts that actions and the gateway say: price_one, not_understood, ..."""
    reader.only(block, ("texts",), "A file of texts")
    texts = block.get("texts")
    if not isinstance(texts, Block):
        reader.error(block.line, "Under `texts:` each text has a name.", "name: {it: …, en: …}")
        return
    for name, node in texts:
        line, ref = texts.lines[name], f"text.{name}"
        if ref in reader.draft.texts:
            reader.error(line, f"The text `{name}` exists already.", "Rename one of the two.")
        elif isinstance(node, Block) and node.get("choices") is not None:
            read_choices(reader, node.values.pop("choices"), ref)
            read_texts(reader, node, ref, line)
        else:
            read_texts(reader, node, ref, line)
