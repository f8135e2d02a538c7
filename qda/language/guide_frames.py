"""How interviewers speak: what opens and ends an interview, goes on about an answer, or turns.

These say nothing of what is asked about, and much of whether a guide's question is asked at all: a
guide asks how things are, in the present; what is asked about an episode is of that interview.
"""

import re
from itertools import pairwise
from typing import Literal

Frame = Literal["closing", "opening", "follows", "past", "that", "if", "why", "how", "turns"]

SAME: frozenset[Frame] = frozenset(("closing", "opening"))
"""Frames by which two questions are the same, whatever their words."""

_WAYS: dict[Frame, tuple[str, ...]] = {
    "closing": (
        r"\blegg?j?e til\b", r"\btilføye\b", r"\bta opp\b", r"\b(?:vært|vore) inne på\b",
        r"\b(?:burde|skulle) (?:jeg |eg )?(?:ha )?spu?rt\b", r"\bbør (?:vite|spørj?e)\b",
        r"\b(?:glemt|gløymt) (?:noe|noko|å spørj?e)\b",
        r"\bikkj?e (?:har |hatt )?(?:fått )?(?:snakk|prat)(?:et|a) om\b",
        r"\b(?:noe|noko) (?:mer|meir|annet|anna) (?:som )?(?:du|vi|de|dere)\b",
        r"\b(?:noe|noko)(?: annet| anna)? (?:som )?du vil (?:si|seie|ta med|ha med)\b",
        r"\bvar det (?:noe mer|noko meir)\b",
        r"\banything (?:else|to add)\b", r"\b(?:like|want) to add\b", r"\bshould have asked\b",
    ),
    "opening": (
        r"\bom deg(?: sj?(?:elv|øl|ølv))?\b", r"\b(?:hvem|kven) du er\b", r"\bbakgrunn(?:en)?\b",
        r"\b(?:hvor|kor) lenge\b.*\b(?:vært|vore|jobb|arbeid|holdt på|halde på)",
        r"\b(?:vei|veg)en (?:din )?(?:hit|inn|til)\b",
        r"\b(?:hvordan|korleis)\b.{0,20}\b(?:havn(?:et|a)|hamna|endte|enda)\b",
        r"\b(?:hvordan|korleis) (?:begynte|byrja|starta|startet) (?:det|du|dette)\b",
        r"\b(?:hvordan|korleis) (?:ble|blei|vart|kom) du (?:med|hit|inn|til)\b",
        r"\babout yourself\b", r"\byour background\b", r"\bhow long have you\b",
    ),
    "follows": (
        r"\b(?:sa|svarte|svara|gjorde|skjedde|hendte) [^\W_]+(?: (?:til|om|av|det|den|da|då))*\W*$",
        r"\b(?:sa|svar(?:te|a)|gjorde|tenkte) (?:du|dere|de|dei|han|hun|ho)\b",
        r"^\W*så (?:du|dere|de|dei|det|da|då)\b",
        r"\b(?:si|seie|fortelle?|fortelje) (?:litt|noe|noko) (?:mer|meir)\b",
        r"\bdid (?:you|they|he|she) (?:say|do|answer)\b",
        r"\b(?:tell me|say) (?:a bit |some)?more\b",
    ),
    "past": (
        r"\b(?:var|ble|blei|vart|gjorde|sa|fikk|fekk|tok|kom|gikk|gjekk|hadde|satt|ga|gav)\b",
        r"\b(?:skjedde|tenkte|svarte|visste|måtte|begynte|byrja|bestemte|brukte)\b",
        r"\b(?:was|were|did|had)\b",
        r"\b[^\W_]{2,}(?:te|dde|et|a)\s+(?:du|dere|de|dei|han|hun|ho|det)\b",
    ),
    "that": (r"\b(?:den|det|de|dei|denne|dette|disse|desse) [^\W_]{2,}(?:en|et|a|ene|ane)\b",),
    "if": (r"\b(?:hvis|viss|dersom|om) (?:du|dere|de|eg|jeg)\b", r"\bif you\b"),
    "why": (r"\b(?:hvorfor|kvifor|hvem|kven|why|who)\b", r"\bnår var\b"),
    "how": (r"\b(?:hvordan|korleis|how)\b",),
    "turns": (
        r"^\W*(?:(?:og|men|ja|så|ok|mm) )*(?:hva|kva) med\b", r"^\W*og [^\W_]+(?:, d[aå])?\W*$",
        r"\bover til\b", r"\bgår over\b", r"\bgå (?:videre|vidare)\b", r"\blyst til å spørj?e\b",
        r"\bneste (?:spørsmål|tema)\b", r"\bvi (?:går|snakke[rt]|snakkar|begynner|byrjar)\b",
        r"\b(?:la|lat) oss\b",
        r"\b(?:ellers|elles|vanligvis|vanlegvis|pleier|plar|generelt|som regel|til vanlig)\b",
        r"\bwhat about\b", r"\bmoving on\b", r"\bturn to\b", r"\b(?:usually|in general)\b",
    ),
}  # fmt: skip
_FRAMES: tuple[tuple[Frame, re.Pattern[str]], ...] = tuple(
    (frame, re.compile("|".join(ways), re.IGNORECASE)) for frame, ways in _WAYS.items()
)
_ASKS = re.compile(
    r"\?|^\W*(?:fortell|fortel|beskriv|skildr|forklar|tell|describe|explain)\b|\bta meg\b"
    r"|\b(?:vil|ville) gjerne\b|\blyst til å\b|\b(?:like|want) to (?:hear|ask|know)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:,\s+(?:og|men|samt|særlig|and|but)?\s*|\s(?:og|men|and)\s+)"
    r"(?=(?:(?:på|i|med|til|av|om|for|fra|frå|with|by|of|in)\s+)?"
    r"(?:hva|hvem|hvor|hvordan|hvorfor|hvilke[nt]?|når|kva|kven|kor|korleis|kvifor|korfor"
    r"|what|who|how|why|when|where|which)\b)"
    r"|,\s+(?:og|men|and)\s+(?=(?:er|har|får|kan|blir|vert|går|merker|merkar|finnes|finst"
    r"|gjør|gjer|bruker|brukar|is|are|do|does|have|has|can)\s)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^\W*(?:spørsmål|spm\.?|question|q)\s*(?:nr\.?|nummer|number|no\.?)?\s*(\d+(?:\.\d+)*)",
    re.IGNORECASE,
)
_INSTRUCTS = re.compile(
    r"^\W*(?:be om|la|lat|spør om et|husk|hugs|nb|vis|gi tid|gje tid|ask for|remember|let)\b",
    re.IGNORECASE,
)


def frames_of(text: str) -> frozenset[Frame]:
    """Return how a sentence is said."""
    return frozenset(frame for frame, pattern in _FRAMES if pattern.search(text))


def asks(text: str) -> bool:
    """Tell whether a sentence asks, and does not state."""
    return bool(_ASKS.search(text))


def clauses(text: str) -> list[str]:
    """Return the parts of a sentence that ask one thing after another, the sentence if it does not.

    A part begins after a comma or "og" with a word that asks, or with a verb that comes first.
    """
    begins = [0, *(match.end() for match in _GOES_ON.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(begins)]


def named_number(text: str) -> str:
    """Return the number of the question that a turn names, or nothing."""
    found = _NAMED.match(text)
    return found[1] if found else ""


def instructs(probe: str) -> bool:
    """Tell whether a probe tells the interviewer what to do, and not what to ask about."""
    return bool(_INSTRUCTS.match(probe))
