"""The parts of the catalog page that need no browser: its door, its words, its groups."""

from pathlib import Path
from typing import Any

import pytest

from bot.web.office.catalog.groups import GroupError, read_groups, with_change, write_group
from bot.web.office.catalog.labels import CATALOG_WORDS
from bot.web.office.catalog.told import in_words
from catalog import Plan, ReadOptions, run_import
from tests.web.conftest import Web


async def test_the_page_wants_a_login_and_leads_back(web: Web) -> None:
    answer = await web.visitor.get("/catalog")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?then=/catalog")
    form = {"agent": "Anna", "password": "wrong", "then": "/catalog"}
    assert (await web.visitor.post("/login", data=form)).status_code == 401
    await web.log_in()
    page = await web.visitor.get("/catalog")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]


async def test_a_file_is_taken_from_people_only(web: Web) -> None:
    file = {"file": ("prodotti.csv", b"id,name,price\na,A,1\n")}
    assert (await web.visitor.post("/catalog/files", files=file)).status_code == 401
    await web.log_in()
    foreign = {"sec-fetch-site": "cross-site"}
    refused = await web.visitor.post("/catalog/files", files=file, headers=foreign)
    assert refused.status_code == 403
    taken = (await web.visitor.post("/catalog/files", files=file)).json()
    assert (taken["name"], taken["size"]) == ("prodotti.csv", 20)
    assert (
        web.services.intake.folder / taken["file"] / "upload"
    ).read_bytes() == b"id,name,price\na,A,1\n"


def shape(words: Any) -> Any:
    return {k: shape(v) for k, v in words.items()} if isinstance(words, dict) else type(words)


def test_both_languages_say_everything() -> None:
    assert shape(CATALOG_WORDS["it"]) == shape(CATALOG_WORDS["en"])


FILE = """# Parole
tracolla = borsa a spalla   # come dicono qui
telefono, iphone ~ porta telefono
- vorrei, cerco

+ custodia
"""


def test_a_file_is_shown_as_groups_and_keeps_its_remarks() -> None:
    groups = read_groups(FILE)
    assert [(g.line, g.kind, g.phrases, g.ours) for g in groups] == [
        (1, "same", ("tracolla", "borsa a spalla"), ()),
        (2, "near", ("telefono", "iphone"), ("porta telefono",)),
        (3, "skip", ("vorrei", "cerco"), ()),
        (5, "accessory", ("custodia",), ()),
    ]
    changed = with_change(FILE, 2, groups[1].raw, "telefono ~ custodia")
    assert changed == FILE.replace("telefono, iphone ~ porta telefono", "telefono ~ custodia")
    assert with_change(FILE, 1, groups[0].raw, None).splitlines()[1].startswith("telefono")


@pytest.mark.parametrize(
    ("kind", "phrases", "ours", "line"),
    [
        ("same", "tracolla,  borsa   a spalla", "", "tracolla = borsa a spalla"),
        ("same", "tracolla = borsa", "", "tracolla = borsa"),
        ("near", "telefono, iphone", "custodia", "telefono, iphone ~ custodia"),
        ("skip", "vorrei", "", "- vorrei"),
        ("accessory", "cavo, custodia", "", "+ cavo, custodia"),
    ],
)
def test_a_group_is_written_as_the_file_wants_it(
    kind: str, phrases: str, ours: str, line: str
) -> None:
    assert write_group(kind, phrases, ours) == line
    (group,) = read_groups(line)
    assert group.kind == kind


@pytest.mark.parametrize(
    ("kind", "phrases", "ours", "reason"),
    [
        ("same", " , ", "", "group_empty"),
        ("same", "tracolla", "", "group_alone"),
        ("same", "tracolla, Tracolla", "", "group_alone"),
        ("near", "telefono", " ", "group_no_ours"),
        ("same", "a ~ b, c", "", "group_sign"),
        ("same", "borsa, #1", "", "group_sign"),
        ("same", "borsa, -x", "", "group_sign"),
    ],
)
def test_a_bad_group_says_why(kind: str, phrases: str, ours: str, reason: str) -> None:
    with pytest.raises(GroupError) as caught:
        write_group(kind, phrases, ours)
    assert caught.value.reason == reason
    for words in CATALOG_WORDS.values():
        assert "{" not in words[reason].format(**caught.value.values)


def test_a_line_that_somebody_else_has_changed_is_left() -> None:
    with pytest.raises(GroupError, match="group_moved"):
        with_change(FILE, 1, "tracolla = altro", "x = y")


BROKEN = """id,name,price,stock,availability,sale_price,sale_from,currency
a,A,gratis,1,,,,
b,B,10,tanti,,,,
c,,10,1,,,,
d,D,-5,1,,,,
e,E,10.123,1,,,,
f,F,,1,,,,
g,G,10,1,boh,,,
h,H,10,1,,8,domani,
i,I,10,1,,,,EU,zu,viel
"""


async def test_mistakes_of_a_file_are_told_in_italian(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(BROKEN)
    plan = Plan(files=(("broken.csv", path),), options=ReadOptions(), dry_run=True)
    report = await run_import(web.services.database.write, plan)
    assert report.problem_count >= 8
    for problem in report.problems:
        assert in_words(problem.reason, "it") != problem.reason, problem.reason
        assert in_words(problem.reason, "en") == problem.reason


def test_what_is_not_known_in_italian_is_told_as_it_is() -> None:
    assert in_words("something new", "it") == "something new"
