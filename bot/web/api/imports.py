"""Importing products: a file now, or sources that are read again and again."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

import catalog
from bot.context import services_of
from bot.db import now
from bot.errors import BadRequestError, NotFoundError
from bot.web.api.paging import Before, Limit, link_next
from bot.web.api.shapes import Answer, Problem

router = APIRouter(prefix="/catalog", tags=["catalog"])
_BLOCK = 1024 * 1024
Format = Literal[
    "auto",
    "csv",
    "google-xml",
    "google-tsv",
    "meta",
    "shopify",
    "woocommerce",
    "magento",
    "jsonl",
]


class ImportOut(Answer):
    """What an import did, or has done so far; rows with mistakes were left out."""

    id: str
    source: str = Field(description="Empty: a file that somebody gave.")
    name: str
    state: Literal["running", "done", "same", "failed"]
    dry_run: bool
    format: str = Field(examples=["google-xml"])
    encoding: str
    started_at: datetime
    finished_at: datetime | None
    read: int = Field(description="Bytes so far.")
    size: int
    products: int
    variants: int
    added: int
    changed: int
    unchanged: int
    returned: int = Field(description="Had vanished, and are on sale again.")
    hidden: int = Field(description="No longer in the file (with complete=true).")
    problem_count: int
    note: str | None = Field(description="Why it failed, or what was not done.")
    errors: list[dict[str, Any]] = Field(
        description="The first thousand.",
        examples=[[{"line": 7, "column": "price", "reason": '"gratis" is not a price'}]],
    )

    @classmethod
    def of(cls, report: catalog.Report) -> "ImportOut":
        """Show a report."""
        told = asdict(report)
        problems = told.pop("problems")
        errors = [{k: p[k] for k in ("line", "column", "reason")} for p in problems]
        return cls(**told, errors=errors)


class Choices(BaseModel):
    """How a file is read; everything that is not said is found out."""

    model_config = ConfigDict(extra="forbid")

    complete: bool = Field(False, description="Hide the products that are not in the file.")
    dry_run: bool = Field(False, description="Only tell what would happen.")
    format: Format = "auto"
    language: str | None = Field(None, pattern="^([a-z]{2})?$", description="Of the texts.")
    currency: str = Field("EUR", pattern="^[A-Z]{3}$", description="Of prices without one.")
    base_url: str = Field("", max_length=500, description="Completes links without a host.")
    name: str = Field("", max_length=200, description="Of the file, for the report.")
    wait: bool = Field(True, description="False: answer at once with a running import.")

    def options(self) -> catalog.ReadOptions:
        """Return what the readers want to know."""
        return catalog.ReadOptions(self.format, self.language or "", self.currency, self.base_url)


class FeedIn(BaseModel):
    """A source to add or to change."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["url", "folder", "shopify", "woocommerce"]
    address: str = Field(examples=["https://shop.example/feed.xml"])
    every: int = Field(3600, ge=60, description="Seconds.")
    options: catalog.FeedOptions = catalog.FeedOptions()


class FeedOut(Answer):
    """A source with its last result."""

    name: str
    kind: str
    address: str
    every: int
    options: dict[str, Any]
    next_at: datetime
    failures: int = Field(description="In a row.")
    last: ImportOut | None

    @classmethod
    def of(cls, state: catalog.FeedState) -> "FeedOut":
        """Show a source."""
        return cls(
            **state.feed.model_dump(mode="json"),
            next_at=state.next_at,
            failures=state.failures,
            last=ImportOut.of(state.last) if state.last else None,
        )


@router.post(
    "/import",
    summary="Import products",
    responses={400: {"model": Problem}, 202: {"model": ImportOut}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/csv": {"example": "id,name,price,stock\nsiena,Borsa Siena,139.00,3\n"},
                "application/jsonl": {
                    "example": '{"id": "siena", "name": "Siena", "price": "139"}'
                },
                "application/xml": {"schema": {"type": "string"}},
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"file": {"type": "string", "format": "binary"}},
                    }
                },
            },
        }
    },
)
async def import_products(
    request: Request, response: Response, chosen: Annotated[Choices, Query()]
) -> ImportOut:
    """Read a file of products from the body or a form; its format is found out by its content."""
    services = services_of(request)
    intake = services.intake
    folder = await asyncio.to_thread(intake.scratch)
    path = folder / "upload"
    limit = services.settings.import_max_mb * 1024 * 1024
    try:
        name = await save(request, path, limit) or chosen.name or "upload"
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise
    plan = catalog.Plan(
        files=((name, path),),
        options=chosen.options(),
        complete=chosen.complete,
        dry_run=chosen.dry_run,
    )
    id_ = intake.begin(plan, remove=folder)
    if not chosen.wait:
        response.status_code = 202
        return ImportOut.of(await intake.report(id_))
    return answered(await intake.wait(id_))


