"""Reports of imports: kept whole, said in any language, and harmless when a stranger wrote them."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.app.translation import load_catalogue
from qda.model.import_report import (
    ITEM_WORDS,
    LINE_KINDS,
    ImportReport,
    ReportBuilder,
    ReportLine,
    unaccounted,
)
from qda.model.messages import Message, counted, message
from qda.store import doctor, import_reports, project_file
from qda.store.project_file import ProjectFile

STEP = message("Import documents")


def a_report() -> ImportReport:
    builder = ReportBuilder("documents", "Intervjuer «2014»")
    builder.origin = "Et program 1.2"
    builder.count_found({"files": 4})
    builder.count_kept({"files": 2, "documents": 2, "turns": 0})
    builder.left_out(
        "files", message("{name}", name="brutt {0}.docx"), "mappe/brutt.docx",
        message("{name} is empty.", name="brutt {0}.docx"),
    )  # fmt: skip
    builder.uncertain(
        "documents", message("Nord"), "Nord.txt",
        counted("{n} document", "{n} documents", 2, more=message("code points")),
    )  # fmt: skip
    return builder.finished()


def keep(project: ProjectFile, report: ImportReport) -> None:
    with project.step(STEP, "Kari"):
        import_reports.insert(project.connection, report, "Kari")


def test_a_report_comes_back_as_it_was(empty: ProjectFile) -> None:
    report = a_report()
    keep(empty, report)
    (head,) = import_reports.all_reports(empty.connection)
    assert (head.kept, head.left_out, head.uncertain) == (2, 2, 1)
    assert import_reports.read(empty.connection, head.id) == report
    assert import_reports.find(empty.connection, head.guid.upper()) == head
    assert import_reports.find(empty.connection, str(head.id)) == head
    for nothing in ("0", "99999999999999999999", "²", "x", ""):
        assert import_reports.find(empty.connection, nothing) is None


def test_what_no_line_accounts_for_gets_one() -> None:
    report = a_report()
    (line,) = [one for one in report.lines if one.where == report.source]
    assert (line.kind, line.item, line.count) == ("left out", "files", 1)
    assert "turns" not in report.kept


def test_undoing_the_import_takes_its_report_along(empty: ProjectFile) -> None:
    keep(empty, a_report())
    empty.undo("Kari")
    assert import_reports.all_reports(empty.connection) == ()
    empty.redo("Kari")
    (head,) = import_reports.all_reports(empty.connection)
    assert import_reports.read(empty.connection, head.id) == a_report()


def test_a_report_is_said_in_the_language_of_the_reader(empty: ProjectFile) -> None:
    keep(empty, a_report())
    (head,) = import_reports.all_reports(empty.connection)
    report = import_reports.read(empty.connection, head.id)
    assert report is not None
    (line,) = report.of_kind("uncertain")
    assert line.why.say(load_catalogue("en")) == "2 documents"
    assert line.why.say(load_catalogue("nb")) == "2 dokumenter"


VALID = {"origin": "", "found": {}, "kept": {}, "lines": []}
LINE = ["left out", "files", {"text": "x"}, "", {"text": "x"}, 1]


def with_message(said: object) -> dict[str, object]:
    return {**VALID, "lines": [["left out", "files", said, "", {"text": "x"}, 1]]}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nei",
        "[]",
        "[" * 100_000,
        {**VALID, "lines": {}},
        {**VALID, "lines": [LINE[:5]]},
        {**VALID, "lines": [["annet", *LINE[1:]]]},
        {**VALID, "lines": [[*LINE[:5], -1]]},
        {**VALID, "lines": [[*LINE[:5], "1"]]},
        {**VALID, "found": {"files": 1.5}},
        {**VALID, "origin": None},
        with_message("x"),
        with_message({}),
        with_message({"text": "{n:>999999999}", "values": {"n": 1}}),
        with_message({"text": "{n.__class__}", "values": {"n": 1}}),
        with_message({"text": "{n!r}", "values": {"n": 1}}),
        with_message({"text": "{borte}", "values": {"n": 1}}),
        with_message({"text": "{", "values": {"n": 1}}),
        with_message({"text": "{n}", "plural": "{n:99}", "values": {"n": 1}}),
        with_message({"text": "{n}", "plural": "{n}", "values": {"n": "1"}}),
        with_message({"text": "{n}", "values": {"n": None}}),
    ],
)
def test_a_report_that_a_stranger_spoilt_is_no_report(content: object, closed: Path) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    assert import_reports.report_of("documents", "x", text) is None
    with closing(sqlite3.connect(closed)) as stranger:
        stranger.execute(
            "INSERT INTO import_report (guid, kind, source, created, coder, kept, left_out,"
            " uncertain, content) VALUES ('g', 'documents', 'x', '', '', 0, 0, 0, ?)",
            (text,),
        )
        stranger.commit()
    with closing(project_file.open_project(closed)) as project:
        # The stranger's is the latest: the codebook that was taken in has left one, too.
        head = import_reports.all_reports(project.connection)[0]
        assert import_reports.read(project.connection, head.id) is None
    assert [one.code for one in doctor.repair(closed)] == ["import-reports"]
    assert doctor.diagnose(closed) == ()


def test_a_sentence_without_values_keeps_its_braces() -> None:
    text = json.dumps(with_message({"text": "{n:>999999999}"}))
    report = import_reports.report_of("documents", "x", text)
    assert report is not None
    assert str(report.lines[0].what) == "{n:>999999999}"


names = st.text(st.characters(codec="utf-8"), max_size=8)
items = st.sampled_from([*ITEM_WORDS, "noe nytt"])
values = st.one_of(names, st.integers(), st.floats(allow_nan=False))
plain = st.builds(Message, names)
filled = st.builds(lambda value: Message("«{name}» {name}", {"name": value}), values)
nested = st.builds(lambda one: message("({one})", one=one), st.one_of(plain, filled))
lines = st.builds(
    ReportLine, st.sampled_from(LINE_KINDS), items, st.one_of(plain, filled, nested), names,
    st.one_of(plain, filled, nested), st.integers(0, 10_000),
)  # fmt: skip
counts = st.dictionaries(items, st.integers(0, 10_000))


@given(names, counts, counts, st.lists(lines, max_size=5))
def test_any_report_survives_and_leaves_nothing_unsaid(
    source: str, found: Mapping[str, int], kept: Mapping[str, int], told: list[ReportLine]
) -> None:
    builder = ReportBuilder("project", source)
    builder.count_found(found)
    builder.count_kept(kept)
    for one in told:
        {
            "left out": builder.left_out, "uncertain": builder.uncertain,
            "decided": builder.decided, "came in": builder.came_in,
        }[one.kind](one.item, one.what, one.where, one.why, count=one.count)  # fmt: skip
    report = builder.finished()
    assert unaccounted(report.found, report.kept, list(report.lines)) == {}
    assert all(one in report.lines for one in told)
    text = import_reports.text_of(report)
    assert import_reports.report_of("project", source, text) == report
