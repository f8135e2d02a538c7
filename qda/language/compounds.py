"""Taking Norwegian compounds apart: styringsdialogen into styring and dialogen.

A part is a word of the lists; between parts an s or an e may link. Particles and endings that
look like words are no parts: oppfølging is no opp and følging, partnerskap no partner and skap.
"""

from dataclasses import dataclass

from qda.language import word_lists
from qda.language.lexicon import BEGINNING, Lexicon
from qda.model.entities import Language

MOST_LETTERS = 60
"""Longer words are not taken apart: nobody wrote them."""
SHORTEST = 6

_PARTICLES_WORDS = """
an at av be bi bort bak der etter for for- forbi fra fram frem før gjen gjennom hen her hjem hit
igjen imot inn inne med mis mot ned når om opp oppe over på sam samt til u under unna unn ut ute
utover van ved vekk vidare videre ikke ikkje som men enn eller også der den det dei dem min din
sin vår hvor kvar hva kva alle alt ingen noe noko meir mer mest kan har har var ville skal vil ta
går står sett gitt sitt ditt mitt mine dine sine våre denne dette desse disse hans hun hennes være
vere blir bli ble vart ende ande else aden ante ener ener enes isk ning ling sjon asjon ment enti
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_TAKES_S = ("ing", "het", "heit", "skap", "sjon", "tet", "dom", "nad", "else", "tiltak", "vedtak")
"""First halves that end so are always followed by an s."""
_BEFORE_E_WORDS = """
barn jul hest hund ulv bjørn sau natt mus gutt folk gud fest land lus seng kirke gjest mann prest
"""
_BEFORE_E = frozenset(_BEFORE_E_WORDS.split())
"""First halves that an e may follow."""
_PART, _SHORT, _SHORTER, _LINK_S, _LINK_E = 1.0, 0.25, 0.5, 0.05, 0.45
_NO_WAY = 1e9
_AS_GOOD = 0.3


@dataclass(frozen=True, slots=True)
class Split:
    """A word in two: where the head begins, and the first half without its link."""

    left: str
    head: str


class Compounds:
    """Splits of words in one language, remembered."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        """Ask `lexicon` what is a word."""
        self._lexicon = lexicon
        self._language: Language = language
        self._known: dict[str, tuple[Split, ...]] = {}
        self._first_words = lexicon.lemmas(language)
        self._beginnings = lexicon.beginnings(language)

    def split(self, word: str) -> Split | None:
        """Return the best split of a word into a first half and a head, None where there is none.

        Both halves may be compounds again.
        """
        found = self.splits(word)
        return found[0] if found else None

    def splits(self, word: str) -> tuple[Split, ...]:
        """Return the splits of a word that are about as good as the best one, best first."""
        if word not in self._known:
            self._known[word] = self._best(word)
        return self._known[word]

    def parts(self, word: str) -> tuple[str, ...]:
        """Return all parts at every level: first halves as words, heads as they are inflected."""
        found: dict[str, None] = {}
        self._collect(word, found)
        return tuple(found)

    def _collect(self, word: str, found: dict[str, None]) -> None:
        split = self.split(word)
        if split is None:
            return
        for part in (split.left, split.head):
            found[part] = None
            self._collect(part, found)

    # ---------------------------------------------------------------------------- searching

    def _best(self, word: str) -> tuple[Split, ...]:
        if not SHORTEST <= len(word) <= MOST_LETTERS or not word.isalpha():
            return ()
        lemmas = self._lexicon.readings(word, self._language)
        if any(self._is_whole(one) for one in (word, *lemmas)):
            return ()
        found: list[tuple[float, int, Split]] = []
        known, beginnings = self._first_words, self._beginnings
        first = next((at for at in range(2, len(word) - 2) if word[:at] in known), len(word))
        for at in range(first, len(word) - 2):
            head = word[at:]
            if head[:BEGINNING] not in beginnings:
                continue
            cost_of_head = self._head_cost(head)
            if cost_of_head >= _NO_WAY:
                continue
            for left, link in self._lefts(word[:at]):
                if lemmas and not self._agrees(word[:at], head, lemmas):
                    continue
                if not link and head[0] == "s" and left.endswith(_TAKES_S):
                    continue
                cost = cost_of_head + link + self._left_cost(left)
                if cost < _NO_WAY:
                    found.append((cost, at, Split(left, head)))
        # Among equals the longer head: arbeids|evnevurdering says more than two halves.
        found.sort(key=lambda one: one[:2])
        return tuple(one for cost, _, one in found if cost <= found[0][0] + _AS_GOOD)

    def _is_whole(self, word: str) -> bool:
        """Tell whether a word is not to be taken apart: it is listed so, or made of a verb."""
        if word in word_lists.atoms():
            return True
        return word.endswith("ering") and self._lexicon.is_lemma(word[:-3] + "e", self._language)

    def _agrees(self, first: str, head: str, lemmas: tuple[str, ...]) -> bool:
        """Tell whether a known word is a form of what its halves make."""
        heads = self._lexicon.readings(head, self._language)
        if self._lexicon.is_lemma(head, self._language):
            heads = (*heads, head)
        return any(first + one in lemmas for one in heads)

    def _lefts(self, text: str) -> list[tuple[str, float]]:
        """Return what the first half may be, with the price of the link after it."""
        found = [(text, 0.0)]
        if len(text) > 3 and text[-1] == "s" and text[-2] != "s":
            found.append((text[:-1], _LINK_S))
        if text[-1] == "e" and text[:-1] in _BEFORE_E:
            found.append((text[:-1], _LINK_E))
        return found

    def _left_cost(self, word: str) -> float:
        """Return what it costs to take `word` for a first half."""
        if word in _PARTICLES or word in word_lists.not_first() or not self._long_enough(word):
            return _NO_WAY
        if self._lexicon.is_lemma(word, self._language):
            return _price(word)
        inner = self.split(word) if len(word) >= SHORTEST else None
        if inner is None or not self._lexicon.is_lemma(inner.head, self._language):
            return _NO_WAY
        return self._left_cost(inner.left) + _price(inner.head)

    def _head_cost(self, word: str) -> float:
        """Return what it costs to take `word`, in whatever form, for a head."""
        if word in _PARTICLES or word in word_lists.not_last() or not self._long_enough(word):
            return _NO_WAY
        return _price(word) if self._lexicon.is_known(word, self._language) else _NO_WAY

    def _long_enough(self, word: str) -> bool:
        return len(word) > 3 or word in word_lists.short_parts()


def _price(word: str) -> float:
    if len(word) > 4:
        return _PART
    return _PART + (_SHORT if len(word) == 4 else _SHORTER)
