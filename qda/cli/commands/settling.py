"""Commands on disagreements between two coders: list them, settle them, take them up again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.agreement_options import Asked, agreement_options, spec_of
from qda.cli.environment import Environment
from qda.cli.language import _, tr, tr_n
from qda.cli.output import Json, write_line, write_note, write_table
from qda.cli.parsing import Command, coder_option, one_of, project_argument, text_option, words
from qda.cli.table_options import NOTHING
from qda.model.agreement import (
    AgreementSpec,
    Conflict,
    Decision,
    SettledState,
    Standing,
    decided,
)
from qda.model.errors import NotFound
from qda.model.ids import CodingId
from qda.model.matrix import Quote
from qda.model.messages import message
from qda.operations import settling
from qda.store import codes as code_rows
from qda.store import memos, settlements

if TYPE_CHECKING:
    from qda.analysis.tables import Snapshot

DECISIONS: Mapping[str, Decision] = {
    "a": "first", "b": "second", "both-span": "both", "neither": "neither",
}  # fmt: skip
STATES: tuple[SettledState, ...] = ("open", "settled", "changed")


@click.command("disagreements", cls=Command, help=_("List where two coders differ, to settle it."))
@project_argument
@agreement_options
@click.option(
    "--state", type=one_of(*STATES), default=None, metavar="open|settled|changed",
    help=_("Only those that stand so."),
)  # fmt: skip
@click.pass_obj
def disagreements(env: Environment, project: Path, *, state: str | None, **asked: Asked) -> None:
    """List what two coders have to settle, with the codings of both."""
    with env.reading(project) as session:
        room = _Room(session, asked)
        found = room.found
        counts = room.counts()
        shown = [one for one in found if state in (None, room.standing[one.id].state)]
        rows = room.rows(shown)
        layer = settling.default_layer(session.project)
    answer: dict[str, Json] = {"disagreements": rows, **counts, "layer": layer}
    env.answer(answer, lambda: _tell(rows, counts))


@click.command("settle", cls=Command, help=_("Settle disagreements between two coders."))
@project_argument
@click.argument("ids", type=words, nargs=-1, metavar="ID …")
@agreement_options
@click.option(
    "--as", "decision", type=one_of(*DECISIONS), default=None, metavar="a|b|neither|both-span",
    help=_("As the first or the second coded, as neither, or all that either coded."),
)  # fmt: skip
@click.option(
    "--agreed", is_flag=True, help=_("Take over what the two agree on, besides or instead of IDs.")
)
@text_option("--layer", metavar="NAME", help=_("Whose codings the settled ones are."))
@text_option("--memo", metavar="TEXT", help=_("What was said of it."))
@coder_option
@click.pass_obj
def settle(
    env: Environment,
    project: Path,
    *,
    ids: tuple[str, ...],
    decision: str | None,
    agreed: bool,
    layer: str,
    memo: str,
    coder: str,
    **asked: Asked,
) -> None:
    """Settle what is named; the codings of the two stay as they are."""
    if bool(ids) != (decision is not None) or not (ids or agreed):
        raise click.UsageError(
            tr("Name disagreements and, with --as, how they are settled; or write --agreed."),
            click.get_current_context(),
        )
    with env.changing(project, coder) as session:
        room = _Room(session, asked)
        chosen = room.named(ids)
        made: list[str] = []
        if decision is not None:
            done = session.run(
                settling.settle, coder=session.coder, conflicts=chosen,
                decision=DECISIONS[decision], layer=layer, memo=memo,
            )  # fmt: skip
            made += [one.guid for one in done.value]
        if agreed:
            made += _take_agreed(session, room.spec, layer)
        counts = _Room(session, asked).counts()
        name = layer.strip() or settling.default_layer(session.project)
    answer: dict[str, Json] = {
        "settled": [one.id for one in chosen], "codings": list(made), "layer": name, **counts,
    }  # fmt: skip

    def tell() -> None:
        coded = tr_n("{n} coding of {name}.", "{n} codings of {name}.", len(made), name=name)
        write_line(coded)
        _tell_counts(counts)

    env.answer(answer, tell)


@click.command("reopen", cls=Command, help=_("Take settled disagreements up again."))
@project_argument
@click.argument("ids", type=words, nargs=-1, required=True, metavar="ID …")
@agreement_options
@coder_option
@click.pass_obj
def reopen(
    env: Environment, project: Path, *, ids: tuple[str, ...], coder: str, **asked: Asked
) -> None:
    """Take up again what is named; the settled codings go."""
    with env.changing(project, coder) as session:
        chosen = _Room(session, asked).named(ids)
        gone = session.run(settling.reopen, coder=session.coder, conflicts=chosen).value
        counts = _Room(session, asked).counts()
    answer: dict[str, Json] = {"reopened": [one.id for one in chosen], "removed": gone, **counts}
    env.answer(answer, lambda: _tell_counts(counts))


def _take_agreed(session: Session, spec: AgreementSpec, layer: str) -> list[str]:
    """Take over what the two agree on and was not yet; return the GUIDs of the codings."""
    from qda.analysis.conflicts import conflicts, standings  # lazy: it brings numpy

    snapshot = session.snapshot()
    found = conflicts(snapshot, spec, agreed=True)
    known = settlements.of_pair(session.project.connection, spec.coders)
    standing = standings(snapshot, found, known)
    new = [one for one in found if standing[one.id].state != "settled"]
    if not new:
        return []
    done = session.run(settling.take_agreed, coder=session.coder, conflicts=new, layer=layer)
    return [one.guid for one in done.value]


class _Room:
    """What two coders have to settle, and how each stands."""

    def __init__(self, session: Session, asked: Mapping[str, Asked]) -> None:
        from qda.analysis.conflicts import conflicts, standings  # lazy: it brings numpy

        self.session = session
        self.spec = spec_of(session, asked)
        self._snapshot: Snapshot = session.snapshot()
        entities = self._snapshot.entities
        self._paths = code_rows.path_texts(entities.codes)
        self._documents = {one.id: one.name for one in entities.documents}
        self._coders = {one.id: one.name for one in entities.coders}
        self.found = conflicts(self._snapshot, self.spec)
        known = settlements.of_pair(session.project.connection, self.spec.coders)
        self.standing = standings(self._snapshot, self.found, known)

    def named(self, ids: Sequence[str]) -> list[Conflict]:
        """Return the conflicts of these ids, each once. Raises NotFound for one that is unknown."""
        known = {one.id: one for one in self.found}
        wanted = [one.strip().casefold() for one in ids]
        unknown = next((one for one in wanted if one not in known), None)
        if unknown is not None:
            raise NotFound(
                message(
                    "There is no disagreement {id} between the two by this unit; «qda agreement "
                    "disagreements» lists them.",
                    id=unknown,
                )
            )
        return [known[one] for one in dict.fromkeys(wanted)]

    def counts(self) -> dict[str, int]:
        """Return how many there are of each state."""
        states = [self.standing[one.id].state for one in self.found]
        return {one: states.count(one) for one in STATES}

    def rows(self, shown: Sequence[Conflict]) -> list[dict[str, Json]]:
        """Return conflicts as they are printed."""
        from qda.analysis.quotes import quotes_for  # lazy: it brings numpy

        made = (
            coding
            for one in shown
            for each in self.standing[one.id].settlements
            for coding in each.made
        )
        wanted = {coding for one in shown for coding in one.codings}.union(made)
        connection = self.session.project.connection
        quotes = quotes_for(connection, self._snapshot, wanted)
        return [self._row(one, quotes) for one in shown]

    def _row(self, one: Conflict, quotes: Mapping[CodingId, Quote]) -> dict[str, Json]:
        standing = self.standing[one.id]
        connection = self.session.project.connection
        memo = memos.by_id(connection, standing.memo) if standing.memo is not None else None
        first, second = ([_coding(quotes[each]) for each in side] for side in one.sides)
        made = [each for settled in standing.settlements for each in settled.made]
        return {
            "id": one.id,
            "document": self._documents[one.document],
            "code": self._paths[one.code],
            "start": one.start,
            "end": one.end,
            "state": standing.state,
            "as": _decision(one, standing),
            "a": first,
            "b": second,
            "places": [
                {"start": start, "end": end, "coder": self._coders[who]}
                for start, end, who in one.places
            ],
            "settled": [quotes[each].guid for each in dict.fromkeys(made) if each in quotes],
            "memo": memo.text if memo is not None else None,
        }


def _coding(quote: Quote) -> Json:
    return {
        "guid": quote.guid,
        "code": quote.code,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
    }


def _decision(conflict: Conflict, standing: Standing) -> Json:
    """Return what was decided last in the words of `--as`, None for nothing."""
    found = decided(conflict, standing)
    words = {decision: word for word, decision in DECISIONS.items()}
    return None if found == "open" else words.get(found, found)


def _tell(rows: Sequence[dict[str, Json]], counts: dict[str, int]) -> None:
    """Print a line for each disagreement."""
    write_table(
        (
            tr("ID"), tr("State"), tr("As"), tr("Document"), tr("Start"), tr("End"), tr("Code"),
            "a", "b",
        ),
        [
            (
                str(row["id"]), str(row["state"]), str(row["as"] or NOTHING), str(row["document"]),
                str(row["start"]), str(row["end"]), str(row["code"]), _spans(row["a"]),
                _spans(row["b"]),
            )
            for row in rows
        ],
    )  # fmt: skip
    _tell_counts(counts)


def _spans(side: Json) -> str:
    spans = [f"{one['start']}–{one['end']}" for one in cast("list[dict[str, int]]", side)]
    return ", ".join(spans) or NOTHING


def _tell_counts(counts: dict[str, int]) -> None:
    write_note(
        tr(
            "{settled} settled, {open} open, {changed} changed since they were settled.",
            settled=counts["settled"],
            open=counts["open"],
            changed=counts["changed"],
        )
    )


COMMANDS = (disagreements, settle, reopen)
