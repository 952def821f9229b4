"""The dialogues: which version is in force, putting a new one there, going back."""

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

import dialogues
from bot.context import services_of
from bot.errors import BadRequestError, NotFoundError
from bot.routing import Services
from bot.web.api.shapes import Answer, Problem, moment
from dialogues import compiler

FLOWS = Path(dialogues.__file__).parent / "flows"
router = APIRouter(tags=["dialogues"])


class FlowOut(Answer):
    """One flow of the version in force."""

    name: str = Field(examples=["regalo"])
    title: dict[str, str]
    start: dict[str, Any] = Field(description="The intents and links that begin it.")


class FlowsOut(Answer):
    """The dialogues in force."""

    version: str | None
    flows: list[FlowOut]
    history: list[dict[str, Any]] = Field(description="What was put in force when, newest first.")


class VersionOut(Answer):
    """The version that is in force now: live at the next message."""

    version: str


@router.get("/flows", summary="Read the dialogues in force")
async def read_flows(request: Request) -> FlowsOut:
    """Return the flows in force and the versions before."""
    bundles = services_of(request).bundles
    try:
        current = bundles.current
    except NotFoundError:
        return FlowsOut(version=None, flows=[], history=[])
    flows = [
        FlowOut(name=name, title=flow.get("title") or {}, start=flow.get("start") or {})
        for name, flow in current["flows"].items()
    ]
    history = [
        {"version": entry.version, "how": entry.how, "at": moment(entry.at)}
        for entry in bundles.history()
    ]
    return FlowsOut(version=str(current["version"]), flows=flows, history=history)


@router.post(
    "/publish",
    summary="Put the flows as they are on disk in force",
    responses={400: {"model": Problem}},
)
async def publish(request: Request) -> VersionOut:
    """Compile the flows and publish them; 400 lists every mistake with file and line."""
    version = await run_in_threadpool(_publish, services_of(request))
    return VersionOut(version=version)


@router.post("/rollback", summary="Go back one version", responses={409: {"model": Problem}})
async def rollback(request: Request) -> VersionOut:
    """Put the version before in force again; 409 when there is none."""
    version = await run_in_threadpool(services_of(request).bundles.rollback)
    return VersionOut(version=version)


def _publish(services: Services) -> str:
    limits = {
        name: {
            "title": channel.title,
            "button_label": channel.capabilities.button_label
            if channel.capabilities.buttons
            else channel.capabilities.quick_reply_label,
            "list_title": channel.capabilities.list_title,
            "max_text": channel.capabilities.max_text,
        }
        for name, channel in services.channels.items()
    }
    compiled = compiler.compile_flows(FLOWS, languages=services.settings.languages, limits=limits)
    errors = [str(problem) for problem in compiled.problems if problem.severity == "error"]
    if errors or compiled.bundle is None:
        raise BadRequestError("The flows have mistakes:\n" + "\n".join(errors))
    return services.bundles.publish(compiled.bundle)
