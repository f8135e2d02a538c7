"""Reports as files: the same facts in each form, in the reader's language, without markup."""

import json
from pathlib import Path

import pytest
from lxml import html

from qda.app.translation import load_catalogue
from qda.formats.report_files import ENDINGS, write_report
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.import_report import ImportReportId, KeptReport, ReportBuilder
from qda.model.messages import Message, message

NB = load_catalogue("nb")
HEAD = KeptReport(
    ImportReportId(7), Guid("g"), "documents", "a <b> *c*", "2024-03-01T10:00:00Z", "Åse", 2, 1, 0
)


def say(one: Message) -> str:
    return one.say(NB)


@pytest.fixture
def builder() -> ReportBuilder:
    made = ReportBuilder("documents", "a <b> *c*")
    made.count_found({"files": 3})
    made.count_kept({"files": 2, "documents": 2})
    made.left_out(
        "files", Message("<script>x</script>"), "mappe/[x](http://y)",
        message("{name} is empty.", name="|_x_|"),
    )  # fmt: skip
    made.came_in("files", Message("Nord"), "Nord.txt", Message("b"), count=2)
    return made


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_form_holds_every_fact(ending: str, builder: ReportBuilder, tmp_path: Path) -> None:
    path = tmp_path / f"rapport{ending.upper()}"
    write_report(path, builder.finished(), HEAD, say, NB.format_moment)
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    if ending == ".json":
        data = json.loads(text)
        assert (data["id"], data["kind"], data["coder"]) == (7, "documents", "Åse")
        assert data["in"] == {"files": 3}
        assert data["out"] == {"files": 2, "documents": 2}
        assert data["discarded"][0]["why"] == "|_x_| er tom."
        assert data["came_in"][0]["count"] == 2
        return
    shown = str(html.fromstring(text).xpath("string()")) if ending == ".html" else text
    if ending == ".md":
        shown = shown.replace("\\", "")
    for fact in ("a <b> *c*", "Åse", "<script>x</script>", "|_x_| er tom.", "Nord.txt", "× 2"):
        assert fact in shown
    assert "1. mars 2024" in shown
    for heading in ("Utelatt", "Kom inn"):
        assert heading in shown
    assert "filer" in shown
    assert "Left out" not in shown


def test_markup_in_names_stays_text(builder: ReportBuilder, tmp_path: Path) -> None:
    page, marked = tmp_path / "r.html", tmp_path / "r.md"
    for path in (page, marked):
        write_report(path, builder.finished(), HEAD, say, NB.format_moment)
    assert html.fromstring(page.read_text("utf-8")).xpath("//script | //b") == []
    assert "<script>" not in marked.read_text("utf-8").replace("\\<", "")
    assert "\\[x\\](http" in marked.read_text("utf-8")


def test_another_ending_is_refused_in_words(builder: ReportBuilder, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"\.txt, \.md, \.html, \.json"):
        write_report(tmp_path / "r.docx", builder.finished(), None, say, NB.format_moment)
    assert list(tmp_path.iterdir()) == []
