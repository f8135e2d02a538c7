"""Score sheets: taken in from sheets, counted against a slow count, compared, mended."""

import math
import random
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.correlation import correlate
from qda.analysis.scores import agreement, case_means, find_item, find_sheet, summarise
from qda.app.translation import load_catalogue
from qda.formats.word_tables import write_word_table
from qda.jobs.progress import Progress
from qda.model.errors import Ambiguous, FileProblem, NotAllowed, NotFound
from qda.model.ids import ScoreSheetId
from qda.operations import cases
from qda.operations.score_sheets import ScoredSheet, read_scores, report_on
from qda.operations.score_tables import agreement_table, summary_table
from qda.operations.scores import import_scores, preview_scores, remove_score_sheet
from qda.store import doctor, memos, project_file, scores
from qda.store.project_file import ProjectFile

Write = Callable[[str], Path]
SCALE = (0, 2)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "saker.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def take(project: ProjectFile, sheet: ScoredSheet, name: str = "saker") -> int:
    return import_scores(
        project, coder="Kari", name=name, scale=SCALE, rows=sheet.rows, items=sheet.items,
        report=report_on(sheet), unknown="add", progress=Progress(),
    ).value  # fmt: skip


WIDE = """Kontor;Saksnr;Skårer;Mål;Plan;Merknad
Nord;1;Kari;0;2;fin
Nord;2;Kari;1;;
Nord;2;Ola;2;1;
Sør;1;Kari;2;3;
Sør;2;Kari;-;1,5;
Sør;2;Kari;1;0;
;3;Kari;1;1;
"""


def test_a_wide_sheet_is_taken_in_with_all_that_is_left_out(
    project: ProjectFile, write: Write
) -> None:
    sheet = read_scores(write(WIDE), SCALE)
    assert (sheet.items, sheet.raters, sheet.unused) == (
        ("Mål", "Plan"), ("Kari", "Ola"), ("Merknad",),
    )  # fmt: skip
    assert sheet.missing == 2
    assert [(one.row, one.column) for one in sheet.misfits] == [
        (5, "Plan"), (6, "Plan"), (8, "Mål"), (8, "Plan"),
    ]  # fmt: skip
    report = report_on(sheet)
    count = preview_scores(project, name="saker", scale=SCALE, rows=sheet.rows, report=report)
    assert (count, scores.all_sheets(project.connection)) == (0, ())
    with pytest.raises(NotFound, match="Nord, Sør"):
        import_scores(project, coder="Kari", name="x", scale=SCALE, rows=sheet.rows,
                      report=report_on(sheet))  # fmt: skip
    assert take(project, sheet) == 8
    found = summarise(project.connection, find_sheet(project.connection, ""))
    assert found.offices == ("Nord", "Sør")
    north, south = found.cells
    assert (north[0].counts, north[0].mean) == ((1, 1, 0), 0.5)
    assert (south[0].counts, south[0].n, south[1].counts) == ((0, 1, 1), 2, (1, 0, 0))
    assert found.total[0].counts == (1, 2, 1)
    assert "1 file was scored by several raters" in str(found.notes[0])
    assert "with the score of Kari" in str(found.notes[0])
    # File 2 has no score of Kari's on the plan: there Ola's counts.
    assert north[1].counts == (0, 1, 1)
    files = {one.guid: one.name for one in scores.files(project.connection, found.sheet.id)}
    assert [[files[one] for one in some] for some in north[0].files] == [["1"], ["2"], []]
    only = summarise(project.connection, found.sheet, rater="ola")
    assert only.cells[0][0].counts == (0, 0, 1)
    with pytest.raises(NotFound, match="the raters are: Kari, Ola"):
        summarise(project.connection, found.sheet, rater="Per")
    project.undo("Kari")
    assert scores.all_sheets(project.connection) == ()
    project.redo("Kari")
    remove_score_sheet(project, coder="Kari", sheet=found.sheet.id)
    assert scores.all_sheets(project.connection) == ()
    with pytest.raises(NotFound):
        remove_score_sheet(project, coder="Kari", sheet=ScoreSheetId(99))


