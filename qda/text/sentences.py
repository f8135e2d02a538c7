"""Sentences of a stretch of text by rule: the one engine, for selecting and for language work.

Norwegian and English abbreviations, ordinals and numbers do not end a sentence; a line end does
not where the next line goes on in lower case. Talk written without capitals ends its sentences at
every full stop.
"""

import re
from bisect import bisect_right

from qda.text.sentence_words import (
    BEGINNINGS,
    LAW,
    LEADING,
    LETTERED,
    NOUNS,
    TITLE,
    TITLE_ENDS,
    TRAILING,
    UNIT,
)

# A mark with what closes after it and the number of a note, or the end of a line.
_END = re.compile(
    r"[.!?…\n\u2028\u2029](?:(?<=[\n\u2028\u2029])\s*|(?<=[.!?…])[.!?…]*(?: \.)*"
    r"[\"'”’“»›)\]]*[⁰¹²³⁴-⁹]*(?:\[\d+\])?(?=\s|$))"
)
_KNOWN = LEADING | TRAILING
_TITLED = re.compile(r"(?i)\b(?:adm|ass|avd|vise)\.?\s*dir$")
_WORD_BEFORE = re.compile(r"[\w.§/-]+$")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_ORDINAL_BEFORE = re.compile(r"(?<!\d)\d{1,2}\. ?$")
_LIST_NUMBER = re.compile(r"[\s(]*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,4}|[A-HJ-Za-hj-z])")
_LIST_LETTER = re.compile(r"(?:[a-zæøå]|[ivx]{2,4})\)\s|[a-hj-zæø]\.\s")
_SPACED = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,2}\. ){1,3}$")
"""What stands before the last part of an abbreviation with spaces in it: bl. a."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_NAMED_BY_LETTER = re.compile(
    r"(?:([^\W\d_]{3,})|\b[A-ZÆØÅ],? ?(?:og|eller|and|or|til|to|[–/,-])|[\d°]) ?$"
)
_OPENING = re.compile(r"[\s(\[«“\"'–—-]*")
_BRACKETED_SENTENCE = re.compile(r"\s*[(\[][^\Wa-zæøå][^()\[\]]{0,400}[.!?…][)\]]")
_MONTH = re.compile(
    r"(?:Januar|Februar|Mars|April|Mai|Juni|Juli|August|(?:Sept|Nov|Des)ember|Oktober)\b"
)
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+)(?![\w.,:;)–-])\s*(\w*)")
_ADDRESS = re.compile(r"https?:|www\.|[\w.-]+@|[\w-]+\.(?:no|com|org|net)\b|[a-z][A-Z]")
"""What begins in lower case where a sentence begins too."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as half-open offsets without white space around."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(text, start, stop):
        _keep(text, begin, cut, found)
        begin = cut
    _keep(text, begin, stop, found)
    return found


