"""The language of searches: words, phrases, NEAR, AND, OR, NOT, parentheses.

    query := all ((OR | ELLER) all)*
    all   := near ([AND | OG] [NOT | IKKE] near)*      words side by side are a phrase, not an all
    near  := row ((NEAR | NÆR)[/n] row)*
    row   := item item*
    item  := word | "exact words" | pre*fix | ~part | code:name | ( query )

Operators are in capitals: written small they are words to look for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qda.language.forms import form_of
from qda.model.errors import BadQuery
from qda.model.messages import message

NEAR_WORDS = 5
MOST_NEAR = 1_000
_MOST_DEPTH = 50
_MOST_TOKENS = 400
_TOKEN = re.compile(
    r'\s*(?:(?P<quote>["“”«])(?P<quoted>[^"“”»]*)(?P<closing>["“”»]?)'
    r"|(?P<open>\()|(?P<close>\))"
    r'|(?P<code>(?:code|kode):(?:"[^"]*"|[^\s()"]+))'
    r'|(?P<word>[^\s()"“”«»]+)|(?P<stray>»))'
)
_NEAR = re.compile(r"(?:NEAR|NÆR)(?:/(?P<count>\d+))?")
_OPERATORS = {"AND": "and", "OG": "and", "OR": "or", "ELLER": "or", "NOT": "not", "IKKE": "not"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its form, found by its keys or as it is; `*` and `?` stand for letters."""

    form: str
    exact: bool = False

    @property
    def pattern(self) -> bool:
        """Tell whether letters are left open."""
        return "*" in self.form or "?" in self.form


@dataclass(frozen=True, slots=True)
class Part:
    """A word as part of a compound, or by itself."""

    form: str