def answered(report: catalog.Report) -> ImportOut:
    """Show a report, or say in an error that the file could not be read at all."""
    if report.state == "failed":
        raise BadRequestError(f"{report.name}: {report.note}")
    return ImportOut.of(report)


@router.get("/imports", summary="List imports")
async def list_imports(
    request: Request,
    response: Response,
    source: Annotated[str | None, Query(max_length=40)] = None,
    limit: Limit = 50,
    before: Before = None,
) -> list[ImportOut]:
    """Return what imports did, newest first, without their problems."""
    async with services_of(request).database.sessions() as session:
        found = await catalog.list_imports(session, source=source, before=before, limit=limit)
    if found:
        last = int(found[-1].started_at.timestamp() * 1000)
        link_next(request, response, last=last, full=len(found) == limit)
    return [ImportOut.of(report).model_copy(update={"errors": []}) for report in found]


@router.get("/imports/{id}", summary="Show an import", responses={404: {"model": Problem}})
async def show_import(request: Request, id: str) -> ImportOut:  # noqa: A002 - its name in the path
    """Return what an import did, or how far it is, with its problems."""
    return ImportOut.of(await services_of(request).intake.report(id))


@router.get("/sources", summary="List sources")
async def list_sources(request: Request) -> list[FeedOut]:
    """Return every source with its last result."""
    async with services_of(request).database.sessions() as session:
        return [FeedOut.of(state) for state in await catalog.list_sources(session)]


@router.put("/sources/{name}", summary="Add or change a source")
async def put_source(request: Request, name: str, given: FeedIn) -> FeedOut:
    """Add a source; it is read at once and then again and again."""
    services = services_of(request)
    try:
        feed = catalog.Feed(name=name, **given.model_dump())
    except ValueError as error:
        raise BadRequestError(plain(error)) from error
    await services.database.write(lambda conn: catalog.put_source(conn, feed, now=now()))
    async with services.database.sessions() as session:
        states = await catalog.list_sources(session)
    return FeedOut.of(next(state for state in states if state.feed.name == name))


@router.delete("/sources/{name}", summary="Remove a source", status_code=204)
async def remove_source(request: Request, name: str) -> None:
    """Forget a source; its products stay."""
    gone = await services_of(request).database.write(lambda conn: catalog.remove_source(conn, name))
    if not gone:
        raise NotFoundError(f"There is no source {name!r}.")


@router.post(
    "/sources/{name}/run",
    summary="Read a source now",
    responses={404: {"model": Problem}, 409: {"model": Problem}},
)
async def run_source(
    request: Request,
    name: str,
    full: Annotated[bool, Query(description="Everything, not only what has changed.")] = False,
) -> ImportOut:
    """Read a source and return what came of it; a failure is told in `state` and `note`."""
    return ImportOut.of(await services_of(request).intake.run_source(name, full=full))


async def save(request: Request, path: Path, limit: int) -> str:
    """Write the body, or the file of a form, and return its name where it has one."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise BadRequestError('The form has no file: name its field "file".')
            await _write(_blocks(file), path, limit)
            return file.filename or ""
    await _write(request.stream(), path, limit)
    return ""


async def _blocks(file: UploadFile) -> AsyncIterator[bytes]:
    while block := await file.read(_BLOCK):
        yield block


async def _write(parts: AsyncIterator[bytes], path: Path, limit: int) -> None:
    size, blank = 0, True
    with path.open("wb") as file:
        async for part in parts:
            size += len(part)
            blank = blank and not part.strip()
            if size > limit:
                raise BadRequestError(f"The file is larger than {limit // 1024 // 1024} MB.")
            file.write(part)
    if blank:
        raise BadRequestError("The body is empty: send the file itself, for example with curl -T.")


def plain(error: ValueError) -> str:
    """Return what is wrong with what was given, field by field, in one line."""
    details = error.errors(include_url=False) if isinstance(error, ValidationError) else []
    told = [
        f"{'.'.join(map(str, d['loc']))}: {d['msg']}".removeprefix(": ").replace(
            "Value error, ", ""
        )
        for d in details
    ]
    return "; ".join(told) or str(error)
