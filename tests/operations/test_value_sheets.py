"""Sheets of monthly values in every shape, and taking them in."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem, NotFound
from qda.operations import cases, monthly_values
from qda.operations.monthly_values import PeriodValue
from qda.operations.value_sheets import ValueOptions, ValueSheet, read_values, report_on
from qda.store import import_reports, variables
from qda.store.project_file import ProjectFile

Write = Callable[[str], Path]
OFFICES, MONTHS, NAMES = ("Nord", "Sør"), ("2012-01", "2012-02", "2012-03"), ("plan", "i jobb")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "mine_tall.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def number(office: str, month: str, name: str) -> float:
    return OFFICES.index(office) * 100 + MONTHS.index(month) * 10 + NAMES.index(name) + 0.5


def said(value: float) -> str:
    return str(value).replace(".", ",")


def everything(names: tuple[str, ...] = NAMES) -> set[PeriodValue]:
    return {
        PeriodValue(office, month, name, number(office, month, name))
        for office in OFFICES for month in MONTHS for name in names
    }  # fmt: skip


def long() -> str:
    lines = [
        f"{office};{month};{name};{said(number(office, month, name))}"
        for office in OFFICES for month in MONTHS for name in NAMES
    ]  # fmt: skip
    return "\n".join(["kontor;måned;indikator;verdi", *lines])


def columns() -> str:
    lines = [
        ";".join([office, month, *(said(number(office, month, name)) for name in NAMES)])
        for office in OFFICES for month in MONTHS
    ]  # fmt: skip
    return "\n".join(["kontor;måned;" + ";".join(NAMES), *lines])


def wide_columns() -> str:
    pairs = [(name, month) for name in NAMES for month in MONTHS]
    lines = [
        ";".join([office, *(said(number(office, month, name)) for name, month in pairs)])
        for office in OFFICES
    ]
    return "\n".join(["kontor;" + ";".join(f"{name} {month}" for name, month in pairs), *lines])


def wide_rows() -> str:
    lines = [
        ";".join([office, name, *(said(number(office, month, name)) for month in MONTHS)])
        for office in OFFICES for name in NAMES
    ]  # fmt: skip
    return "\n".join(["kontor;indikator;" + ";".join(MONTHS), *lines])


def wide() -> str:
    lines = [
        ";".join([office, *(said(number(office, month, "plan")) for month in MONTHS)])
        for office in OFFICES
    ]
    return "\n".join(["kontor;" + ";".join(MONTHS), *lines])


@pytest.mark.parametrize(
    ("text", "shape"),
    [(long(), "long"), (columns(), "columns"), (wide_columns(), "wide columns"),
     (wide_rows(), "wide rows")],
)  # fmt: skip
def test_every_shape_gives_the_same_values(write: Write, text: str, shape: str) -> None:
    found = read_values(write(text))
    assert found.layout.shape == shape
    assert set(found.values) == everything()
    assert (found.cases, found.months) == (OFFICES, MONTHS)
    assert set(found.indicators) == set(NAMES)
    assert (found.misfits, found.missing, found.unused) == ((), 0, ())


def test_one_indicator_by_month_takes_its_name_from_the_file_or_the_user(write: Write) -> None:
    path = write(wide())
    found = read_values(path)
    assert (found.layout.shape, found.layout.nameless) == ("wide", True)
    assert found.indicators == ("mine tall",)
    named = read_values(path, ValueOptions(name=" plan "))
    assert set(named.values) == everything(("plan",))
    one = read_values(write("kontor;måned;verdi\nNord;2012-01;1\n"), ValueOptions(name="plan"))
    assert one.values == (PeriodValue("Nord", "2012-01", "plan", 1.0),)


def test_other_columns_are_named_as_unused(write: Write) -> None:
    found = read_values(write("id;enhet;fylke;2012-01;2012-02\n7;Nord;Viken;1;2\n"))
    assert found.cases == ("Nord",)
    assert found.unused == ("id", "fylke")
    by_number = read_values(
        write("id;enhet;fylke;2012-01;2012-02\n7;Nord;Viken;1;2\n"), ValueOptions(case="ID")
    )
    assert by_number.cases == ("7",)


def test_year_and_month_may_stand_apart(write: Write) -> None:
    found = read_values(write("kontor;år;måned;plan\nNord;2012;3;5\nNord;2012;11;6\n"))
    assert [(one.period, one.value) for one in found.values] == [("2012-03", 5.0), ("2012-11", 6.0)]


def test_missing_values_are_counted_and_what_does_not_fit_is_listed(write: Write) -> None:
    text = (
        "kontor;måned;indikator;verdi\n"
        "Nord;2012-01;plan;..\nNord;2012-02;plan;-\nNord;2012-03;plan;\n"
        "Nord;2012-04;plan;63 %\nNord;2012-05;plan;4o\n;2012-06;plan;1\n"
        "Nord;2012-13;plan;1\nNord;2012-06;;1\nNord;2012-07;plan;1\nNord;2012-07;plan;2\n"
        "Nord;2012-08;plan;1\nNord;2012-08;plan;1,0\n"
    )
    found = read_values(write(text))
    assert {(one.period, one.value) for one in found.values} == {
        ("2012-04", 63.0), ("2012-07", 2.0), ("2012-08", 1.0)
    }  # fmt: skip
    assert found.missing == 3
    assert [(one.row, one.cell, one.trouble) for one in found.misfits] == [
        (6, "4o", "no number"), (7, "1", "no case"), (8, "1", "no month"), (9, "1", "no indicator"),
    ]  # fmt: skip
    assert [(one.row, one.trouble) for one in found.repeated] == [(11, "repeated")]
    report = report_on(found)
    report.count_kept({"values": 3})
    finished = report.finished()
    # Of eight filled cells three are values, four do not fit, and one gave way to a later one.
    assert finished.found["values"] == 8
    assert finished.total("left out") == 5
    assert not any("No line says" in str(line.why) for line in finished.lines)


def test_an_indicator_of_texts_stays_one(write: Write) -> None:
    text = "kontor;måned;indikator;verdi\nN;2012-01;grad;lav\nN;2012-02;grad;høy\nN;2012-01;n;3\n"
    found = read_values(write(text))
    assert found.texts == {"grad"}
    assert [one.value for one in found.values] == ["lav", "høy", 3.0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kontor;ansatte\nNord;5\n", "no months"),
        ("kontor;måned;fylke\nNord;2012-01;Viken\n", "no column of numbers"),
        ("kontor;måned;indikator\nNord;2012-01;p\n", "no column called value"),
        ("2012-01;2012-02\n1;2\n", "no column of offices"),
        ("kontor;måned;indikator;verdi\nNord;mars;p;1\n", "row 2, column verdi: There is no month"),
        ("kontor;2012-01;2012-02\nNord;..;\n", "empty"),
    ],
)
def test_what_is_no_sheet_of_values_is_said(write: Write, text: str, word: str) -> None:
    with pytest.raises(FileProblem, match=word):
        read_values(write(text))


def test_a_column_that_is_not_there(write: Write) -> None:
    with pytest.raises(FileProblem, match="no column called avdeling"):
        read_values(write(wide()), ValueOptions(case="avdeling"))


def test_workbooks_with_dates_as_months(tmp_path: Path) -> None:
    from datetime import datetime

    path = tmp_path / "tall.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    month = book.add_format({"num_format": "mmm yyyy"})
    percent = book.add_format({"num_format": "0%"})
    sheet.write_row(0, 0, ["kontor"])
    for at in (1, 2):
        sheet.write_datetime(0, at, datetime(2012, at, 1), month)  # noqa: DTZ001
    sheet.write_string(1, 0, "Nord")
    sheet.write_number(1, 1, 0.63, percent)
    sheet.write_boolean(1, 2, boolean=True)
    book.close()
    found = read_values(path)
    assert found.values == (PeriodValue("Nord", "2012-01", "tall", 63.0),)
    assert [one.trouble for one in found.misfits] == ["no number"]


# ------------------------------------------------------------------------------ taking in
def taken(project: ProjectFile) -> dict[tuple[int, int, str], object]:
    found = variables.values(project.connection, "case")
    return {(one.variable, one.subject, one.period): one.value for one in found}


def add(project: ProjectFile, *names: str) -> None:
    for name in names:
        cases.add_case(project, coder="Kari", name=name)


def test_unknown_offices_are_refused_added_or_left_out(project: ProjectFile, write: Write) -> None:
    add(project, "Nord")
    sheet = read_values(write(wide()))
    with pytest.raises(NotFound, match="1 case of the sheet is not in the project: Sør"):
        monthly_values.import_period_values(project, coder="Kari", values=sheet.values)
    assert not taken(project)
    report = report_on(sheet)
    done = monthly_values.import_period_values(
        project, coder="Kari", values=sheet.values, unknown="leave out", report=report
    )
    assert done.value == 3
    kept = import_reports.all_reports(project.connection)[0]
    assert (kept.kind, kept.kept, kept.left_out) == ("values", 3, 3)
    done = monthly_values.import_period_values(
        project, coder="Kari", values=sheet.values, unknown="add"
    )
    assert done.value == len(taken(project)) == 6


def test_an_import_is_one_step_or_none(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monthly_values, "PART", 2)
    add(project, "Nord", "Sør")
    values = sorted(everything())
    run = partial(monthly_values.import_period_values, project, coder="Kari", values=values)
    told: list[int] = []

    def cancel_midway(done: int, total: int, _message: object) -> None:
        told.append(total)
        if done >= total // 2:
            progress.cancel()

    progress = Progress(cancel_midway)
    with pytest.raises(Cancelled):
        run(progress=progress)
    assert set(told) == {12}
    assert not taken(project)
    done = run(progress=Progress())
    assert done.value == 12
    assert done.changes.counts()["value"] == 12
    project.undo("Kari")
    assert not taken(project)
    project.redo("Kari")
    assert len(taken(project)) == 12


def test_values_come_out_as_they_went_in(project: ProjectFile, write: Write) -> None:
    random_ = random.Random(4)
    offices = [f"Kontor {n}" for n in range(20)]
    add(project, *offices)
    months = [f"20{10 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
    table = {(o, m): random_.uniform(-1e6, 1e6) for o in offices for m in months}
    lines = [";".join([o, *(said(table[o, m]) for m in months)]) for o in offices]
    sheet: ValueSheet = read_values(write("\n".join(["kontor;" + ";".join(months), *lines])))
    monthly_values.import_period_values(project, coder="Kari", values=sheet.values)
    ids = {one.name: one.id for one in cases.cases.all_cases(project.connection)}
    assert taken(project) == {(1, ids[o], m): value for (o, m), value in table.items()}
