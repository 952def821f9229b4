"""Reading texts in every language, and the choices under them."""

import re

from dialogues.compiler.draft import Reader, Step, Variants, placeholders
from dialogues.compiler.source import Block, Items, Node, Scalar

# The customer's name belongs to a wording, not to what is said.
_COURTESIES = {"name"}
_STRAY = re.compile(r"\{(?!\w+\})|(?<!\w)\}")


def read_texts(reader: Reader, node: Node | None, ref: str, line: int) -> None:
    """Keep the texts of one step under its reference, complete in every language."""
    if node is None:
        reader.error(line, "The text is missing.", example(reader))
        return
    reader.place(ref, node.line)
    variants = _variants(reader, node, ref)
    reader.draft.texts[ref] = variants
    used = {
        name: sorted(placeholders({name: texts}) - _COURTESIES) for name, texts in variants.items()
    }
    if len({tuple(names) for names in used.values()}) > 1:
        told = "; ".join(f"{name}: {', '.join(names) or 'none'}" for name, names in used.items())
        reader.error(
            node.line,
            f"The languages do not use the same values in braces ({told}).",
            "Use the same {…} in each language.",
        )


def example(reader: Reader) -> str:
    """Show how a text is written."""
    return "Write " + "{" + ", ".join(f"{name}: …" for name in reader.draft.languages) + "}."


def _variants(reader: Reader, node: Node, ref: str) -> Variants:
    if not isinstance(node, Block):
        reader.error(node.line, "This text has no language.", example(reader))
        return {}
    found: Variants = {}
    for language, texts in by_language(reader, node).items():
        found[language] = [text.strip() for text in texts]
    for language in reader.draft.languages:
        if not any(found.get(language, ())):
            reader.error(
                node.line,
                f"The {_named(language)} text is missing.",
                f"Add `{language}: …`; every text exists in every language of the shop.",
            )
    for text in (text for texts in found.values() for text in texts):
        if _STRAY.search(text):
            reader.error(
                node.line,
                f'A brace stands alone in "{text}".',
                "A value is written {name}, without spaces.",
            )
    return found


def by_language(reader: Reader, block: Block, *, others: tuple[str, ...] = ()) -> Variants:
    """Return the texts of a block by language.

    `{it: Certo, ti aiuto, en: Sure}` is read as YAML would not: the comma belongs to the text.
    """
    found: Variants = {}
    last: str | None = None
    for key, node in block:
        if key in reader.draft.languages:
            last = key
            found[key] = _texts(reader, node)
        elif last and isinstance(node, Scalar) and not node.given and found[last]:
            found[last][-1] += f", {key}"
        elif key not in others:
            _misplaced(reader, block, key, last)
    return found


def _misplaced(reader: Reader, block: Block, key: str, last: str | None) -> None:
    if last:
        reader.error(
            block.lines[key],
            f"`{key}` is read as a language, because a comma stands before it.",
            f'Put the text in quotes: {last}: "…, {key}: …".',
        )
        return
    reader.error(
        block.lines[key],
        f"`{key}` is not a language of this shop.",
        "Languages: " + ", ".join(reader.draft.languages) + ".",
    )


def _texts(reader: Reader, node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return [node.text] if node.given else []
    if isinstance(node, Items):
        return [item.text for item in reader.words(node, "A text")]
    reader.error(
        node.line, "This text begins with a brace or holds a colon.", "Put the text in quotes."
    )
    return []


def read_choices(reader: Reader, node: Node | None, ref: str) -> list[Step]:
    """Keep the choices under a text: what is kept when one is tapped, and its titles."""
    if node is None:
        return []
    if not isinstance(node, Items):
        reader.error(node.line, "`choices` is a list.", "Begin each choice with `- {value: …}`.")
        return []
    found = [_choice(reader, item, ref) for item in node.items]
    choices = [choice for choice in found if choice]
    seen: set[str] = set()
    for item, choice in zip(node.items, found, strict=True):
        if choice and choice["value"] in seen:
            reader.error(
                item.line, f"Two choices have the value `{choice['value']}`.", "Change one."
            )
        seen.add(choice["value"] if choice else "")
    reader.draft.choices[ref] = choices
    reader.place(ref, node.line)
    return choices


def _choice(reader: Reader, node: Node, ref: str) -> Step | None:
    if not isinstance(node, Block):
        reader.error(node.line, "A choice needs a value and a title.", _choice_example(reader))
        return None
    value = _choice_value(reader, node)
    titles = {
        language: texts[0].strip()
        for language, texts in by_language(reader, node, others=("value", "ask")).items()
        if texts
    }
    for language in reader.draft.languages:
        if not titles.get(language):
            reader.error(
                node.line, f"The {_named(language)} title of this choice is missing.",
                f"Add `{language}: …`.",
            )  # fmt: skip
    if value is None:
        return None
    if len(f"pick:{ref}:{value}") > 200:
        reader.error(node.line, f"The value `{value[:30]}…` is too long.", "Use a short word.")
    reader.place(f"{ref}={value}", node.line)
    return {"value": value, "titles": titles}


def _choice_value(reader: Reader, node: Block) -> str | None:
    if node.get("ask") is not None:
        intent = reader.word(node.get("ask"), "`ask`", node.line)
        return f"ask:{intent}" if intent else None
    if node.get("value") is None:
        reader.error(node.line, "This choice has no `value`.", _choice_example(reader))
        return None
    return reader.word(node.get("value"), "`value`", node.line)


def _choice_example(reader: Reader) -> str:
    titles = ", ".join(f"{name}: …" for name in reader.draft.languages)
    return "Write {value: 50, " + titles + "}."


def _named(language: str) -> str:
    return {"it": "Italian", "en": "English"}.get(language, f"`{language}`")
