"""Channels and a bundle for the tests of the degrade ladder."""

from hypothesis import strategies as st

from channels.kit import Capabilities, Card, Cards, Carousel, Choice, Media, Outbound, Text

BUNDLE = {
    "texts": {
        "text.list_button": {"it": "Scegli", "en": "Choose"},
        "text.more": {"it": "Altro…", "en": "More…"},
        "text.choose": {"it": "Scegli pure:", "en": "Take your pick:"},
        "text.further_choices": {"it": "Ecco le altre:", "en": "Here are the others:"},
        "text.answer_by_number": {"it": "Basta il numero.", "en": "The number will do."},
    }
}


WHATSAPP = Capabilities(
    max_text=4096,
    buttons=3,
    list_rows=10,
    cards=1,
    card_title=200,
    card_subtitle=800,
    card_buttons=3,
    media=frozenset({"image"}),
)


MESSENGER = Capabilities(
    max_text=2000, buttons=3, buttons_text=640, quick_replies=13, cards=10, card_buttons=3
)


PLAIN = Capabilities(max_text=600)


def cards(count: int, *titles: str) -> Cards:
    return Cards(
        cards=tuple(
            Card(
                id=f"p{n}",
                title=f"Borsa {n}",
                subtitle="129 €",
                image_url="https://shop/p.jpg",
                choices=tuple(Choice(id=f"ask:{title}:p{n}", title=title) for title in titles),
            )
            for n in range(1, count + 1)
        )
    )


TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "So", "Mn", "Cf")), max_size=90
)


TITLES = st.one_of(
    TEXT, st.sampled_from(["Dettagli", "dettagli ", "Borsa Siena in pelle", "", "2"])
)


CAROUSELS = st.builds(
    Carousel,
    cards=st.integers(2, 10),
    text=st.integers(60, 1024),
    card_text=st.integers(90, 160),
    card_lines=st.integers(2, 4),
    buttons=st.integers(1, 2),
)


@st.composite
def capabilities(draw: st.DrawFn) -> Capabilities:
    carousel = draw(st.none() | CAROUSELS)
    return Capabilities(
        max_text=draw(st.integers(60, 4096)),
        text_unit=draw(st.sampled_from(["characters", "bytes"])),
        buttons=draw(st.integers(0, 4)),
        button_label=draw(st.integers(8, 40)),
        buttons_text=draw(st.integers(60, 1024)),
        list_rows=draw(st.sampled_from([0, 1, 2, 5, 10])),
        list_title=draw(st.integers(8, 30)),
        list_description=draw(st.sampled_from([0, 20, 72])),
        list_text=draw(st.integers(60, 4096)),
        quick_replies=draw(st.sampled_from([0, 1, 2, 5, 13])),
        quick_reply_label=draw(st.integers(8, 30)),
        choice_id=draw(st.sampled_from([12, 64, 256])),
        cards=1 if carousel else draw(st.sampled_from([0, 1, 3, 10])),
        card_title=draw(st.integers(8, 80)),
        card_subtitle=draw(st.integers(20, 200)),
        card_buttons=draw(st.integers(0, 3)),
        words_with_card=draw(st.sampled_from([0, 300, 1024])),
        carousel=carousel,
        media=draw(st.sampled_from([frozenset[str](), frozenset({"image"})])),
        caption=draw(st.integers(10, 1024)),
    )


@st.composite
def some_choices(draw: st.DrawFn, prefix: str, most: int) -> tuple[Choice, ...]:
    titles = draw(st.lists(TITLES, max_size=most))
    extra = draw(st.sampled_from(["", "x" * 40]))
    return tuple(Choice(id=f"ask:{prefix}:{n}{extra}", title=t) for n, t in enumerate(titles))


@st.composite
def messages(draw: st.DrawFn) -> list[Outbound]:
    found: list[Outbound] = []
    for n in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["text", "text", "cards", "media"]))
        if kind == "text":
            found.append(
                Text(text=draw(TEXT) * draw(st.integers(1, 30)),
                     choices=draw(some_choices(f"m{n}", 30)))
            )  # fmt: skip
        elif kind == "media":
            found.append(Media(media="image", url="https://x/y.png", caption=draw(TEXT)))
        else:
            count = draw(st.integers(1, 4))
            found.append(
                Cards(
                    cards=tuple(
                        Card(
                            id=f"{n}-{k}",
                            title=draw(TEXT.filter(str.strip)),
                            subtitle=draw(TEXT),
                            image_url=draw(st.sampled_from(["https://x/y.png", None])),
                            choices=draw(some_choices(f"c{n}-{k}", 4)),
                        )
                        for k in range(count)
                    )
                )
            )
    return found
