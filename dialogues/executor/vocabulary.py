"""The closed lists of words that flows, executor, engine and actions agree on."""

TOPICS = (
    "price",
    "availability",
    "details",
    "back",
    "meant",
    "about_shop",
    "size_guide",
    "compare",
    "reviews",
    "review",
    "delivery",
    "returns",
    "payment",
    "care",
    "contact",
    "hours",
    "location",
    "warranty",
    "gift_wrap",
    "discount",
    "catalog",
    "anything",
)
KINDS = ("number", "choice", "code", "email", "phone", "date", "product", "opinion", "text")
REASONS = (
    "purchase",
    "wants_person",
    "complaint",
    "order_status",
    "cancel_order",
    "refund",
    "advises_against",
    "high_value",
    "not_understood",
    "contact_left",
    "trouble",
    "other",
)
# Never trained: `leave_contact` comes only from a tap, `leave_question` when a customer
# steps out of a question ("lascia stare"), `something_else` when neither guess was right,
# `unhappy` when a complaint names nothing that somebody had from here.
SOMETHING_ELSE = "something_else"
UNHAPPY = "unhappy"
INNER_INTENTS = ("leave_contact", "leave_question", SOMETHING_ELSE, UNHAPPY)
# Politeness said beside a real question is not answered on its own.
POLITENESS = ("thanks", "goodbye", "affirm", "deny", "out_of_scope")
ENTITIES = (
    "product",
    "category",
    "colour",
    "size",
    "material",
    "max_price",
    "min_price",
    "about_price",
    "quantity",
    "needed_by",
    "without",
    "compared",
    "order_number",
    "email",
    "phone",
    "ordinal",
    "recipient",
    "occasion",
    "city",
)
FACTS = ("shown", "focus", "filters", "asked", "cart")
CIRCUMSTANCES = (
    *("channel", "language", "outcome", "name"),
    *("again", "looked_for", "together", "idea", "at_once"),
)
# Values of texts that only the gateway knows when it sends: first name, usual waiting time.
FILLED_LATER = ("name", "wait")
RESULTS = ("products", "answer")
# What `products:` may ask for; the search action knows exactly these.
SEARCH = (
    "search",
    "category",
    "max_price",
    "min_price",
    "about_price",
    "colour",
    "size",
    "material",
    "recipient",
    "occasion",
    "limit",
    "more",
)
TESTS = ("is", "is_not", "in", "more_than", "less_than", "known")
WORDS_FOR_PRESENCE = {"some": True, "known": True, "none": False, "unknown": False}

SEARCH_ACTION = "action_search_products"
ANSWER_ACTION = "action_answer_"
ANYTHING = "anything"  # the topic that looks for an answer wherever there may be one
NOT_UNDERSTOOD = "text.not_understood"
NOT_KNOWN = "text.not_known"
PERSON_TITLE = "text.choice_person"
DID_YOU_MEAN = "text.did_you_mean"
DID_YOU_MEAN_ONE = "text.did_you_mean_one"
SOMETHING_ELSE_TITLE = "text.choice_something_else"
ANY = "any"

MAX_STEPS = 100  # per customer message; a flow in a circle ends here
MAX_RUNS = 4
MAX_DEPTH = 4  # interrupted flows that are still worth coming back to
MAX_ALSO = 2
GREETING = "greet"
GREETED_FOR = 6 * 3600  # seconds in which a greeting before a question is not returned once more
MAX_TRIES = 2
MAX_RETURNS = 3  # a question put aside this often is not put again
MAX_MISSES = 2
MAX_OPTIONS = 2  # of "did you mean A or B?"

LEAVE = frozenset(
    (
        "annulla",
        "lascia stare",
        "lascia perdere",
        "lasciamo stare",
        "lasciamo perdere",
        "non importa",
        "fa niente",
        "fa lo stesso",
        "niente",
        "basta",
        "stop",
        "esci",
        "no grazie",
        "cancel",
        "never mind",
        "nevermind",
        "forget it",
        "leave it",
        "skip it",
        "no thanks",
        "no thank you",
        "quit",
        "exit",
    )
)
YES = frozenset(
    (
        "si",
        "sì",
        "certo",
        "ok",
        "okay",
        "va bene",
        "volentieri",
        "esatto",
        "sicuro",
        "yes",
        "yep",
        "yeah",
        "sure",
        "of course",
        "please",
        "si grazie",
        "yes please",
        "👍",
    )
)
NO = frozenset(
    (
        "no",
        "nope",
        "nah",
        "no grazie",
        "no thanks",
        "no thank you",
        "per niente",
        "not really",
        "👎",
    )
)
# Words around a number that change nothing: "direi sui 70 euro, più o meno".
_FILLERS = (
    "euro eur circa intorno attorno sui sulle a ai di da e il la un una per max massimo al fino "
    "diciamo direi penso forse piu o meno tipo ok bene si about around up to maybe roughly say "
    "the is it like or so euros dollars pounds maximum under sotto € $ £"
)
FILLERS = frozenset(_FILLERS.split())
