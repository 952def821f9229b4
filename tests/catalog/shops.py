"""Stand-ins of shops' APIs that behave as their documentation says, limits included."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Json = dict[str, Any]


@dataclass
class Shopify:
    """Products by cursor pages; a bucket of calls that is empty again after a refusal."""

    products: list[Json]
    token: str = "shpat_test"
    page_at_most: int = 250
    bucket: int = 40
    fail_on_call: int | None = None
    calls: list[str] = field(default_factory=list)
    level: int = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/admin/api/2025-07/shop.json", self._shop),
                Route("/admin/api/2025-07/products.json", self._products),
            ]
        )

    def _refused(self, request: Request) -> Response | None:
        self.calls.append(str(request.url))
        if request.headers.get("x-shopify-access-token") != self.token:
            return JSONResponse({"errors": "[API] Invalid API key or access token"}, 401)
        if self.fail_on_call == len(self.calls):
            return JSONResponse({"errors": "Internal Server Error"}, 500)
        self.level += 1
        if self.level > self.bucket:
            self.level = 0
            return JSONResponse(
                {"errors": "Exceeded 2 calls per second"}, 429, {"Retry-After": "0.1"}
            )
        return None

    async def _shop(self, request: Request) -> Response:
        shop = {"currency": "EUR", "domain": "lume.example", "primary_locale": "it"}
        return self._refused(request) or JSONResponse({"shop": shop})

    async def _products(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        asked = dict(request.query_params)
        limit = min(int(asked.pop("limit", 50)), self.page_at_most)
        cursor = asked.pop("page_info", None)
        if cursor is not None and asked:
            # "A request that includes page_info can't include any other parameters except limit
            # and fields."
            return JSONResponse({"errors": {"page_info": "Invalid value."}}, 400)
        since, start = (cursor or f"{asked.get('updated_at_min', '')}|0").split("|")
        found = [p for p in self.products if p["updated_at"] >= since]
        page = found[int(start) : int(start) + limit]
        headers = {"X-Shopify-Shop-Api-Call-Limit": f"{self.level}/{self.bucket}"}
        following = int(start) + limit
        if following < len(found):
            url = request.url.replace(query="").include_query_params(
                limit=limit, page_info=f"{since}|{following}"
            )
            headers["Link"] = f'<{url}>; rel="next"'
        return JSONResponse({"products": page}, headers=headers)


def shopify_product(number: int, **more: Any) -> Json:
    """Return a product as the API shows it."""
    variants = [
        {
            "id": number * 10 + n,
            "title": colour,
            "price": "139.00",
            "compare_at_price": "159.00" if n == 0 else None,
            "sku": f"BAG-{number}-{colour}",
            "option1": colour,
            "option2": None,
            "option3": None,
            "inventory_management": "shopify",
            "inventory_policy": "deny",
            "inventory_quantity": 3 - n * 5,
            "image_id": 900 + n,
        }
        for n, colour in enumerate(("Rosso", "Nero"))
    ]
    return {
        "id": number,
        "title": f"Borsa {number}",
        "handle": f"borsa-{number}",
        "body_html": "<p>Pelle <strong>morbida</strong></p>",
        "vendor": "Lume",
        "product_type": "Borse",
        "status": "active",
        "published_at": "2026-01-01T10:00:00+01:00",
        "updated_at": f"2026-11-{1 + number % 28:02}T10:00:00+01:00",
        "options": [{"name": "Colore", "position": 1, "values": ["Rosso", "Nero"]}],
        "images": [{"id": 900 + n, "src": f"https://cdn.example/{number}-{n}.jpg"} for n in (0, 1)],
        "variants": variants,
        **more,
    }


@dataclass
class WooCommerce:
    """Products by numbered pages, variations at an address of their own."""

    products: list[Json]
    variations: dict[int, list[Json]] = field(default_factory=dict)
    key: tuple[str, str] = ("ck_test", "cs_test")
    may_read_settings: bool = True
    fail_on_page: int | None = None
    after_page: Callable[[int], None] = lambda _: None
    calls: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        base = "/wp-json/wc/v3"
        return Starlette(
            routes=[
                Route(f"{base}/settings/general/woocommerce_currency", self._currency),
                Route(f"{base}/products", self._products),
                Route(f"{base}/products/{{id:int}}/variations", self._variations),
            ]
        )

    def _refused(self, request: Request) -> Response | None:
        self.calls.append(str(request.url))
        told = base64.b64encode(":".join(self.key).encode()).decode()
        if request.headers.get("authorization") != f"Basic {told}":
            body = {"code": "woocommerce_rest_authentication_error", "data": {"status": 401}}
            return JSONResponse(body, 401)
        return None

    async def _currency(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        if not self.may_read_settings:
            return JSONResponse({"code": "woocommerce_rest_cannot_view"}, 403)
        return JSONResponse({"id": "woocommerce_currency", "value": "GBP"})

    async def _products(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        asked = request.query_params
        found = self.products
        if since := asked.get("modified_after"):
            # Dates are of the site's own time zone unless dates_are_gmt is set.
            if asked.get("dates_are_gmt") != "true":
                return JSONResponse({"code": "the stand-in compares GMT only"}, 400)
            found = [p for p in found if p["date_modified_gmt"] > since]
        if self.fail_on_page == int(asked.get("page", 1)):
            return JSONResponse({"code": "internal_server_error"}, 500)
        return self._page(request, found)

    async def _variations(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        return self._page(request, self.variations.get(request.path_params["id"], []))

    def _page(self, request: Request, found: list[Json]) -> Response:
        asked = request.query_params
        size, page = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        if not 1 <= size <= 100:
            body = {"code": "rest_invalid_param", "message": "Invalid parameter(s): per_page"}
            return JSONResponse(body, 400)
        headers = {
            "X-WP-Total": str(len(found)),
            "X-WP-TotalPages": str(-(-len(found) // size)),
        }
        answer = JSONResponse(found[(page - 1) * size : page * size], headers=headers)
        self.after_page(page)
        return answer


def woo_product(number: int, **more: Any) -> Json:
    """Return a simple product as the API shows it."""
    return {
        "id": number,
        "name": f"Tazza {number}",
        "permalink": f"https://shop.example/prodotto/tazza-{number}/",
        "type": "simple",
        "status": "publish",
        "catalog_visibility": "visible",
        "description": "<p>Ceramica</p>",
        "short_description": "",
        "sku": f"TAZ-{number}",
        "price": "9.50",
        "regular_price": "12.00",
        "sale_price": "9.50",
        "date_on_sale_from_gmt": None,
        "date_on_sale_to_gmt": "2030-01-31T22:59:59",
        "manage_stock": True,
        "stock_quantity": 7,
        "stock_status": "instock",
        "categories": [{"id": 9, "name": "Casa &amp; cucina", "slug": "casa"}],
        "images": [{"id": 1, "src": f"https://shop.example/{number}.jpg"}],
        "attributes": [{"name": "Colore", "variation": False, "options": ["Bianco"]}],
        "variations": [],
        "date_modified_gmt": f"2026-11-{1 + number % 28:02}T09:00:00",
        **more,
    }
