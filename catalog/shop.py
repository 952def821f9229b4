"""The shop itself: delivery, returns, payment, hours, address, each with a short text."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from catalog.advice import Need, SizeGuide
from catalog.products import Shape, said
from catalog.text import fold


class Address(Shape):
    """Where customers can visit the shop."""

    street: str
    postcode: str
    city: str
    province: str = ""
    country: str = "IT"
    latitude: float | None = None
    longitude: float | None = None

    def line(self) -> str:
        """Return the address on one line."""
        province = f" ({self.province})" if self.province else ""
        return f"{self.street}, {self.postcode} {self.city}{province}"


class Opening(Shape):
    """One span in which the shop is open; Monday is day 0."""

    day: int = Field(ge=0, le=6)
    opens: time
    closes: time


class ClosedDay(Shape):
    """A day on which the shop stays closed, every year or in one year only."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    year: int | None = None
    names: dict[str, str] = Field(default_factory=dict)

    def falls_on(self, day: date) -> bool:
        """Tell whether this is that day."""
        return (self.month, self.day) == (day.month, day.day) and self.year in (None, day.year)


class Zone(Shape):
    """Where we deliver, how fast and for how much."""

    id: str
    names: dict[str, str]
    hours_min: int
    hours_max: int
    cost: Decimal
    free_from: Decimal | None = None
    currency: str = "EUR"
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = Field((), description="Names of countries in every language.")

    def cost_of(self, order: Decimal) -> Decimal:
        """Return what delivery of an order of this amount costs."""
        free = self.free_from is not None and order >= self.free_from
        return Decimal(0) if free else self.cost


class Delivery(Shape):
    """All zones; a city nobody listed belongs to the default one."""

    zones: tuple[Zone, ...]
    default_zone: str
    express: Zone | None = None
    pickup: bool = False

    def zone(self, id_: str) -> Zone:
        """Return the zone with this id."""
        return next(zone for zone in self.zones if zone.id == id_)

    def places(self) -> Iterator[str]:
        """Return every city and country that a zone names."""
        for zone in self.zones:
            yield from zone.cities
            yield from zone.countries

    def to(self, city: str | None) -> Zone:
        """Return the zone of a city or country, the default one when nobody listed it."""
        wanted = fold(city or "")
        for zone in self.zones:
            if wanted and wanted in {fold(name) for name in (*zone.cities, *zone.countries)}:
                return zone
        return self.zone(self.default_zone)


class Returns(Shape):
    """How long and at whose cost something can be sent back."""

    days: int
    free: bool
    refund_days: int


class PaymentMethod(Shape):
    """A way to pay; `instalments` is the number of parts where it offers them."""

    id: str
    names: dict[str, str]
    instalments: int | None = None


class Extra(Shape):
    """Something done on request: gift wrapping, initials."""

    cost: Decimal
    currency: str = "EUR"
    days: int = 0


class ShopInfo(Shape):
    """Facts about the shop as structured values, and short texts by topic and language."""

    name: str
    aliases: tuple[str, ...] = Field((), description="What customers call the shop in short.")
    url: str
    email: str
    phone: str
    address: Address
    timezone: str = "Europe/Rome"
    hours: tuple[Opening, ...]
    closed: tuple[ClosedDay, ...] = ()
    delivery: Delivery
    returns: Returns
    payment: tuple[PaymentMethod, ...]
    warranty_months: int
    gift_wrap: Extra
    personalisation: Extra
    care: dict[str, dict[str, str]] = Field(default_factory=dict, description="By material.")
    texts: dict[str, dict[str, str]] = Field(default_factory=dict, description="By topic.")
    size_guides: tuple[SizeGuide, ...] = Field((), description="A category has one at most.")
    needs: tuple[Need, ...] = Field((), description="The first that fits is heard.")
    updated_at: datetime

    @field_validator("size_guides")
    @classmethod
    def _one_for_each(cls, guides: tuple[SizeGuide, ...]) -> tuple[SizeGuide, ...]:
        listed = [category for guide in guides for category in guide.categories]
        if twice := sorted({category for category in listed if listed.count(category) > 1}):
            raise ValueError(f"two guides are for {', '.join(twice)}; leave one of them")
        return guides

    def text(self, topic: str, language: str) -> str | None:
        """Return the short text on a topic in this language, or None."""
        return said(self.texts.get(topic, {}), language)

    def written(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Return every short text with its topic; those that tell how to measure are `sizes`."""
        yield from self.texts.items()
        yield from (("sizes", guide.text) for guide in self.size_guides)

    def openings(self, day: date) -> list[Opening]:
        """Return the spans of a calendar day, none on a closed day."""
        if any(closed.falls_on(day) for closed in self.closed):
            return []
        return [opening for opening in self.hours if opening.day == day.weekday()]

    def is_open(self, at: datetime) -> bool:
        """Tell whether the shop is open at this moment."""
        local = at.astimezone(ZoneInfo(self.timezone))
        moment = local.time().replace(tzinfo=None)
        return any(o.opens <= moment < o.closes for o in self.openings(local.date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """Return when the shop opens next, within a fortnight, in the shop's own time."""
        local = at.astimezone(ZoneInfo(self.timezone))
        for ahead in range(15):
            day = local.date() + timedelta(days=ahead)
            for opening in sorted(self.openings(day), key=lambda o: o.opens):
                start = datetime.combine(day, opening.opens, tzinfo=local.tzinfo)
                if start > local:
                    return start
        return None
