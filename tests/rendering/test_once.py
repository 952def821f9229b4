"""Two sentences about one thing get one list, and no text twice."""

from bot.rendering import ProductItem, Products, Say
from bot.rendering.once import once

VOUCHER = ProductItem(id="buono", name="Buono regalo", image="buono.jpg")
SET = ProductItem(id="scriba", name="Set Scriba", image="scriba.jpg")
FOUND = Products(kind="products", intro="text.search_found_one", items=(VOUCHER,))
AGAIN = Products(kind="products", intro="text.search_found", items=(VOUCHER,))
LEAD = Say(kind="say", ref="regalo.1")
PRICE = Say(kind="say", ref="text.price", values={"product": "Buono regalo"})


def test_what_was_shown_is_not_shown_again():
    assert once([FOUND, AGAIN]) == [FOUND]


def test_what_leads_up_to_it_goes_with_it():
    assert once([FOUND, LEAD, AGAIN]) == [FOUND]


def test_an_answer_before_it_stays():
    assert once([FOUND, PRICE, AGAIN]) == [FOUND, PRICE]


def test_a_list_with_something_new_in_it_stays_whole():
    both = Products(kind="products", intro="text.search_found", items=(VOUCHER, SET))
    assert once([FOUND, LEAD, both]) == [FOUND, LEAD, both]


def test_one_in_another_colour_is_another_picture():
    red = Products(kind="products", items=(VOUCHER.model_copy(update={"image": "red.jpg"}),))
    assert once([FOUND, red]) == [FOUND, red]


def test_the_same_text_is_said_once_and_the_same_question_of_another_again():
    other = Say(kind="say", ref="text.price", values={"product": "Set Scriba"})
    assert once([PRICE, other, PRICE]) == [PRICE, other]


def test_a_question_is_asked_again():
    ask = Say(kind="ask", ref="regalo.budget")
    assert once([ask, PRICE, ask]) == [ask, PRICE, ask]


def test_what_stands_above_a_picture_is_not_said_again_below_it():
    yes = {"product": "Buono regalo"}
    shown = Products(kind="products", intro="text.price", values=yes, items=(VOUCHER,))
    assert once([shown, PRICE]) == [shown]
