"""Which documents filters let through, for what is counted of whole documents."""

from dataclasses import replace

import numpy as np

from qda.analysis.dimensions import find_subject
from qda.analysis.matrix import lay_out, ready
from qda.analysis.properties import Property
from qda.analysis.tables import Entities, Snapshot
from qda.model.errors import NotAllowed
from qda.model.groups import GroupKind
from qda.model.ids import DocumentId
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.store.arrays import Connection


def limits_documents(entities: Entities, name: str) -> bool:
    """Tell whether a filter says which documents count, rather than whose words or which codings.

    Raises NotFound and Ambiguous for a name that is nothing or several things.
    """
    asked = find_subject(entities, name)
    if isinstance(asked, Property):
        return asked.subject in ("case", "document")
    return isinstance(asked, GroupKind) or asked in ("case", "document")


def filtered_documents(
    connection: Connection, snapshot: Snapshot, spec: MatrixSpec
) -> frozenset[DocumentId]:
    """Return the documents in which the filters of `spec` let any material through.

    As by case, a document counts where a case has any material in it. Raises NotAllowed for other
    filters and where nothing is left over, NotFound and Ambiguous for names and values.
    """
    entities = snapshot.entities
    for name, _value in (*spec.where, *spec.without):
        if not limits_documents(entities, name):
            raise NotAllowed(
                message(
                    "{name} does not say which documents are compared; choose cases, documents or "
                    "what is known of them.",
                    name=name,
                )
            )
    asked = replace(
        spec, rows=("document",), columns=("coder",), cells="documents", sort_by="", percent=None,
        totals=False,
    )  # fmt: skip
    ready(connection, snapshot, asked)
    laid = lay_out(snapshot, asked)
    places: list[int] = np.unique(snapshot.material.document[laid.said]).tolist()
    if not places:
        raise NotAllowed(message("The filters leave no document over; take one away."))
    return frozenset(entities.documents[place].id for place in places)