def sentence_at(text: str, offset: int, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Return the sentence of `text[start:end]` at `offset`, or an empty stretch there.

    White space after a sentence belongs to it.
    """
    found = sentences(text, start, end)
    if not found:
        return offset, offset
    return found[max(0, bisect_right(found, (offset, len(text))) - 1)]


def ends_for_good(text: str, end: int) -> bool:
    """Tell whether the sentence that ends at `end` says so by a mark, not by its line end alone."""
    return end > 0 and text[end - 1] in '.!?…»”“›")]⁰¹²³⁴⁵⁶⁷⁸⁹'


def _cuts(text: str, start: int, stop: int) -> list[int]:
    """Return where sentences end."""
    sure: list[int] = []
    doubtful: list[int] = []
    capitals = spoken = False
    begin = start
    for hit in _END.finditer(text, start, stop):
        following = _following(text, hit.end(), stop)
        goes_on = following.islower()
        if hit.group().isspace():
            goes_on = goes_on and _LIST_LETTER.match(text, hit.end()) is None
            ends = _line_ends(text, hit.start(), following)
        else:
            ends = _mark_ends(text, hit, begin, following)
            capitals = capitals or (ends and following.isupper())
        if not ends:
            continue
        if goes_on and not _begins(_ADDRESS, text, hit.end()):
            doubtful.append(hit.end())
            spoken = spoken or _is_full_word(text, hit)
        else:
            sure.append(hit.end())
            begin = hit.end()
    if capitals or not doubtful:
        return sure
    if _following(text, start, stop).islower():
        return sorted(sure + doubtful)
    if spoken:
        return sorted(sure + [cut for cut in doubtful if not text[cut - 1].isspace()])
    return sure


def _is_full_word(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a full stop follows a whole word: what is shortened ends in a consonant."""
    if hit.group() != "." or text[hit.start() - 1] not in "aeiouyæøå":
        return False
    return text[max(0, hit.start() - 4) : hit.start()].isalpha()


def _following(text: str, at: int, stop: int) -> str:
    """Return the first character at or after `at` that is no white space, empty at the end."""
    while at < stop and text[at].isspace():
        at += 1
    return text[at] if at < stop else ""


def _line_ends(text: str, at: int, following: str) -> bool:
    """Tell whether the end of a line may end a sentence."""
    while at > 0 and text[at - 1] in " \t\u00a0":
        at -= 1
    if at > 1 and text[at - 1] in "-\u2010\u00ad" and text[at - 2].isalpha():
        return not following.isalpha()
    return True


def _mark_ends(text: str, hit: re.Match[str], begin: int, following: str) -> bool:
    """Tell whether a mark may end a sentence; in lower case after it that is in doubt."""
    mark, at = hit.group(), hit.start()
    if mark[-1] in ")]" and at > begin and text[at - 1] in "([":
        # "Berg (?) sa det"; what is left out, "[…]", may be the rest of a sentence.
        return mark[0] in ".…" and _has_words(text, begin, at - 1)
    if mark[0] != "." or mark.startswith(("..", ". .")):
        return _has_words(text, begin, at)
    near = max(begin, at - 24)
    before = _WORD_BEFORE.search(text, max(near, text.rfind(" ", near, at)), at)
    word = before.group() if before is not None else ""
    if at - begin < 16 and _LIST_NUMBER.fullmatch(text, begin, at) is not None:
        return False
    if _NUMBER.fullmatch(word):
        return not _number_goes_on(text, word, at - len(word), hit.end(), following)
    if word and following:
        return not _abbreviation_goes_on(text, begin, at, word, hit.end(), following)
    return True


def _has_words(text: str, begin: int, end: int) -> bool:
    """Tell whether anything but marks stands between two places."""
    return end > begin and (
        text[end - 1].isalnum() or any(text[at].isalnum() for at in range(begin, end))
    )


def _number_goes_on(text: str, number: str, at: int, end: int, following: str) -> bool:
    """Tell whether a number before a full stop is an ordinal or a date: den 3. mars, 17. – 19."""
    if following.islower():
        # No ordinals are times and years, which talk without capitals may end with.
        return not (number.isdigit() and (len(number) > 2 or _is_time(text, at)))
    if len(number) > 2:
        return False
    inner = _inner(text, end)
    dashed = following in "–—-" and inner.isdigit()
    return dashed or (following in "([«" and inner.islower()) or _begins(_MONTH, text, end)


def _is_time(text: str, at: int) -> bool:
    return text[max(0, at - 4) : at].lower() in ("kl. ", " kl ")


def _inner(text: str, at: int) -> str:
    """Return the first character behind brackets, quotes and dashes, empty at the end."""
    opening = _OPENING.match(text, at)
    return text[opening.end() : opening.end() + 1] if opening is not None else ""


def _begins(pattern: re.Pattern[str], text: str, at: int) -> bool:
    """Tell whether what follows white space at `at` is of a pattern."""
    while at < len(text) and text[at].isspace():
        at += 1
    return pattern.match(text, at) is not None


def _new_begins(text: str, at: int) -> bool:
    """Tell whether the word behind white space begins a sentence and is no name: Han, De unge."""
    word = _NEXT_WORD.match(text, at)
    if word is None:
        return False
    folded = word.group(1).lower()
    if folded == "i":
        return word.group(2) not in ("og", "eller", "and", "or")  # kap. I og II
    return folded in BEGINNINGS or (folded in ("de", "da") and word.group(2)[:1].islower())


def _abbreviation_goes_on(
    text: str, begin: int, at: int, word: str, end: int, following: str
) -> bool:
    """Tell whether a word before a full stop is an abbreviation with more behind it."""
    folded = word.lower()
    plain = following.isupper() and len(word) > 1 and word.isalpha() and folded not in _KNOWN
    titled = folded.endswith(TITLE_ENDS)
    if plain and not titled and (len(word) > 4 or text[max(begin, at - len(word) - 2)] != "."):
        return False
    folded = _whole(text, begin, at - len(word), folded)
    last = folded.replace("/", "-").rpartition("-")[2]
    titled = (titled and len(word) > 3) or _TITLED.search(text, max(begin, at - 24), at) is not None
    if titled or TITLE.fullmatch(word):
        return not _new_begins(text, end)
    if folded not in TRAILING and (folded in LEADING or last in LEADING):
        return not _leading_ends(text, at - len(word), word, last, end, following)
    if _is_numbered(word, folded, following):
        return True
    if (
        (following.isupper() or following in "(&")
        and word[-1].isupper()
        and _INITIALS.fullmatch(word)
    ):
        return _is_initial(text, begin, at - len(word), word, end)
    if folded in TRAILING:
        # "Sign. Moe"; a month or a name may be an answer by itself.
        alone = following.isupper() and folded not in ("jul", "juli", "tom")
        first = alone and not _has_words(text, begin, at - len(word))
        return _small_goes_on(text, end, following) or (first and not _new_begins(text, end))
    return following.isdigit() and _is_letter_before_number(text, begin, at, word)


def _leading_ends(text: str, at: int, word: str, last: str, end: int, following: str) -> bool:
    """Tell whether an abbreviation that mostly leads stands last: Oppgi adr. Vi svarer."""
    capitals = word.isupper() and len(word) > 1
    if capitals and text[end : end + 3].strip().istitle():
        return True  # we do PR. Kari, and not DR. HANSEN
    if (last in NOUNS or capitals) and _new_begins(text, end):
        return True
    return _is_counted(text, at, following)


def _is_numbered(word: str, folded: str, following: str) -> bool:
    """Tell whether a number or a section belongs to a word: kundenr. 12, No. 5, ftrl. § 11."""
    if following == "§":
        return LAW.fullmatch(folded) is not None
    return following.isdigit() and (folded.endswith("nr") or word == "No")


def _small_goes_on(text: str, end: int, following: str) -> bool:
    """Tell whether an abbreviation that may stand last has more behind it: osv. (jf. § 3)."""
    if following in "([":
        return _BRACKETED_SENTENCE.match(text, end) is None
    if following in "«“–—-":
        return _inner(text, end).islower()
    if following.isupper():
        return _begins(UNIT, text, end)
    return following.islower() or following.isdigit() or following in "&+/="


def _whole(text: str, begin: int, at: int, last: str) -> str:
    """Return an abbreviation written with spaces, bl. a., as one; `last` stands at `at`."""
    if len(last) > 4 or at < begin + 3 or text[at - 2] != ".":
        return last
    first = _SPACED.search(text, max(begin, at - 12), at)
    whole = first.group().replace(" ", "").lower() + last if first is not None else last
    return whole if whole in LEADING or whole in TRAILING else last


def _is_initial(text: str, begin: int, at: int, word: str, end: int) -> bool:
    """Tell whether capitals with full stops begin a name: Per A. Berg, not vitamin C. Det."""
    if _new_begins(text, end) or _BRACKETED_SENTENCE.match(text, end) is not None:
        return False
    return len(word) > 1 or not _is_named_by_letter(text, begin, at)


def _is_named_by_letter(text: str, begin: int, at: int) -> bool:
    """Tell whether the letter at `at` tells things apart or is a unit: gruppe B, 4 °C."""
    before = _NAMED_BY_LETTER.search(text, max(begin, at - 24), at)
    if before is None:
        return False
    return before.group(1) is None or LETTERED.fullmatch(before.group(1)) is not None


def _is_letter_before_number(text: str, begin: int, at: int, word: str) -> bool:
    """Tell whether a letter is short for what is numbered, as in s. 4."""
    if len(word) != 1 or not word.isalpha() or word in "iå":
        return False
    return not (word.isupper() and _is_named_by_letter(text, begin, at - 1))


def _is_counted(text: str, at: int, following: str) -> bool:
    """Tell whether an ordinal before an abbreviation makes it the last word: 2. avd. Der er vi."""
    return following.isupper() and _ORDINAL_BEFORE.search(text, max(0, at - 6), at) is not None


def _keep(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
