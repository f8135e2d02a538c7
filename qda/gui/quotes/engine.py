"""What the quotes workspace reads: codings that pass, quotes as they are printed, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.gui.blind import only_coder
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.quote_list import QuoteRow
from qda.model.codebook import split_path
from qda.model.entities import STANCES
from qda.model.errors import UserError
from qda.model.ids import CodingId
from qda.model.judgements import Claim
from qda.model.matrix import Quote
from qda.model.quotes import PickedQuote, QuoteStyle, Trim
from qda.store import arrays, quote_uses
from qda.store import quotes as quote_rows
from qda.text.printing import printed

if TYPE_CHECKING:
    from qda.analysis.attribution import Attributor
    from qda.analysis.tables import Snapshot
    from qda.operations.writeup.material import Material

COUNTED = (
    "project", "coding", "coding_case", "code", "coder", "case", "document", "document_case",
    "participant", "participant_case", "turn", "variable", "value", "text_body", "saved_query",
)  # fmt: skip
"""Tables whose changes may alter which quotes there are."""
TABLES = (*COUNTED, "quote_style", "picked_quote", "quote_use")
"""Tables whose changes may alter what is shown."""
SLICE = 2_000
"""Quotes whose words are looked through before the window is given back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which quotes the user wants to see; empty conditions always hold."""

    words: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it is printed, with all that stands beside it."""

    quote: Quote
    text: str
    who: str
    warning: str
    stale: bool = False


