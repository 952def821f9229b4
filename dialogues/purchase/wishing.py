"""Words that tell which one is wanted, and commit to nothing yet."""

import re

_WISHES = re.compile(
    r"^\W*(?:(?:l[oiae]|un[oa]) (?:vorrei|volevo)|i(?:['’]?d| would) like (?:it|them|one|that))\b"
    r"(?!.*\b(?:ordin|compr|acquist|prend|order|buy|purchase))",
    re.IGNORECASE | re.DOTALL,
)


def only_wishes(text: str) -> bool:
    """Tell whether a message says how the thing should be: "lo vorrei rosso", "I'd like it in red".

    With a word of buying beside it, it says more than that.
    """
    return bool(_WISHES.search(text))
