"""A shop of another trade: things for dogs, with and without size guides and needs of its own."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from catalog import Table, Term, import_products, put_shop, put_terms, read_products, read_shop
from tests.actions.conftest import Engine, Shop, answer, caller

FACTS = """
name: Zampa
url: https://zampa.example
email: ciao@zampa.example
phone: "+39 011 555 0101"
address: {street: Via Po 1, postcode: "10123", city: Torino}
hours: []
delivery:
  default_zone: italia
  zones:
    - {id: italia, names: {it: Italia, en: Italy}, hours_min: 24, hours_max: 48, cost: "4.90"}
returns: {days: 14, free: false, refund_days: 7}
payment: [{id: card, names: {it: carta, en: card}}]
warranty_months: 24
gift_wrap: {cost: "0"}
personalisation: {cost: "0"}
"""
ADVICE = """
size_guides:
  - categories: [pettorine]
    text:
      it: Misura il torace del cane dietro le zampe. S fino a 45 cm, M fino a 60, L oltre.
      en: Measure your dog's chest behind the front legs. S up to 45 cm, M up to 60, L above.
    measured: torace, chest
    steps: [{size: S, up_to: 45}, {size: M, up_to: 60}, {size: L}]
    reach: 15
  - categories: [collari]
    text: {it: Il collare è lungo quanto il collo., en: The collar is as long as the neck.}
    measured: collo, neck
    between: larger
needs:
  - told: {it: anti strozzamento, en: no choke}
    said: [["tir*, pull*", "guinzaglio, lead, leash"]]
"""
PRODUCTS = """id,sku,name_it,name_en,category,price,stock,size
argo,ARGO-S,Pettorina Argo,Argo harness,pettorine,29.00,4,S
argo,ARGO-M,Pettorina Argo,Argo harness,pettorine,29.00,4,M
argo,ARGO-L,Pettorina Argo,Argo harness,pettorine,29.00,4,L
birba,BIRBA-35,Collare Birba,Birba collar,collari,15.00,3,35
birba,BIRBA-36,Collare Birba,Birba collar,collari,15.00,3,36
pappa,PAPPA,Ciotola Pappa,Pappa bowl,ciotole,12.00,9,
"""

Open = Callable[[str], Awaitable[Engine]]


@pytest.fixture
def dogs(tmp_path: Path, open_shop: Shop, bundle) -> Open:
    """Open the shop with these facts, written as its owner writes them."""

    async def open_(facts: str) -> Engine:
        (tmp_path / "shop.yaml").write_text(facts, encoding="utf-8")
        now = datetime.now(UTC)
        kinds = ("pettorine", "collari", "ciotole")
        terms = [Term(kind="category", id=k, names={"it": k, "en": k}) for k in kinds]
        engine = create_engine(f"sqlite:///{tmp_path / 'dogs.db'}")
        with engine.begin() as conn:
            Table.metadata.create_all(conn)
            put_terms(conn, terms)
            put_shop(conn, read_shop(tmp_path / "shop.yaml", now, kinds))
            import_products(conn, read_products(PRODUCTS.encode()), at=now)
        engine.dispose()
        return Engine(caller(await open_shop(tmp_path / "dogs.db")), bundle)

    return open_


async def test_a_size_guide_of_the_shop_tells_which_size_a_measure_is(dogs: Open) -> None:
    engine = await dogs(FACTS + ADVICE)
    guide = await engine.run(answer("size_guide"), "che taglia prendo?", product="argo")
    assert "torace" in guide.text
    assert "S, M" in guide.text
    wide = await engine.run(answer("size_guide"), "ha il torace di 52 cm, che taglia?")
    assert "la M" in wide.text
    engine.slots = {"focus": "argo"}
    heard_elsewhere = await engine.run(answer("details"), "il torace viene 70, quale prendo?")
    assert "la L" in heard_elsewhere.text
    engine.slots = {}
    collar = await engine.run(
        answer("size_guide"), "collo 35 e mezzo, che numero?", product="birba"
    )
    assert "la 36" in collar.text
    assert "torace" not in collar.text


async def test_what_has_no_guide_of_its_own_is_told_by_its_row(dogs: Open) -> None:
    engine = await dogs(FACTS + ADVICE)
    bowl = await engine.run(answer("size_guide"), "che misura prendo?", product="pappa")
    assert bowl.text.startswith("Ciotola Pappa: è una misura unica.")


async def test_a_shop_without_guides_gives_no_such_advice(dogs: Open) -> None:
    engine = await dogs(FACTS)
    there = await engine.run(answer("size_guide"), "che taglia prendo?", product="argo")
    assert "S, M" in there.text
    assert "torace" not in there.text
    engine.slots = {"focus": "argo"}
    measured = await engine.run(answer("size_guide"), "ha il torace di 52 cm, che taglia prendo?")
    assert "ti consiglio" not in measured.text
    engine.slots = {}
    which = await engine.run(answer("size_guide"), "come trovo la taglia?")
    assert which.choices == ["ask:browse_catalog"]
    assert which.text


@pytest.mark.parametrize(("facts", "told"), [(FACTS + ADVICE, True), (FACTS, False)])
async def test_a_need_is_heard_where_the_shop_has_written_it(
    dogs: Open, facts: str, *, told: bool
) -> None:
    engine = await dogs(facts)
    said = await engine.run("action_search_products", "qualcosa se tira al guinzaglio")
    filters = said.slots["filters"]
    assert ("anti strozzamento" in str(filters)) is told


async def test_needs_of_the_demo_shop_are_unknown_here(dogs: Open) -> None:
    engine = await dogs(FACTS + ADVICE)
    said = await engine.run("action_search_products", "qualcosa senza fiamma")
    assert "diffusore" not in str(said.slots["filters"])
