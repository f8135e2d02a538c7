"""What the commands on two coders are asked with: who, by which unit, on which codes and texts."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import click

from qda.app.session import Session
from qda.cli.language import _
from qda.cli.parsing import one_of, text_option, texts_option, where_option
from qda.model.agreement import AGREEMENT_UNITS, AgreementSpec, AgreementUnit
from qda.model.errors import NotAllowed
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.store import lookup

F = TypeVar("F", bound=Callable[..., object])
Asked = str | float | bool | tuple[str, ...] | tuple[tuple[str, str], ...]
"""What an option may hold."""


def agreement_options(function: F) -> F:
    """Take who is compared, by which unit, on which codes and in which documents."""
    for option in reversed(
        (
            text_option("--coders", metavar="A,B", required=True, help=_("The two coders.")),
            click.option(
                "--unit",
                type=one_of(*AGREEMENT_UNITS),
                default="character",
                metavar="UNIT",
                help=_("character, segment, turn or document."),
            ),
            click.option(
                "--threshold",
                type=float,
                default=0.5,
                metavar="PART",
                help=_("By segment: how much of the longer one two segments must share."),
            ),
            click.option(
                "--unfolded", is_flag=True, help=_("Count no subcode as the code above it.")
            ),
            texts_option("--code", metavar="CODE", help=_("Only this code and those below it.")),
            texts_option("--document", metavar="DOCUMENT", help=_("Only this document.")),
            where_option(help=_("Only documents of this case, or with this value.")),
        )
    ):
        function = option(function)
    return function


def spec_of(session: Session, asked: Mapping[str, Asked]) -> AgreementSpec:
    """Return what `agreement_options` took as the engine takes it.

    Raises NotFound and Ambiguous for coders, codes and documents, NotAllowed for filters.
    """
    from qda.analysis.agreement import find_coders  # lazy: it brings numpy
    from qda.analysis.filtered_documents import filtered_documents

    connection = session.project.connection
    codes, documents = (cast("tuple[str, ...]", asked[one]) for one in ("code", "document"))
    chosen = frozenset(lookup.document(connection, one).id for one in documents)
    where = cast("tuple[tuple[str, str], ...]", asked["where"])
    if where:
        let_through = filtered_documents(connection, session.snapshot(), MatrixSpec(where=where))
        chosen = chosen & let_through if chosen else let_through
        if not chosen:
            raise NotAllowed(message("The filters leave no document over; take one away."))
    return AgreementSpec(
        coders=find_coders(session.snapshot().entities, str(asked["coders"])),
        unit=cast("AgreementUnit", asked["unit"]),
        folded=not asked["unfolded"],
        codes=frozenset(lookup.code(connection, one).id for one in codes),
        documents=chosen,
        threshold=float(cast("float", asked["threshold"])),
    )