class QuoteEngine:
    """Read quotes through the one engine; kept while nothing changed."""

    def __init__(self, context: Context) -> None:
        """Read nothing yet."""
        self._context = context
        self._who: Attributor | None = None
        self._problem = ""
        self._picked: dict[CodingId, PickedQuote] | None = None

    def forget(self) -> None:
        """Read anew what is asked for next."""
        self._who = None
        self._picked = None

    @property
    def snapshot(self) -> Snapshot:
        """Return the project as it is now."""
        return self._context.bridge.session.snapshot()

    def style(self) -> QuoteStyle:
        """Return how quotes are printed."""
        return quote_rows.style(self._context.bridge.project.connection)

    def who(self) -> Attributor:
        """Return who says who said what; by roles alone where the template fits no more."""
        from qda.analysis.attribution import Attributor  # lazy: it brings numpy

        if self._who is None:
            style = self.style()
            self._problem = ""
            try:
                self._who = Attributor(self.snapshot, style)
            except UserError as error:
                # A variable was renamed or removed since.
                self._problem = error.message.say(current_catalogue())
                usual = QuoteStyle(cut=style.cut, marks=style.marks, threshold=style.threshold)
                self._who = Attributor(self.snapshot, usual)
        return self._who

    def problem(self) -> str:
        """Say why the project's template does not fit, empty where it does."""
        self.who()
        return self._problem

    def trouble_of(self, style: QuoteStyle) -> str:
        """Say what is wrong with a style, empty where nothing is."""
        from qda.analysis.attribution import Attributor  # lazy: it brings numpy
        from qda.text.printing import checked_style

        try:
            Attributor(self.snapshot, checked_style(style))
        except UserError as error:
            return error.message.say(current_catalogue())
        return ""

    def fields(self) -> tuple[str, ...]:
        """Return what a template can name here."""
        from qda.analysis.attribution import known_fields  # lazy: it brings numpy

        return known_fields(self.snapshot.entities)

    # ------------------------------------------------------------------------------- codings
    def passing(self, wish: Wish) -> list[CodingId]:
        """Return the codings that pass all but the words. Raises UserError."""
        from qda.analysis.listing import passing_ids, passing_units  # lazy: it brings numpy

        where = list(wish.where)
        only = only_coder(self._context)
        if only is not None:
            own = [one.guid for one in self.snapshot.entities.coders if one.id == only]
            if not own:
                return []
            where.append(("coder", own[0]))
        connection = self._context.bridge.project.connection
        return passing_ids(self.snapshot, passing_units(connection, self.snapshot, where))

    def with_words(self, codings: Sequence[CodingId], words: str) -> Iterator[list[CodingId]]:
        """Yield those whose text holds all words, a slice at a time."""
        wanted = words.casefold().split()
        connection = self._context.bridge.project.connection
        for at in range(0, len(codings), SLICE):
            part = codings[at : at + SLICE]
            texts = {row[0]: row[2].casefold() for row in arrays.quotes(connection, part)}
            yield [one for one in part if all(word in texts.get(one, "") for word in wanted)]

    def quotes(self, codings: Iterable[CodingId]) -> dict[CodingId, Quote]:
        """Return quotes by coding."""
        from qda.analysis.quotes import quotes_for  # lazy: it brings numpy

        return quotes_for(self._context.bridge.project.connection, self.snapshot, codings)

    # ---------------------------------------------------------------------------------- print
    def picked(self) -> dict[CodingId, PickedQuote]:
        """Return what is picked for the text, in order; of who codes blind only their own."""
        if self._picked is None:
            self._picked = {one.coding: one for one in self.material().picked()}
        return self._picked

    def claims(self) -> list[Claim]:
        """Return the findings, in order; of who codes blind only their own."""
        return self.material().claims()

    def shown(self, quote: Quote, trims: Sequence[Trim] | None = None) -> Shown:
        """Return a quote as it is printed: trimmed as it was picked, or by `trims`."""
        from qda.analysis.attribution import rare_words  # lazy: it brings numpy

        who, picked = self.who(), self.picked().get(quote.id)
        fits = picked is not None and picked.quote == quote.text
        if trims is None:
            trims = picked.trims if picked is not None and fits else ()
        rare = who.fewest(quote)
        return Shown(
            quote,
            printed(quote.text, trims, who.style, self.snapshot.entities.language),
            who.of(quote),
            "" if rare is None else rare_words(rare).say(current_catalogue()),
            stale=picked is not None and bool(picked.trims) and not fits,
        )

    def rows(self, codings: Sequence[object], *, mark_picked: bool = True) -> list[QuoteRow]:
        """Return the rows of a list."""
        wanted = [CodingId(one) for one in codings if isinstance(one, int)]
        found = self.quotes(wanted)
        return [self._row(found[one], mark=mark_picked) for one in wanted if one in found]

    def _row(self, quote: Quote, *, mark: bool) -> QuoteRow:
        shown = self.shown(quote)
        path = split_path(quote.code)
        facts = (
            tr("in the text") if mark and quote.id in self.picked() else "",
            shown.who,
            " › ".join(path),
            stance_word(quote.stance) if quote.stance else "",
            tr("could be recognised") if shown.warning else "",
        )
        return QuoteRow(
            quote.id,
            shown.text,
            " · ".join(filter(None, facts)),
            quote.color,
            tip=" · ".join((quote.document, " › ".join(path), quote.coder)),
            thing=("coding", quote.id),
        )

    def used_in(self, quote: Quote) -> list[str]:
        """Return the manuscripts that quote these words, with the number of the passage."""
        found: list[str] = []
        for use in quote_uses.all_uses(self._context.bridge.project.connection):
            same = use.text in quote.text or quote.text in use.text
            if same and self._document_of(quote) == use.document:
                found.append(tr("{manuscript}, quote {n}", manuscript=use.manuscript, n=use.place))
        return found

    def _document_of(self, quote: Quote) -> int:
        return next(
            one.id for one in self.snapshot.entities.documents if one.name == quote.document
        )

    def material(self) -> Material:
        """Return what texts are made from, in the language of the project."""
        from qda.app.translation import is_interface_language, load_catalogue
        from qda.operations.writeup.material import Material

        language = self.snapshot.entities.language
        catalogue = (
            load_catalogue(language) if is_interface_language(language) else current_catalogue()
        )
        connection = self._context.bridge.project.connection
        only = only_coder(self._context)
        return Material(connection, self.snapshot, catalogue, self.who(), only=only)


def stance_word(stance: str) -> str:
    """Return where a speaker stands, in the user's language."""
    return (tr("for"), tr("against"), tr("ambivalent"))[STANCES.index(stance)]  # pyright: ignore[reportArgumentType]