def test_a_long_sheet_says_the_same(project: ProjectFile, write: Write) -> None:
    long = "kontor;sak;indikator;skår\nNord;1;Mål;0\nNord;1;Plan;2\nNord;2;Mål;1\nNord;2;Plan;-\n"
    sheet = read_scores(write(long), SCALE, rater="Kari")
    assert (sheet.items, sheet.raters, sheet.missing) == (("Mål", "Plan"), ("Kari",), 1)
    assert take(project, sheet) == 3
    again = read_scores(write("kontor;sak;mål\nNord;1;2\nNord;9;1\n"), SCALE, rater="Kari")
    report = report_on(again)
    import_scores(project, coder="Kari", name="SAKER", scale=SCALE, rows=again.rows, report=report)
    assert "take the place" in str(next(report.of_kind("decided")).why)
    sheets = scores.all_sheets(project.connection)
    assert [len(one.items) for one in sheets] == [2]
    cell = summarise(project.connection, sheets[0]).total[0]
    assert (cell.counts, cell.mean) == ((0, 2, 1), 4 / 3)
    with pytest.raises(NotAllowed, match="has the scale 0 to 2"):
        import_scores(project, coder="Kari", name="saker", scale=(1, 5), rows=again.rows,
                      report=report_on(again))  # fmt: skip
    for scale in ((2, 2), (0, 99)):
        with pytest.raises(NotAllowed, match="A scale has"):
            preview_scores(project, name="x", scale=scale, rows=(), report=report_on(again))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sak;mål\n1;2\n", "no column called office"),
        ("kontor;mål\nNord;2\n", "no column called file number"),
        ("kontor;sak;navn\nNord;1;a\n", "no column of whole numbers"),
        ("kontor;sak;mål\nNord;1;7\n", "No score of saker.csv"),
    ],
)
def test_a_sheet_that_is_none_is_refused(write: Write, text: str, said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        read_scores(write(text), SCALE)


def test_summaries_are_what_counting_by_hand_gives(project: ProjectFile, write: Write) -> None:
    """Study A: three offices, a hundred files each, four indicators, a second rater for some."""
    dice = random.Random(7)
    offices, items = ("Bjerke", "Frogner", "Søndre"), ("mål", "plan", "frist", "dialog")
    given: dict[tuple[str, int, str, str], int] = {}
    lines = ["kontor;saksnr;skårer;" + ";".join(items)]
    for office in offices:
        for file in range(1, 101):
            for rater in ("Kari", "Ola") if file <= 20 else ("Kari",):
                row = [dice.choice((0, 1, 2, None)) for _ in items]
                given |= {
                    (office, file, rater, item): value
                    for item, value in zip(items, row, strict=True)
                    if value is not None
                }
                cells = ["" if one is None else str(one) for one in row]
                lines.append(f"{office};{file};{rater};" + ";".join(cells))
    assert take(project, read_scores(write("\n".join(lines)), SCALE)) == len(given)
    connection = project.connection
    found = summarise(connection, find_sheet(connection, "saker"))
    for office, cells in zip(found.offices, found.cells, strict=True):
        for item, cell in zip(items, cells, strict=True):
            by_hand = []
            for file in range(1, 101):
                both = [given.get((office, file, one, item)) for one in ("Kari", "Ola")]
                by_hand += [one for one in both if one is not None][:1]
            counts = Counter(by_hand)
            assert cell.counts == tuple(counts[value] for value in range(3))
            assert cell.mean == pytest.approx(math.fsum(by_hand) / len(by_hand))
            assert sum(one for one in cell.shares if one is not None) == pytest.approx(1)
    means = case_means(connection, *find_item(connection, "saker/mål"))
    assert list(means.values()) == [cells[0].mean for cells in found.cells]
    compared = agreement(connection, found.sheet, "Kari", "Ola")
    for item, one in zip(items, compared, strict=False):
        pairs = [
            (given[office, file, "Kari", item], given[office, file, "Ola", item])
            for office in offices
            for file in range(1, 21)
            if (office, file, "Kari", item) in given and (office, file, "Ola", item) in given
        ]
        n, same = len(pairs), sum(a == b for a, b in pairs)
        chance = sum(
            sum(a == value for a, _ in pairs) * sum(b == value for _, b in pairs)
            for value in range(3)
        ) / n**2  # fmt: skip
        assert (one.n, one.percent) == (n, same / n)
        assert one.kappa == pytest.approx((same / n - chance) / (1 - chance))
        assert len(one.differing) == n - same
        assert one.alpha is not None
        assert one.ordinal_alpha is not None
    assert compared[-1].n == sum(one.n for one in compared[:-1])
    found_r = correlate(connection, snapshots.load(connection), "score:mål", "score:plan")
    assert (found_r.n, found_r.x) == (3, "score:mål")
    assert "mean of the scored files" in str(found_r.notes[0])


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".docx"])
def test_tables_are_written(
    project: ProjectFile, write: Write, tmp_path: Path, ending: str
) -> None:
    take(project, read_scores(write(WIDE), SCALE))
    sheet, nb = find_sheet(project.connection, "saker"), load_catalogue("nb")
    file = tmp_path / f"ut{ending}"
    write_word_table(file, summary_table(summarise(project.connection, sheet), nb), nb)
    assert file.stat().st_size > 100
    both = agreement(project.connection, sheet, "Kari", "Ola")
    table = agreement_table(both, ("Kari", "Ola"), nb)
    write_word_table(file, table, nb)
    assert [row[:3] for row in table.rows] == [
        ("Mål", 1, 0.0), ("Plan", 0, None), ("Alle indikatorer", 1, 0.0),
    ]  # fmt: skip


def test_an_indicator_of_several_sheets_must_be_told_apart(
    project: ProjectFile, write: Write
) -> None:
    sheet = read_scores(write(WIDE), SCALE)
    take(project, sheet)
    take(project, sheet, "andre")
    with pytest.raises(Ambiguous, match="saker/Mål, andre/Mål"):
        find_item(project.connection, "mål")
    with pytest.raises(NotFound, match="There is no scored indicator"):
        find_item(project.connection, "tja")
    with pytest.raises(NotFound, match="there are: saker, andre"):
        find_sheet(project.connection, "")


def test_the_doctor_keeps_scores_off_the_scale_as_memos(tmp_path: Path) -> None:
    path = tmp_path / "syk.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as sick:
        case = cases.add_case(sick, coder="Kari", name="A").value
        sheet = scores.insert_sheet(sick.connection, "saker", 0, 2)
        item = scores.insert_item(sick.connection, sheet, "mål")
        file = scores.insert_file(sick.connection, sheet, case, "7")
        sick.connection.execute(
            "INSERT INTO score (file_id, item_id, rater, value) VALUES (?, ?, 'Ola', 9)",
            (file, item),
        )
        assert summarise(sick.connection, scores.all_sheets(sick.connection)[0]).total[0].n == 0
    assert [one.code for one in doctor.diagnose(path)] == ["scores"]
    doctor.repair(path)
    assert doctor.diagnose(path) == ()
    with closing(project_file.open_project(path)) as again:
        assert [one.text for one in memos.all_memos(again.connection)] == [
            "saker: 7, mål (Ola) = 9"
        ]
