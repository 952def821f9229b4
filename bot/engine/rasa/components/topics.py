"""Which intents are no questions of their own, and which are seldom about one product."""

# Said beside a real question these are manners, not a second question.
OUT_OF_SCOPE = "out_of_scope"
MANNERS = ("greet", "thanks", "goodbye", "affirm", "deny", OUT_OF_SCOPE)

# What these say is seldom about one product, and their words are often names of some.
BESIDE_PRODUCTS = (
    *MANNERS,
    "ask_contact",
    "ask_delivery",
    "ask_discount",
    "ask_location",
    "ask_opening_hours",
    "ask_payment",
    "ask_returns",
    "bot_challenge",
    "advise_against",
    "cancel_order",
    "complaint",
    "help",
    "order_status",
    "request_refund",
    "restart",
    "talk_to_human",
)

# Who says one of these is passed to a person, so half a sentence is not enough to hear it: "shame."
# is no complaint where the whole message asks for candles.
CALLING = (
    "advise_against",
    "cancel_order",
    "complaint",
    "request_refund",
    "talk_to_human",
)

# How the intents begin whose question stands by itself, whatever is told around it.
QUESTIONS = (
    "ask_",
    "search_product",
    "recommend_gift",
    "compare_products",
    "browse_catalog",
    "show_more",
)
