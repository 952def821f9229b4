"""Finds the channels: every folder here with a `channel.py`, and installed packages.

A package of its own registers its adapter class under the entry point group `dialogo.channels`.
Nothing is imported before it is asked for, and no list of channels is kept anywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from sys import modules
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

import channels
from channels.kit import Channel, ChannelError

HERE = Path(__file__).parent
GROUP = "dialogo.channels"


class UnknownChannelError(ChannelError):
    """There is no adapter of that name."""


class ChannelSettingsError(ChannelError):
    """A channel's settings are not complete or not right; the message names the variables."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that the operator fills in."""

    variable: str
    required: bool
    default: str
    description: str


def names() -> list[str]:
    """Return the names of all channels this build can speak."""
    return sorted(_folders() | {point.name for point in entry_points(group=GROUP)})


def load(name: str) -> type[Channel[Any]]:
    """Return the adapter class of a channel."""
    if name in _folders():
        kind: Any = import_module(f"channels.{name}.channel").CHANNEL
    else:
        kind = _installed(name)
    if not (isinstance(kind, type) and issubclass(kind, Channel)):
        raise UnknownChannelError(f"CHANNEL of {name!r} is not a channels.kit.Channel")
    return kind


def folder(name: str) -> Path:
    """Return the folder of a channel's adapter, wherever it is installed."""
    found = modules[load(name).__module__].__file__
    return Path(found or HERE).parent


def build(name: str, settings: Mapping[str, Any]) -> Channel[Any]:
    """Switch a channel on with its settings, or say which variable is missing or wrong."""
    kind = load(name)
    try:
        checked = kind.Settings.model_validate(dict(settings))
    except ValidationError as error:
        complaints = [_complaint(kind, name, one) for one in error.errors(include_input=False)]
        raise ChannelSettingsError("\n".join(complaints)) from None
    return kind(checked)


def describe(name: str) -> list[Setting]:
    """Return what a channel wants to be told, in the order of its settings model."""
    return list(_settings(name, load(name).Settings.model_fields))


def variable(name: str, field: str) -> str:
    """Return the environment variable of a channel's setting."""
    return f"DIALOGO_CHANNELS__{name}__{field}".upper()


def _folders() -> set[str]:
    found = (path for place in channels.__path__ for path in Path(place).glob("*/channel.py"))
    return {path.parent.name for path in found} - {"kit", "testing"}


def _installed(name: str) -> Any:
    for point in entry_points(group=GROUP, name=name):
        return point.load()
    raise UnknownChannelError(f"There is no channel {name!r}. Known: {', '.join(names())}.")


def _settings(name: str, fields: Mapping[str, FieldInfo]) -> Iterator[Setting]:
    for field, info in fields.items():
        default = "" if info.is_required() else info.get_default(call_default_factory=False)
        shown = ",".join(map(str, default)) if isinstance(default, tuple) else str(default or "")
        yield Setting(variable(name, field), info.is_required(), shown, info.description or "")


def _complaint(kind: type[Channel[Any]], name: str, error: ErrorDetails) -> str:
    field = str(error["loc"][0]) if error["loc"] else ""
    known = kind.Settings.model_fields
    if field not in known:
        listed = ", ".join(variable(name, one) for one in known)
        return f"{variable(name, field)} is not a setting of {kind.title}. Known: {listed}."
    about = f" ({known[field].description})" if known[field].description else ""
    if error["type"] == "missing":
        return f"{variable(name, field)} is missing{about}."
    return f"{variable(name, field)} is wrong: {error['msg']}{about}."
