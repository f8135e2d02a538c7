"""Make a project of schema 1.1: that of 1.0 with every table of 1.1 filled.

The version is not shipped yet; when it is, the file that `make` writes is frozen beside this one.
"""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from qda.model.ids import new_guid
from qda.model.messages import message
from qda.store import project_file, schema
from qda.store.project_file import ProjectFile

AT = "2026-11-27T12:00:00.000Z"
ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    ("memo_link", {"memo_id": 1, "to_memo_id": 2, "coder_id": 1, "created": AT}),
    ("memo_link", {"coding_id": 1, "to_document_id": 2, "coder_id": 1, "created": AT}),
    ("memo_version", {"memo_id": 1, "text": "Hugs: perm", "coder_id": 2, "begun": AT, "saved": AT}),
    ("text_version", {
        "document_id": 1, "number": 1, "text_hash": "x", "made_hash": "y", "edits": None,
        "places": 1, "replaced": AT, "coder": "Kari Kodar", "operation": "Correct a text",
    }),
    ("recording", {
        "document_id": 1, "path": "opptak/leiar.wav", "size": 9, "modified": AT,
        "duration_ms": 61_000, "fingerprint": "ab", "offset_ms": 1_500,
    }),
    ("import_report", {
        "kind": "documents", "source": "leiar.txt", "created": AT, "coder": "Kari Kodar",
        "kept": 2, "left_out": 0, "uncertain": 0, "content": "{}",
    }),
    ("code_exchange", {"code_id": 1, "codable": 0, "color": "#9A3C7A", "given": "#9a3c7a"}),
    ("coding_selection", {"coding_id": 1}),
    ("carried_part", {
        "part": "graph", "document_id": None, "case_id": None, "name": "Kart", "xml": "<Graph/>",
        "text_hash": "",
    }),
    ("carried_file", {"carried_part_id": 1, "name": "bilete.png"}),
    ("banding", {
        "variable_id": 2, "name": "planar i band", "method": "points", "points": "[50]",
        "parts": 0, "period": "2012-03", "labels": "[]", "position": 0,
    }),
    ("group_kind", {"name": "fylke", "position": 0}),
    ("case_group", {"kind_id": 1, "name": "Møre"}),
    ("case_group", {"kind_id": 1, "name": "Vestland"}),
    ("membership", {"case_id": 1, "group_id": 1, "since": "2012-01-01", "until": ""}),
    ("succession", {
        "kind": "merger", "at": "2020-01-01", "old_case_id": 1, "new_case_id": 2,
    }),
    ("score_sheet", {"name": "saker", "low": 0, "high": 2}),
    ("score_item", {"sheet_id": 1, "name": "mål", "position": 0}),
    ("score_file", {"sheet_id": 1, "case_id": 1, "name": "sak 1"}),
    ("score", {"file_id": 1, "item_id": 1, "rater": "Kari", "value": 2}),
    ("framework_cell", {
        "subject": "case", "subject_id": 1, "code_id": 1, "summary": "Tavla styrer dagen 📋.",
        "status": "", "coder_id": 1, "created": AT, "modified": AT, "seen": "[[2,144,155]]",
    }),
    ("framework_evidence", {"cell_id": 1, "coding_id": 2, "position": 0}),
    ("proposition", {"name": "H1", "text": "Det som blir talt, blir gjort.", "scale": "[]",
                     "position": 0}),
    ("judgement", {
        "case_id": 1, "proposition_id": 1, "coder_id": 1, "settled": 0,
        "value": "blir delvis støtta", "reason": "Berre éin seier det.", "created": AT,
        "modified": AT,
    }),
    ("judgement", {
        "case_id": 1, "code_id": 2, "coder_id": 2, "settled": 1, "value": "høg", "reason": "",
        "created": AT, "modified": AT,
    }),
    ("judgement_evidence", {"judgement_id": 1, "coding_id": 2, "side": "against", "position": 0}),
    ("claim", {"text": "Teljinga tek plassen", "note": "", "status": "holds", "position": 0,
               "coder_id": 1, "created": AT, "modified": AT}),
    ("claim_evidence", {"claim_id": 1, "coding_id": 3, "side": "for", "position": 0}),
    ("quote_use", {"document_id": 1, "text": "tel vi møte", "manuscript": "rapport.docx",
                   "place": 3, "coder_id": 1, "at": AT}),
    ("saved_query", {
        "name": "alt", "position": 0,
        "definition": '{"codes":[],"where":[],"any":false,"unfolded":false,"conditions":[]}',
    }),
    ("recipe", {"name": "Vanleg", "text": '[[file]]\nname = "a.md"\nkind = "chapter"\n'}),
    ("code_set", {"name": "Styring", "description": "Runde 2", "position": 0}),
    ("code_set_member", {"code_set_id": 1, "code_id": 1}),
    ("code_set_member", {"code_set_id": 1, "code_id": 2}),
    ("quote_style", {
        "id": 1, "attribution": "({rolle}, {kontor})", "cut": "(…)", "marks": "«»",
        "threshold": 4, "office": 1,
    }),
    ("picked_quote", {
        "coding_id": 2, "position": 0, "quote": "tel vi møte", "trims": '[[0,4,""],[4,6,"dei"]]',
        "note": "til innleiinga",
    }),
    ("name_decision", {
        "kind": "place", "name": "Øvrebø", "forms": '["Øvrebø"]', "replacement": "",
        "decision": "rejected", "places": "[]", "chosen": 0,
    }),
    ("pseudonymising", {
        "at": AT, "coder": "Kari Kodar", "names": 0, "places": 0, "settled": 1, "reversed": "",
    }),
    ("suggestion_decision", {
        "document_id": 1, "code_id": 1, "coder_id": 1, "start": 0, "end": 4, "engine": "rules",
        "decision": "accepted", "coding_id": 2, "at": AT,
    }),
    ("saved_search", {"name": "møte", "question": "{}", "created": AT}),
    ("settlement", {
        "document_id": 1, "code_id": 1, "first_coder_id": 1, "second_coder_id": 2, "memo_id": 1,
        "decision": "first", "coder_id": 1, "created": AT, "seen": "[[1,0,5]]",
    }),
    ("settlement_coding", {"settlement_id": 1, "coding_id": 1}),
    ("guide", {"name": "Leiarguide", "file_name": "leiarguide.docx", "created": AT}),
    ("guide_question", {
        "guide_id": 1, "kind": "question", "number": "1.", "text": "Kva møte har de?",
        "position": 0,
    }),
    ("guide_question", {
        "guide_id": 1, "kind": "question", "number": "2.", "text": "Kva mål har de?",
        "position": 1,
    }),
    ("question_code", {"question_id": 1, "code_id": 1}),
    ("guide_document", {"guide_id": 1, "document_id": 1, "matched": AT}),
    ("turn_question", {
        "turn_id": 1, "place": 0, "question_id": 1, "role": "question", "by_hand": 0, "score": 612,
        "words": "møte tavle",
    }),
    ("turn_question", {
        "turn_id": 1, "place": 1, "question_id": 2, "role": "question", "by_hand": 0, "score": 540,
        "words": "mål",
    }),
    ("turn_question", {
        "turn_id": 2, "place": 0, "question_id": None, "role": "outside", "by_hand": 1, "score": 0,
        "words": "",
    }),
    ("question_asked", {"question_id": 1, "document_id": 2, "asked": 0, "coder_id": 1}),
)  # fmt: skip
"""A row or two for each table, in an order in which each finds what it names."""


def fill(project: ProjectFile) -> None:
    """Put the rows into a project that `make_v1_0.fill` filled, in one step."""
    connection = project.connection
    with project.step(message("Fill every table"), "Kari Kodar"):
        for table, values in ROWS:
            columns = schema.LOGGED[table]
            row = dict(values)
            if "guid" in columns:
                row.setdefault("guid", new_guid())
            if table == "carried_file":
                row["file_hash"] = connection.execute("SELECT hash FROM source_file").fetchone()[0]
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" for _ in row)
            connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(row.values())
            )


def _first_maker() -> Any:  # noqa: ANN401 - a module
    path = Path(__file__).with_name("make_v1_0.py")
    spec = importlib.util.spec_from_file_location("make_v1_0", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_v1_0"] = module
    spec.loader.exec_module(module)
    return module


def make(path: Path) -> ProjectFile:
    """Make a project with something in every table, its last step undone and done again."""
    project = project_file.create(path, name="Fryst 1.1", language="nn", coder="Kari Kodar")
    _first_maker().fill(project)
    fill(project)
    project.undo("Kari Kodar")
    project.redo("Kari Kodar")
    return project
