"""What the researchers of the example study make of it: from a plain file, by their own verbs."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from qda.app.cell_reading import seen_in
from qda.app.session import Session
from qda.model.errors import FileProblem
from qda.model.ids import CodingId
from qda.model.judgements import Evidence
from qda.model.messages import message
from qda.model.quotes import Trim
from qda.operations import claims, judgements
from qda.operations import quotes as quote_verbs
from qda.operations.judgements import CellContent
from qda.store import codings, lookup
from qda.store import judgements as judgement_rows
from qda.store import quotes as quote_rows

Rows = Iterator[dict[str, Any]]


def add_readings(session: Session, path: Path) -> None:
    """Add summaries and grades, propositions and verdicts, claims and picked quotes.

    Raises FileProblem where the file cannot be read or a quote in it is not coded word for word,
    NotFound for a name that is not in the study.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileProblem(
            message("{name} cannot be read: {why}.", name=path.name, why=str(error))
        ) from error
    known: dict[str, CodingId] = {}
    for one in codings.all_codings(session.project.connection):
        known.setdefault(one.quote, one.id)

    def cited(quotes: object) -> tuple[CodingId, ...]:
        wanted = cast("list[str]", quotes if isinstance(quotes, list) else [])
        return tuple(_cited(known, one, path.name) for one in wanted)

    _add_cells(session, _rows(content, "celle"), cited)
    _add_propositions(session, content)
    for one in _rows(content, "funn"):
        evidence = [
            *(Evidence(coding, "for") for coding in cited(one.get("for"))),
            *(Evidence(coding, "against") for coding in cited(one.get("mot"))),
        ]
        session.run(
            claims.add_claim, coder=session.coder, text=one["tekst"],
            note=one.get("begrunnelse", ""), status=one.get("status", "open"), evidence=evidence,
        )  # fmt: skip
    _pick(session, list(_rows(content, "til_teksten")), cited)


def _add_cells(session: Session, rows: Rows, cited: Any) -> None:  # noqa: ANN401 - a function
    connection = session.project.connection
    for one in rows:
        case = lookup.case(connection, one["kontor"]).id
        code = lookup.code(connection, one["kode"]).id
        session.run(
            judgements.write_cell,
            coder=session.coder,
            case=case,
            code=code,
            content=CellContent(
                summary=one.get("sammendrag"),
                grade=one.get("grad"),
                reason=one.get("begrunnelse"),
                evidence=cited(one["sitater"]) if "sitater" in one else None,
            ),
            # Who wrote it had read what is coded there.
            seen=seen_in(session, case, code),
        )


def _add_propositions(session: Session, content: dict[str, Any]) -> None:
    connection = session.project.connection
    for one in _rows(content, "hypotese"):
        session.run(
            judgements.add_proposition, coder=session.coder, name=one["navn"], text=one["tekst"]
        )
    made = {one.name: one.id for one in judgement_rows.all_propositions(connection)}
    for one in _rows(content, "dom"):
        session.run(
            judgements.give_verdict,
            coder=session.coder,
            case=lookup.case(connection, one["kontor"]).id,
            proposition=made[one["hypotese"]],
            value=one["dom"],
            reason=one.get("begrunnelse"),
        )


def _pick(session: Session, rows: list[dict[str, Any]], cited: Any) -> None:  # noqa: ANN401
    wanted = [cited([one["sitat"]])[0] for one in rows]
    session.run(quote_verbs.pick_quotes, coder=session.coder, coding_ids=wanted)
    picked = quote_rows.picked(session.project.connection)
    for one, found in zip(rows, picked, strict=True):
        trims = [
            Trim(found.quote.index(words), found.quote.index(words) + len(words))
            for words in one.get("kutt", ())
        ]
        if trims:
            session.run(quote_verbs.trim_quote, coder=session.coder, picked=found.id, trims=trims)
        if one.get("notat"):
            session.run(
                quote_verbs.note_quote, coder=session.coder, picked=found.id, note=one["notat"]
            )


def _cited(known: dict[str, CodingId], quote: str, name: str) -> CodingId:
    if quote not in known:
        raise FileProblem(
            message("{name}: «{quote}» is not coded word for word.", name=name, quote=quote)
        )
    return known[quote]


def _rows(content: dict[str, Any], key: str) -> Rows:
    yield from cast("list[dict[str, Any]]", content.get(key, []))
