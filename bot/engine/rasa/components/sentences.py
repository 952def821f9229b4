"""Cuts a message into the things it says, so that two questions get two answers."""

import re
from typing import List, Text

# After a mark that ends a sentence, at a new line, and before a question that an "and" hangs on.
_ENDS = re.compile(
    r"(?<=[?!;…])\s+|(?<=[?!])(?=[^\s?!])|(?<=\w\w[.])\s+(?=\w)|\s*\n+\s*"
    r"|\s*,\s*(?=(?:e|ed|ma|and|but)\s+(?:se|quanto|quando|come|dove|che|quali?|avete|fate|posso"
    r"|if|how|when|where|what|which|do|does|can|is|are)\b)"
    r"|\s*,\s*(?=(?:quanto\s+(?:costa(?:va)?|vien[ei]|veniva|fa|era)|how\s+(?:much|long)|when\s+(?:do|does|will|can)|se\s+spedite|di\s+che|in\s+che|che\s+(?:color|tagli|misur)\w*"
    r"|do\s+you|does\s+it|is\s+it|can\s+i)\b)"
    r"|\s+(?=(?:e|and)\s+(?:se|if|whether)\s+(?:spedite|avete|fate|c['’]|si\s+pu|posso|you|it|i\s+can|they|there))"
    r"|\s+(?=(?:e|and)\s+(?:(?:in|a|per|entro)\s+quanto|(?:in|di)\s+che|entro\s+quando|quant[oie]|quando|come|dove"
    r"|quali|che\s+orari|avete|fate|spedite|accettate|posso|si\s+pu[oò]|c['’]\s?[eè]|how|when|where"
    r"|what|do\s+you|can\s+(?:i|you)|is\s+(?:it|there)|are\s+(?:you|they|there)|does\s+it)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:e|ed|ma|poi|inoltre|and|but|also|then)\s+(?=\w)", re.IGNORECASE)
MOST = 4


def sentences(text: Text) -> List[Text]:
    """Return the sentences of a message, at most four."""
    parts = [part.strip(" ,;") for part in _ENDS.split(text)]
    spoken = [part for part in parts if re.search(r"\w", part)]
    return spoken[:MOST]


def bare(sentence: Text) -> Text:
    """Return a sentence without the word that ties it to the one before."""
    return _LEADING.sub("", sentence)