@dataclass(frozen=True, slots=True)
class CodeWords:
    """The keywords of a code."""

    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """Items one after the other; those that are no single words are alternatives of such."""

    items: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most `words` words from one to the other."""

    left: "Query"
    right: "Query"
    words: int


@dataclass(frozen=True, slots=True)
class Both:
    """Two things in the same turn (sentence, document)."""

    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class Without:
    """One thing where the other is not in the same turn (sentence, document)."""

    left: "Query"
    right: "Query"


@dataclass(frozen=True, slots=True)
class Either:
    """One thing or another."""

    options: "tuple[Query, ...]"


Query = Word | Part | CodeWords | Row | Near | Both | Without | Either


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def parse(text: str, *, exact: bool = False) -> Query:
    """Return what a query asks; with `exact`, every word as it is written. Raises BadQuery."""
    tokens = list(_tokens(text))
    if not tokens:
        raise BadQuery(message("Write a word to look for."))
    if len(tokens) > _MOST_TOKENS:
        raise BadQuery(message("The query is too long; look for less at once."))
    parser = _Parser(tokens, len(text), exact=exact)
    found = parser.query()
    parser.finish()
    return found


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        hit = _TOKEN.match(text, at)
        if hit is None:
            raise BadQuery(message("A quotation mark is missing."), at)
        at = hit.end()
        kind = hit.lastgroup or ""
        place = hit.start(kind) if hit[kind] is not None else hit.start()
        if hit["quote"] is not None:
            if not hit["closing"]:
                raise BadQuery(message("A quotation mark is missing."), hit.start("quote"))
            yield _Token("quoted", hit["quoted"], hit.start("quote"))
        elif kind == "stray":
            raise BadQuery(message("A quotation mark is missing."), place)
        elif kind == "word" and hit["word"] in _OPERATORS:
            yield _Token(_OPERATORS[hit["word"]], hit["word"], place)
        elif kind == "word" and _NEAR.fullmatch(hit["word"]):
            yield _Token("near", hit["word"], place)
        else:
            yield _Token(kind, hit[kind], place)


class _Parser:
    def __init__(self, tokens: list[_Token], length: int, *, exact: bool) -> None:
        self._tokens = tokens
        self._length = length
        self._exact = exact
        self._at = 0
        self._depth = 0

    def query(self) -> Query:
        options = [self._all()]
        while self._take("or"):
            options.append(self._all())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def finish(self) -> None:
        token = self._peek()
        if token is not None:
            raise BadQuery(message("A parenthesis is closed that was not opened."), token.place)

    def _all(self) -> Query:
        found = self._near()
        while True:
            if self._take("and"):
                without = self._take("not") is not None
            elif self._take("not"):
                without = True
            else:
                return found
            right = self._near()
            found = Without(found, right) if without else Both(found, right)

    def _near(self) -> Query:
        found = self._row()
        while (token := self._take("near")) is not None:
            hit = _NEAR.fullmatch(token.text)
            count = int(hit["count"]) if hit is not None and hit["count"] else NEAR_WORDS
            if not 1 <= count <= MOST_NEAR:
                raise BadQuery(
                    message("NEAR/n takes a number from 1 to {most}.", most=MOST_NEAR), token.place
                )
            found = Near(found, self._row(), count)
        return found

    def _row(self) -> Query:
        items: list[Query] = []
        while (token := self._peek()) is not None and token.kind in (
            "word", "quoted", "open", "code",
        ):  # fmt: skip
            self._at += 1
            items += self._item(token)
        if not items:
            raise self._nothing_here()
        if len(items) == 1:
            return items[0]
        for one in items:
            if not _is_single(one):
                raise BadQuery(
                    message(
                        "In a row of words a parenthesis may hold words with OR between them only; "
                        "write AND or NEAR between other things."
                    )
                )
        return Row(tuple(items))

    def _item(self, token: _Token) -> list[Query]:
        if token.kind == "open":
            self._depth += 1
            if self._depth > _MOST_DEPTH:
                raise BadQuery(message("There are too many parentheses."), token.place)
            inner = self.query()
            if self._take("close") is None:
                raise BadQuery(message("A parenthesis is not closed."), token.place)
            self._depth -= 1
            return [inner]
        if token.kind == "code":
            name = token.text.partition(":")[2].strip('"').strip()
            if not name:
                raise BadQuery(message("Write the name of a code after «code:»."), token.place)
            return [CodeWords(name)]
        if token.kind == "quoted":
            return self._quoted(token)
        return self._words(token)

    def _quoted(self, token: _Token) -> list[Query]:
        found: list[Query] = [
            Word(form, exact=True) for word in token.text.split() for form in _forms(word)
        ]
        if not found:
            raise BadQuery(message("There is no word between the quotation marks."), token.place)
        return [found[0]] if len(found) == 1 else [Row(tuple(found))]

    def _words(self, token: _Token) -> list[Query]:
        text = token.text
        if text.startswith("~"):
            form = form_of(text[1:])
            if not form:
                raise BadQuery(message("Write a word after ~."), token.place)
            return [Part(form)]
        forms = _forms(text)
        if not forms:
            raise BadQuery(
                message("«{word}» holds no letter or digit to look for.", word=text), token.place
            )
        return [Word(form, exact=self._exact) for form in forms]

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> _Token | None:
        token = self._peek()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def _nothing_here(self) -> BadQuery:
        token = self._peek()
        if self._at == 0 and token is not None and token.kind != "close":
            return BadQuery(
                message("A word must stand before {word}.", word=token.text), token.place
            )
        if (
            token is not None
            and token.kind == "close"
            and self._tokens[self._at - 1].kind == "open"
        ):
            return BadQuery(message("There is nothing in the parentheses."), token.place)
        before = self._tokens[self._at - 1]
        place = token.place if token is not None else self._length
        return BadQuery(message("A word must follow {word}.", word=before.text), place)


def _forms(word: str) -> list[str]:
    """Return the forms that a typed word is looked for as; stars and question marks stay."""
    if "*" not in word and not re.search(r"\?(?=.)", word):
        # A slash is no part of words: og/eller.
        return [form for piece in word.split("/") if (form := form_of(piece))]
    kept = "".join(form_of(piece) or piece for piece in _OPEN.split(word.rstrip(".,;:!")))
    return [kept] if any(map(str.isalnum, kept)) else []


_OPEN = re.compile(r"([*?]+)")


def _is_single(item: Query) -> bool:
    """Tell whether an item can stand in a row."""
    if isinstance(item, Word | Part):
        return True
    if isinstance(item, Row):
        return all(map(_is_single, item.items))
    return isinstance(item, Either) and all(isinstance(one, Word | Part) for one in item.options)
