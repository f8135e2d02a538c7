"""Databases of Taguette: one made by the program itself, and others with what goes wrong."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.questions import EVERY_PROJECT, OpenQuestions, ReadAnswers
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.taguette import read_taguette
from qda.formats.exchange.taguette_text import TaguetteText
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem, NotFound

MADE = Path(__file__).parents[2] / "data" / "exchange" / "taguette.sqlite3"
FIRST = ReadAnswers(project="Tavlemøter")
LEADER = (
    "Samtale med Åse & Øyvind\nIntervjuer: Hvordan går det på tavlemøtet?\n"
    "Åse: Vi teller 😀 planer hver mandag, og så måler de <oss>.\n"
    "først det ene\nså det andre\nNord\t12\nSør\t7\nVi er\xa0slitne.\nMen det går."
)
Change = Callable[..., Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """A copy of the database with a few statements run on it."""

    def change(*statements: str) -> Path:
        path = tmp_path / "studie.sqlite3"
        path.write_bytes(MADE.read_bytes())
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return path

    return change


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(f"{one.kind} {one.what} {one.where} {one.why}" for one in report.lines)


# ------------------------------------------------------------------------- as the program made it
def test_what_the_program_wrote_comes_in_with_every_segment() -> None:
    project, report = read_taguette(MADE, answers=FIRST)
    assert project.name == "Tavlemøter"
    assert [one.text for one in project.documents] == [
        LEADER,
        "Notat fra møtet: ingen sa noe om målene 🦊.\nrad 1\n  rad 2",
    ]
    assert quotes(project) == [
        "Åse & Øyvind", "på tavlemøtet", "på tavlemøtet", "teller 😀 planer", "måler de <oss>",
        "ene\nså det", "er\xa0slitne.\nMen", "Sør\t7", "målene 🦊", "rad 2",
    ]  # fmt: skip
    assert all(one.certain and one.named == one.places for one in report.conventions)
    assert [one.convention.unit for one in report.conventions] == ["UTF-8", "UTF-8"]
    assert (report.found["selections"], report.found["codings"]) == (9, 10)


def test_tags_become_a_tree_with_their_descriptions() -> None:
    project, report = read_taguette(MADE, answers=FIRST)
    by_guid = {one.guid: one for one in project.codes}
    paths = {
        f"{by_guid[one.parent].name}/{one.name}" if one.parent else one.name: one
        for one in project.codes
    }
    assert set(paths) == {
        "interesting", "rutiner", "rutiner/tavlemøte", "mål", "mål/telling", "untagged"
    }  # fmt: skip
    assert paths["rutiner"].definition == "Faste måter"
    assert [one.name for one in project.codes if not one.codable] == ["mål"]
    assert "untagged" in told(report)


def test_who_made_a_highlight_and_when_is_in_the_record_of_commands() -> None:
    project, _report = read_taguette(MADE, answers=FIRST)
    names = {one.guid: one.name for one in project.coders}
    who = [names[one.coder] for one in project.codings if one.coder]
    assert who == ["admin", *["kari"] * 6, "admin", "kari", "admin"]
    assert {one.created for one in project.codings} == {"2026-03-01T10:11:12.000Z"}


def test_descriptions_become_memos() -> None:
    project, _ = read_taguette(MADE, answers=FIRST)
    assert {(one.on, one.text) for one in project.memos} == {
        ("document", "Om Leder Nord"), ("document", "Om Notater"),
        ("project", "Studie av <tre> kontorer"),
    }  # fmt: skip


def test_everything_is_the_same_when_it_is_read_again() -> None:
    assert read_taguette(MADE, answers=FIRST)[0] == read_taguette(MADE, answers=FIRST)[0]


def test_nothing_is_written_to_the_file_or_beside_it(changed: Change) -> None:
    path = changed()
    before = path.read_bytes()
    read_taguette(path, answers=FIRST)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


# ------------------------------------------------------------------------------- several projects
def test_which_of_several_projects_is_asked() -> None:
    with pytest.raises(OpenQuestions) as asked:
        read_taguette(MADE)
    choices = asked.value.projects
    assert [(one.name, one.documents) for one in choices] == [("Tavlemøter", 2), ("Prøve", 0)]
    by_key, _ = read_taguette(MADE, answers=ReadAnswers(project=choices[1].key))
    assert (by_key.name, len(by_key.documents)) == ("Prøve", 0)
    with pytest.raises(NotFound, match="Tavlemøter"):
        read_taguette(MADE, answers=ReadAnswers(project="Ukjent"))


def test_what_was_not_chosen_is_told() -> None:
    _, report = read_taguette(MADE, answers=FIRST)
    assert "left out The project Prøve" in told(report)


def test_every_project_is_taken_as_one_with_a_folder_of_codes_for_each() -> None:
    project, report = read_taguette(MADE, answers=ReadAnswers(project=EVERY_PROJECT))
    tops = [one.name for one in project.codes if one.parent is None]
    assert tops == ["Tavlemøter", "Prøve", "untagged"]
    assert len(project.codes) == 2 + 2 * 5 + 1
    assert "The project" not in told(report)
    assert len(project.codings) == 10


# --------------------------------------------------------------------------- what can go wrong
def test_a_database_without_snippets_is_read_by_its_bytes(changed: Change) -> None:
    project, _ = read_taguette(changed("UPDATE highlights SET snippet = ''"), answers=FIRST)
    assert "teller 😀 planer" in quotes(project)


def test_segments_counted_in_characters_stand_where_their_own_text_is(changed: Change) -> None:
    text = read_taguette(MADE, answers=FIRST)[0].documents[0].text
    statements: list[str] = ["DELETE FROM highlights WHERE document_id = 2"]
    for number, quote in enumerate(("Åse & Øyvind", "på tavlemøtet", "planer hver"), start=1):
        at = text.index(quote)
        statements.append(
            f"UPDATE highlights SET start_offset = {at}, end_offset = {at + len(quote)},"
            f" snippet = '<p>{quote.replace('&', '&amp;')}</p>' WHERE id = {number}"
        )
    statements.append("DELETE FROM highlights WHERE id > 3")
    project, report = read_taguette(changed(*statements), answers=FIRST)
    assert quotes(project) == ["Åse & Øyvind", "på tavlemøtet", "på tavlemøtet", "planer hver"]
    assert "counted in characters" in told(report)


def test_a_segment_that_shows_another_text_is_told(changed: Change) -> None:
    path = changed("UPDATE highlights SET snippet = '<p>noe helt annet</p>' WHERE id = 3")
    project, report = read_taguette(path, answers=FIRST)
    assert "teller 😀 planer" in quotes(project)
    assert "uncertain The segment «noe helt annet»" in told(report)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE highlights SET end_offset = start_offset WHERE id = 3", "begins where it ends"),
        ("UPDATE highlights SET end_offset = 99999 WHERE id = 3", "outside the text"),
        ("UPDATE highlights SET start_offset = 'tolv' WHERE id = 3", "outside the text"),
        ("UPDATE highlights SET start_offset = -4 WHERE id = 3", "outside the text"),
    ],
)
def test_segments_that_cannot_stand_are_told(changed: Change, statement: str, why: str) -> None:
    project, report = read_taguette(changed(statement), answers=FIRST)
    assert len(project.codings) == 9
    assert report.found["codings"] == 10
    assert sum(one.count for one in report.of_kind("left out") if one.item == "codings") == 1
    assert why in told(report)


def test_what_belongs_to_nothing_is_told(changed: Change) -> None:
    path = changed("UPDATE documents SET project_id = 77 WHERE id = 2")
    project, report = read_taguette(path, answers=FIRST)
    assert [one.name for one in project.documents] == ["Leder Nord"]
    assert "It belongs to no project of the file" in told(report)
    assert "left out Segments of documents" in told(report)
    lost = sum(one.count for one in report.of_kind("left out") if one.item == "selections")
    assert lost + report.kept["selections"] == report.found["selections"] == 9


def test_triggers_and_views_are_not_run(changed: Change) -> None:
    path = changed(
        "CREATE TRIGGER lur AFTER UPDATE ON documents BEGIN DELETE FROM tags; END",
        "CREATE VIEW members AS SELECT * FROM users",
    )
    project, report = read_taguette(path, answers=FIRST)
    assert len(project.codings) == 10
    assert "lur" in told(report)


def test_another_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE documents (id)")
    with pytest.raises(FileProblem, match="no database of Taguette"):
        read_taguette(path)


def test_reading_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_taguette(MADE, progress=progress, answers=FIRST)


def test_the_larger_sample_comes_in_with_every_segment_as_it_is_named(shared: Path) -> None:
    path = shared / "refi" / "peers" / "taguette_1.5.2_10docs_2000hl_synthetic.sqlite3"
    project, report = read_taguette(path)
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        snippets = [one for (one,) in connection.execute("SELECT snippet FROM highlights")]
    named = sorted(" ".join(TaguetteText(one).text.split()) for one in snippets)
    assert sorted(" ".join(one.split()) for one in quotes(project)) == named
    assert len(named) == report.kept["selections"] == 2000
    assert not list(report.of_kind("left out"))


# ------------------------------------------------------------------------------------- the text
PIECES = st.lists(
    st.sampled_from(
        ["å", "a b", " ", "\n", "😀", "&amp;", "&#8364;", "<p>", "</p>", "<b>", "</b>", "<br>",
         "<li>", "</li>", "<td>", "</td>", "<pre>", "</pre>", "<img src='x>y'>", "<!-- <p> -->",
         "<", "&", "\x00", "\x0c", "<a title=\"", ">"]
    ),
    max_size=30,
)  # fmt: skip


@given(PIECES)
def test_every_character_stands_where_its_bytes_lead(pieces: list[str]) -> None:
    text = TaguetteText("".join(pieces))
    at = 0
    for one in text.raw:
        length = len(one.encode())
        span = text.span(at, at + length)
        if span is not None:
            shown = text.text[span[0] : span[1]]
            assert shown == one or (shown == " " and one.isspace())
        else:
            assert one.isspace() or one in "\x00\x0c"
        at += length
    whole = text.span(0, at)
    assert whole is None or text.text[whole[0] : whole[1]] == text.text
    assert "".join(text.text.split()) == "".join(text.raw.replace("\x00", "").split())


def test_quotes_that_nothing_ends_take_no_time() -> None:
    TaguetteText('<a "' * 200_000)
    TaguetteText("<!" * 200_000)
    TaguetteText("<p>" * 200_000)
