"""Lists that are read page by page: arrays, with the address of the next page in `Link`."""

from typing import Annotated

from fastapi import Query, Request, Response

Limit = Annotated[int, Query(ge=1, le=200, description="How many to return at most.")]
Before = Annotated[
    int | None,
    Query(description="Milliseconds since 1970, taken from the `next` link: older ones follow."),
]


def link_next(request: Request, response: Response, *, last: int, full: bool) -> None:
    """Tell where the next page begins, in the manner of RFC 8288, unless this was the last."""
    if full:
        url = request.url.include_query_params(before=last)
        response.headers["Link"] = f'<{url}>; rel="next"'
