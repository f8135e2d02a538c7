"""Sentences of a stretch of text by rule: quick, without a language model, for selecting."""

import re

_END = re.compile(r"(?:[.!?…]+|\.\.\.)[\"'”’»)\]]*(?=\s|$)|\n+|[\u2028\u2029]")
_SHORTENED = """
adr art avd bl bla blant bnr ca dvs d.v.s dir div dr d.e d.å eks ekskl el e.l e.kr etc etg ev evt
f.eks f.kr f.o.m feks ff fig forts fr frk gnr hhv hr iht inkl istf jf jfr jnr kap kgl kl komm kr kst
lign ltd m.a m.a.o m.fl m.h.t m.m m.v max maks mht min mill mnd moh mr mrd mv n nr o.a o.l o.s.v obs
off osv p p.g.a p.t pga pkt prof pst red ref s s.k sst sen st str t.d t.d.d t.o.m tab tel tilsv tlf
tom u u.å utg vedk vha vol vs v årg årh e.g i.e approx mrs ms
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_WORD_BEFORE = re.compile(r"[\w.]+$")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as half-open offsets without white space around."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for hit in _END.finditer(text, start, stop):
        if not _ends_here(text, hit, stop):
            continue
        _keep(text, begin, hit.end(), found)
        begin = hit.end()
    _keep(text, begin, stop, found)
    return found


def sentence_at(text: str, offset: int, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Return the sentence of `text[start:end]` at `offset`, or an empty stretch there.

    White space after a sentence belongs to it.
    """
    best = (offset, offset)
    for sentence in sentences(text, start, end):
        if sentence[0] <= offset or best[0] == best[1]:
            best = sentence
        if sentence[1] > offset:
            break
    return best


def _ends_here(text: str, hit: re.Match[str], stop: int) -> bool:
    mark = hit.group()
    if mark[0] in "\n\u2028\u2029":
        return True
    following = text[hit.end() : stop].lstrip(" \t\u00a0")[:1] if hit.end() < stop else ""
    if mark[0] == "." and len(mark) == 1:
        before = _WORD_BEFORE.search(text, max(0, hit.start() - 24), hit.start())
        word = before.group().lower() if before else ""
        # An ordinal or a date goes on in lower case: "den 3. mars".
        if word in _ABBREVIATIONS or (word.isdigit() and following.islower()):
            return False
        if len(word) == 1 and word.isalpha() and following.isupper():
            return False
    # Hesitation goes on in lower case: "Ja, eller … litt".
    return not (following.islower() and (mark[0] in ".…"))


def _keep(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
