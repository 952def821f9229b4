"""Which action answers under which name; a new one is a file and a line here."""

from collections.abc import Mapping

from bot.actions.answers import (
    about_shop,
    another_one,
    anything,
    availability,
    back,
    both,
    care,
    compare,
    contact,
    delivery,
    details,
    discount,
    gift_wrap,
    hours,
    initials,
    location,
    meant,
    narrowing,
    of_all,
    of_kind,
    origin,
    overview,
    payment,
    price,
    relative,
    returns,
    review,
    reviews,
    search,
    sets,
    size_guide,
    total,
    unsold,
    warranty,
)
from bot.actions.focus import Action, about_product
from bot.actions.follow_ups import or_further
from bot.actions.of_the_thing import or_its_price, or_its_width, unless_of_the_thing
from bot.actions.own_words import with_own_words
from bot.actions.turning_back import turning_back


def _service(topic: str, answer: Action) -> Action:
    """Answer about a service: in the shop's own words, unless the thing in view is meant."""
    return unless_of_the_thing(topic, with_own_words(topic, answer))


_BY_TOPIC: Mapping[str, Action] = {
    "action_search_products": total.or_else(initials.or_else(of_all.or_else(relative.answer))),
    "action_answer_price": total.or_else(
        initials.or_else(
            size_guide.or_else(about_product("price", price.about, otherwise=search.answer))
        )
    ),
    "action_answer_availability": total.or_else(
        unless_of_the_thing(
            "availability",
            about_product(
                "availability",
                availability.about,
                otherwise=search.answer,
                narrowed=narrowing.in_a_version,
            ),
        )
    ),
    "action_answer_details": total.or_else(
        initials.or_else(
            or_its_width(size_guide.or_else(or_its_price(unsold.or_else(details.answer))))
        )
    ),
    "action_answer_back": back.answer,
    "action_answer_meant": meant.answer,
    "action_answer_anything": total.or_else(initials.or_else(size_guide.or_else(anything.answer))),
    "action_answer_about_shop": unless_of_the_thing("about_shop", about_shop.answer),
    "action_answer_size_guide": unless_of_the_thing("size_guide", size_guide.answer),
    "action_answer_compare": compare.answer,
    "action_answer_reviews": unless_of_the_thing(
        "reviews", about_product("reviews", reviews.about)
    ),
    "action_answer_review": review.answer,
    "action_answer_delivery": total.or_else(_service("delivery", delivery.answer)),
    "action_answer_returns": _service("returns", returns.answer),
    "action_answer_payment": _service("payment", payment.answer),
    "action_answer_care": care.answer,
    "action_answer_contact": unless_of_the_thing("contact", contact.answer),
    "action_answer_hours": unless_of_the_thing("hours", hours.answer),
    "action_answer_location": _service("location", location.answer),
    "action_answer_warranty": _service("warranty", warranty.answer),
    "action_answer_gift_wrap": _service("gift_wrap", gift_wrap.answer),
    "action_answer_discount": total.or_else(_service("discount", discount.answer)),
    "action_answer_catalog": delivery.or_else(unless_of_the_thing("catalog", overview.answer)),
}

# These take up what was shown, whatever was asked before.
_WHAT_WAS_SHOWN = ("action_answer_back", "action_answer_meant", "action_answer_review")
_PREFIX = "action_answer_"

_SEARCH = "action_search_products"
# What may be asked of another of the kind, and of all that is on the table.
_OF_ANOTHER = (_SEARCH, "price", "availability", "details", "anything")
# "Where is it printed? China?" sounds like each of these.
_OF_ITS_ORIGIN = ("details", "anything", "about_shop", "location")
# These look for things or set them side by side, whatever is in view.
_OF_MANY = (_SEARCH, "compare", "catalog")
_OF_SEVERAL = (*_OF_ANOTHER, "reviews", "size_guide", "compare")


def _action(name: str, answer: Action) -> Action:
    if name in _WHAT_WAS_SHOWN:
        return answer
    topic = name.removeprefix(_PREFIX)
    if topic in _OF_ANOTHER:
        answer = of_kind.or_of_the_kind(another_one.or_another(topic, answer))
    if topic in _OF_SEVERAL:
        answer = both.or_of_those(topic, answer)
    answer = sets.or_else(or_further(topic, answer))
    answer = origin.or_else(answer) if topic in _OF_ITS_ORIGIN else answer
    return answer if topic in _OF_MANY else turning_back(answer)


ACTIONS: Mapping[str, Action] = {name: _action(name, answer) for name, answer in _BY_TOPIC.items()}
