"""What a thing must do, where no kind says it: "which one stops people scanning your cards".

People tell a need in their own words, and the row of a thing tells it in one of the trade: RFID.
Each need is what is said and what a row tells instead, in each language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """What is said, what a row tells, and whether that names the thing itself, whatever kind."""

    said: re.Pattern[str]
    told: Mapping[str, str]
    names_it: bool = False


def _need(said: str, it: str, en: str, *, names_it: bool = False) -> Need:
    return Need(re.compile(said, re.IGNORECASE), {"it": it, "en": en}, names_it)


_PHONE = r"(?:phone|mobile|smartphone|screen|telefon\w+|cellulare|tel|schermo)"
_COLD = r"(?:cold|cool|freez\w+|froz\w+|warm\w*|winter|fredd\w+|gel\w+|cald\w+|inverno|ghiacc\w+)"
_CARDS = r"(?:cards?|cart[ae]|bancomat|credit cards?)"

NEEDS = (
    _need(
        # A gift card is named by its name already.
        r"\b(?:anything|something|present|gift(?! ?(?:card|vouch))|qualcos\w+"
        r"|(?<!buono )(?<!buoni )regal\w+)\b[^.;!?]*\be-?mail"
        r"|\be-?mail\w*\b[^.;!?]*\b(?:present|gift(?! ?(?:card|vouch))"
        r"|(?<!buono )(?<!buoni )regal\w+)\b",
        "buono", "voucher", names_it=True,
    ),
    _need(
        r"\b(?:without|no)\s*(?:a |any |real |naked |open )*(?:fire|flames?)\b"
        r"|\bflameless\b|\b(?:senza|niente|nessuna|no)\s+(?:fuoco|fiamm\w+|accend\w+)"
        r"|\bprofum\w+ (?:la casa |l['’]ambiente |la stanza )?da sol[oa]\b",
        "diffusore", "diffuser", names_it=True,
    ),
    _need(r"\bmoths?\b|\btarm[ae]\b|\btarme\b", "tarme", "moths", names_it=True),
    _need(
        rf"\b(?:scan|skim|clon|steal|read|copy|copi|legg|rub)\w*\b[^.;!?]{{0,20}}\b{_CARDS}\b[^.;!?]*"
        r"|\b(?:contactless|rfid)\b",
        "RFID", "RFID",
    ),
    _need(
        r"\bpick ?pocket\w*|\bthie(?:f|ves)\b|\banti[- ]?(?:theft|furto)\b|\bborseggi\w+"
        r"|\bladr[oi]\b|\b(?:can['’]?t|cannot|nobody|no one|without)\b[^.;!?]{0,20}\bunzip\w*",
        "antifurto", "anti theft",
    ),
    _need(
        r"\b(?:use|using|text\w*|typ\w+|tap\w*|swip\w+|scroll\w*|usare|usi|scriv\w+"
        r"|rispond\w+|tocc\w+)\b"
        rf"[^.;!?]{{0,25}}\b{_PHONE}\b[^.;!?]*\b(?:taking|take|tak\w+ \w+ off|remov\w+|glove\w*"
        r"|them on"
        r"|toglier\w*|levar\w*|sfilar\w*|guant\w+)",
        "guanti touchscreen", "touchscreen gloves", names_it=True,
    ),
    _need(
        rf"\b{_PHONE}\b[^.;!?]{{0,30}}\b(?:neck|collo|tracolla)\b|\b(?:tenerlo|portarlo|appenderlo|appeso)"
        r"\b[^.;!?]{0,10}\bal collo\b",
        "porta telefono", "phone pouch", names_it=True,
    ),
    _need(
        rf"\b(?:neck|collo)\b[^.;!?]{{0,20}}\b{_COLD}|\b{_COLD}[^.;!?]{{0,12}}\b(?:neck|collo)\b",
        "scaldacollo", "neck warmer", names_it=True,
    ),
    _need(
        rf"\b(?:feet|piedi)\b[^.;!?]{{0,20}}\b{_COLD}|\b{_COLD}[^.;!?]{{0,14}}\b(?:feet|piedi)\b",
        "pantofole", "slippers", names_it=True,
    ),
    _need(
        r"\b(?:without|no|free (?:of|from)|allerg\w+ (?:to|al)|senza|niente)\s+"
        r"(?:il )?ni(?:ckel|chel|kel)"
        r"|\bni(?:ckel|chel|kel)[- ]free\b",
        "senza nichel", "nickel free",
    ),
    _need(
        r"\bunder (?:the|an?)(?: \w+)? seat\b|\b(?:sotto|under) (?:il|al) sedile\b|\bunderseat\b",
        "sedile", "seat",
    ),
    _need(
        r"\bcli(?:ck|c)[- ]?cla(?:ck|c)\b|\bclicks? (?:shut|closed)\b|\bkiss[- ]?lock\b"
        r"|\bchiusura a scatto\b|\bfa clic\b",
        "clic", "kiss lock",
    ),
    _need(
        r"\b(?:one|single)[- ]hand(?:ed)?\b|\b(?:una|1) (?:sola )?mano(?: sola)?\b"
        r"|\bopens? (?:it )?(?:quick|fast)\w*",
        "una mano", "one hand",
    ),
)  # fmt: skip


def needed(text: str) -> Need | None:
    """Return what a message needs a thing for, None where it tells no such need."""
    return next((need for need in NEEDS if need.said.search(text)), None)
