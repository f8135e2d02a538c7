"""Sentences of a stretch of text by rule: the one engine, for selecting and for language work.

Norwegian and English abbreviations, ordinals and numbers do not end a sentence; a line end does
not where the next line goes on in lower case. Talk written without capitals ends its sentences at
every full stop.
"""

import re
from bisect import bisect_right

_END = re.compile(r"(?:[.!?…]+|\.\.\.)[\"'”’»)\]]*(?=\s|$)|[\n\u2028\u2029]\s*")

# A name or a number follows these, so that a capital after them begins nothing.
_LEADING_WORDS = """
adm adr ang approx arb art.nr ass avd avs avsn bd bl.a bla bnr ca cand cf chr d.v.s dept dr dvs
e.g e-post ekskl eks etg ev evt f.eks f.o.m feks fhv fom fr.a frk fylkesdir gj.snitt gnr grl gt
hhv hr i.e i.f.m i.f.t i.h.t ifb ifm ift iht ill innst inkl int istf jf jfr jmf jnr jr.nr kap kgl
kl kst kto.nr lok m.a m.a.o m.h.t m.o.t maks mao meld mht mr mrs mvh nr org.nr ot.prp p.g.a p.t
pga pkt pr prof prop pst.nr ref rskr rt siv.ing siv.øk sml spm sr.nr st st.meld st.prp t.d t.eks
t.h t.o.m t.v tlf tlf.nr vedk vedl vedr vg vha vs
"""
_LEADING = frozenset(_LEADING_WORDS.split())
# These can stand last: a capital after them begins the next sentence.
_TRAILING_WORDS = """
a.m a/s art aug apr co d.e d.å des dir dl e.kr e.l el el.l etc feb f.kr ff fig fl forts fre fr
inc ibid jan jr juli jul jun komm kr lign ltd lør m.fl m.m m.v man mar max mfl mill min mm mnd
mrd ms mv nov o.a o.fl o.l o.s.v obs okt ol ons osb osv p.m prov red s sek sen sep sept sign sst stk
str søn t tab tirs tir tors tom u u.å ukj utg v vol ø årg årh
"""
_TRAILING = frozenset(_TRAILING_WORDS.split())
ABBREVIATIONS = frozenset(one.replace(".", "") for one in _LEADING | _TRAILING)
"""What is written with a full stop, without it, in lower case."""
_SECTION = re.compile(r"[a-zæøå]*[bcdfghjkmnpqrstvwxz]l|sotjl|hol|nal|forskr|f?vl|tvl")
"""What laws are shortened to: ftrl. § 11."""
_TITLED = re.compile(r"(?i)\b(?:adm|ass|avd|vise)\.?\s*dir$")
_WORD_BEFORE = re.compile(r"[\w.§/-]+$")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_ORDINAL_BEFORE = re.compile(r"(?<!\d)\d{1,2}\. ?$")
_LIST_NUMBER = re.compile(r"[\s(]*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,4})")


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
    return end > 0 and text[end - 1] in '.!?…»”")]'


def _cuts(text: str, start: int, stop: int) -> list[int]:
    """Return where sentences end."""
    sure: list[int] = []
    doubtful: list[int] = []
    capitals = False
    begin = start
    for hit in _END.finditer(text, start, stop):
        following = _following(text, hit.end(), stop)
        goes_on = following.islower()
        if hit.group().isspace():
            ends = _line_ends(text, hit.start(), following)
        else:
            ends = _mark_ends(text, hit, begin, following)
            capitals = capitals or (ends and following.isupper())
        if not ends:
            continue
        if goes_on:
            doubtful.append(hit.end())
        else:
            sure.append(hit.end())
            begin = hit.end()
    if doubtful and not capitals and _following(text, start, stop).islower():
        return sorted(sure + doubtful)
    return sure


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
    mark = hit.group()
    if mark[0] != "." or mark.startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(begin, hit.start() - 24), hit.start())
    word = before.group() if before is not None else ""
    folded = word.lower().lstrip('(«"/')
    if _NUMBER.fullmatch(word):
        # An ordinal or a date goes on in lower case ("den 3. mars"), a list's number in capitals.
        listed = _LIST_NUMBER.fullmatch(text, begin, hit.start()) is not None
        return not (following.islower() or listed)
    if folded in _LEADING or folded.rpartition("-")[2] in _LEADING:
        return not following or _is_counted(text, hit.start() - len(word), following)
    numbered = folded.endswith("nr") and following.isdigit()  # kundenr. 12
    if numbered or (following == "§" and _SECTION.fullmatch(folded)):
        return False
    if _TITLED.search(text, max(begin, hit.start() - 24), hit.start()):
        return not following
    initial = len(word) == 1 and word.isupper() and following.isupper()
    if folded in _TRAILING and not initial:
        return not (following.islower() or following.isdigit())
    # "Per A. Berg" and "s. 4": an initial, an abbreviation.
    single = len(word) == 1 and word.isalpha()
    return not (single and (following.isdigit() or (word.isupper() and following.isupper())))


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
