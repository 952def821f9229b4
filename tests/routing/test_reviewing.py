"""A review given in a talk is kept once, waits for approval, and is verified only by a sale."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, insert, select

import catalog
from bot.conversations import Conversation
from bot.desk import Handoff
from bot.rendering import ReviewGiven
from bot.routing import reviewing
from catalog.tables import ReviewRow

GIVEN = ReviewGiven(kind="review", product="siena", stars=4, text="Morbida", language="it")


@pytest.fixture
def conn() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as opened:
        catalog.Table.metadata.create_all(opened)
        Handoff.__table__.create(opened, checkfirst=True)  # type: ignore[attr-defined]
        catalog.load_demo(opened)
        yield opened
    engine.dispose()


def talk(name: str | None = "Giulia Rossi") -> Conversation:
    return Conversation(id="c1", name=name, channel="webchat", account="shop")


def kept(conn: Connection) -> ReviewRow:
    return conn.execute(select(ReviewRow).where(ReviewRow.conversation == "c1")).one()  # type: ignore[return-value]


def sale(conn: Connection, outcome: str, product: str) -> None:
    times = {"created_at": 1, "updated_at": 2, "closed_at": 2}
    conn.execute(
        insert(Handoff).values(
            id="h1",
            conversation_id="c1",
            channel="webchat",
            account="shop",
            state="closed",
            reason="purchase",
            queue="sales",
            evidence=[],
            brief={"products": [{"id": product, "in_view": True}]},
            wait_seconds=1.0,
            outcome=outcome,
            **times,
        )
    )


def test_a_review_waits_for_approval_under_the_first_name(conn: Connection) -> None:
    reviewing.keep(conn, talk(), GIVEN)
    row = kept(conn)
    assert (row.product_id, row.rating, row.texts) == ("siena", 4, {"it": "Morbida"})
    assert (row.author, row.status, row.verified) == ("Giulia", "pending", False)


def test_who_has_no_name_stays_a_customer(conn: Connection) -> None:
    reviewing.keep(conn, talk(None), GIVEN)
    assert kept(conn).author == "Un cliente"


@pytest.mark.parametrize(
    ("outcome", "product", "verified"),
    [("won", "siena", True), ("lost", "siena", False), ("won", "luna", False)],
)
def test_only_a_closed_sale_of_this_product_verifies_it(
    conn: Connection, outcome: str, product: str, verified: bool
) -> None:
    sale(conn, outcome, product)
    reviewing.keep(conn, talk(), GIVEN)
    assert kept(conn).verified is verified


def test_a_second_one_replaces_the_first(conn: Connection) -> None:
    reviewing.keep(conn, talk(), GIVEN)
    reviewing.keep(conn, talk(), GIVEN.model_copy(update={"stars": 2}))
    assert kept(conn).rating == 2


def test_a_product_that_is_gone_costs_nobody_the_turn(conn: Connection) -> None:
    reviewing.keep(conn, talk(), GIVEN.model_copy(update={"product": "gone"}))
    assert conn.execute(select(ReviewRow).where(ReviewRow.conversation == "c1")).all() == []
