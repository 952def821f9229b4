"""Makes the folder of a new channel: small, complete, and already passing the shared tests."""

from pathlib import Path
from string import Template

from channels import registry

_TEMPLATE = Path(__file__).parent / "template"


def new_channel(name: str, title: str, *, place: Path = registry.HERE) -> Path:
    """Write `<place>/<name>/` from the template and return it.

    Raises ValueError for a name that is no lower-case identifier or is taken.
    """
    if not (name.isidentifier() and name.islower() and name.isascii()):
        raise ValueError(f"{name!r}: a channel's name is one lower-case word, such as telegram")
    folder = place / name
    if folder.exists() or name in registry.names():
        raise ValueError(f"there is already a channel {name!r}")
    words = {"name": name, "upper": name.upper(), "title": title, "kind": name.capitalize()}
    for source in sorted(_TEMPLATE.rglob("*.txt")):
        target = folder / source.relative_to(_TEMPLATE).with_suffix("")
        target = target.with_name(target.name.replace("NAME", name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(Template(source.read_text()).substitute(words))
    return folder
