"""What every text of a write-up is made from, read once."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qda.analysis.attribution import Attributor
from qda.analysis.matrix import answer
from qda.analysis.own import claims_by, codings_by, judged_by, picked_of
from qda.analysis.quotes import quotes_for
from qda.analysis.tables import Snapshot
from qda.model.changes import AuditEntry
from qda.model.codebook import join_path
from qda.model.entities import Code
from qda.model.ids import CodeId, CoderId, CodingId
from qda.model.judgements import Claim, Judgement
from qda.model.matrix import Matrix, MatrixSpec, Quote
from qda.model.messages import DayWriter, Message, Translator, message
from qda.model.quotes import PickedQuote
from qda.store import history, judgements, quotes
from qda.store.arrays import Connection
from qda.text.collation import sort_key


@dataclass(slots=True)
class Material:
    """A project with the language it is written up in.

    `trace` is the file of the trail of evidence, empty where none is written. `groups` are the
    numbers that lead there, each with its codings. Quotes are printed by the style of `who`. With
    `only`, claims, judgements and picked quotes are those of one coder, for who codes blind, and
    every text says so; `snapshot` is then to hold that coder's codings alone.
    """

    connection: Connection
    snapshot: Snapshot
    translator: Translator
    who: Attributor
    trace: str = ""
    only: CoderId | None = None
    groups: dict[str, tuple[CodingId, ...]] = field(default_factory=dict[str, tuple[CodingId, ...]])
    _own: frozenset[CodingId] | None = None

    def say(self, text: Message) -> str:
        """Say a sentence in the language of the text."""
        return text.say(self.translator)

    def day(self) -> str:
        """Return the day of the last change: the same project gives the same text on any day."""
        entries = history.audit_entries(self.connection)
        at = entries[-1].when if entries else self.snapshot.entities.project.created
        return self.written_day(at)

    def subtitle(self) -> str:
        """Return the line below a title: project, day, and whose codings alone these are."""
        parts = [self.snapshot.entities.project.name, self.day()]
        if self.only is not None:
            parts.append(self.say(message("only what {name} coded", name=self.coder())))
        return " · ".join(parts)

    def coder(self) -> str:
        """Return the name of the one coder whose codings these are, empty for everybody's."""
        known = self.snapshot.entities.coders
        return next((one.name for one in known if one.id == self.only), "")

    def written_day(self, iso: str) -> str:
        """Return the day of an ISO moment as the reader writes it."""
        if isinstance(self.translator, DayWriter):
            return self.translator.format_day_of(iso)
        return iso[:10]

    def ask(self, spec: MatrixSpec) -> Matrix:
        """Count through the one engine."""
        return answer(self.connection, self.snapshot, spec)

    def quoted(self, codings: Iterable[CodingId]) -> list[Quote]:
        """Return quotes by document and place."""
        return list(quotes_for(self.connection, self.snapshot, codings).values())

    def own(self) -> frozenset[CodingId]:
        """Return the codings of the one coder whose these are, none where they are everybody's."""
        if self._own is None:
            self._own = frozenset[CodingId]()
            if self.only is not None:
                self._own = codings_by(self.snapshot, self.only)
        return self._own

    def judgements(self) -> list[Judgement]:
        """Return the grades and verdicts."""
        found = judgements.all_judgements(self.connection)
        return list(found) if self.only is None else judged_by(found, self.only)

    def steps(self) -> list[AuditEntry]:
        """Return what was done, from the first step on."""
        everything = history.audit_entries(self.connection)
        name = self.coder()
        return [one for one in everything if self.only is None or one.coder == name]

    def claims(self) -> list[Claim]:
        """Return the claims, in the order of the ledger."""
        found = judgements.all_claims(self.connection)
        if self.only is None:
            return list(found)
        return claims_by(found, self.only, self.own())

    def picked(self) -> list[PickedQuote]:
        """Return the quotes that are picked for the text, in their order."""
        found = quotes.picked(self.connection)
        if self.only is None:
            return list(found)
        return picked_of(found, self.own())

    def link(self, codings: Sequence[CodingId]) -> str:
        """Return where a number made of these codings leads; empty without a trail."""
        if self.only is not None:
            # What others pinned beside a summary is not shown to who codes blind.
            codings = [one for one in codings if one in self.own()]
        if not self.trace or not codings:
            return ""
        anchor = anchor_of(codings)
        self.groups.setdefault(anchor, tuple(codings))
        return f"{self.trace}#{anchor}"

    def top_codes(self) -> list[Code]:
        """Return the codes at the top of the codebook, in its order."""
        return [one for one in self.snapshot.entities.codes if one.parent is None]

    def below(self, code: CodeId) -> list[Code]:
        """Return a code's own subcodes."""
        return [one for one in self.snapshot.entities.codes if one.parent == code]

    def path(self, code: CodeId) -> str:
        """Return a code's path."""
        names: dict[CodeId, tuple[str, ...]] = {}
        for one in self.snapshot.entities.codes:
            above = names[one.parent] if one.parent is not None else ()
            names[one.id] = (*above, one.name)
        return join_path(names[code])

    def sorted_names(self, names: Iterable[str]) -> list[str]:
        """Return names in the order of the project's language."""
        return sorted(names, key=lambda one: sort_key(one, self.snapshot.entities.language))


def anchor_of(codings: Sequence[CodingId]) -> str:
    """Return the name of the place in the trail where these codings stand, in any order."""
    numbers = ",".join(str(one) for one in sorted(set(codings)))
    return "b" + hashlib.sha256(numbers.encode()).hexdigest()[:12]
