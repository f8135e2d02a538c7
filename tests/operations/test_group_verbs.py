"""What cases belong to for a time, and what became of them: setting, importing, mending."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.app.translation import InterfaceLanguage, load_catalogue
from qda.formats.word_tables import write_word_table
from qda.model.errors import FileProblem, NotAllowed, NotFound
from qda.model.groups import (
    Membership,
    Succession,
    SuccessionKind,
    ends,
    followed,
    overlap,
    short_until,
    span_words,
)
from qda.model.ids import CaseId, GroupId, Guid, MembershipId, SuccessionId
from qda.operations import cases, variables
from qda.operations.group_sheets import (
    membership_table,
    read_memberships,
    read_successions,
    report_on,
    succession_table,
)
from qda.operations.memberships import (
    clear_memberships,
    edit_membership,
    import_memberships,
    set_membership,
)
from qda.operations.successions import add_succession, import_successions, remove_successions
from qda.store import doctor, groups, history, import_reports, memos, project_file
from qda.store.project_file import ProjectFile

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "ark.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def office(project: ProjectFile) -> Callable[[str], CaseId]:
    return lambda name: cases.add_case(project, coder="Kari", name=name).value


def belongings(project: ProjectFile) -> list[tuple[str, str, str, str, str]]:
    return [tuple(map(str, row)) for row in membership_table(project).rows]  # type: ignore[misc]


def followings(project: ProjectFile) -> list[tuple[str, ...]]:
    table = succession_table(project, load_catalogue("en"))
    return [tuple(map(str, row)) for row in table.rows]


def test_an_office_belongs_to_one_county_after_another(
    project: ProjectFile, office: Callable[[str], CaseId]
) -> None:
    lier = office("Lier")
    for group, since, until in (
        ("Buskerud", "", "2019"), ("Viken", "2020-01", "31.12.2023"), ("Buskerud", "2024-01", ""),
    ):  # fmt: skip
        set_membership(
            project, coder="Kari", case=lier, kind="fylke", group=group, since=since, until=until
        )
    assert belongings(project) == [
        ("Lier", "fylke", "Buskerud", "", "2019-12"),
        ("Lier", "fylke", "Viken", "2020-01", "2023-12"),
        ("Lier", "fylke", "Buskerud", "2024-01", ""),
    ]
    assert [one.name for one in groups.all_groups(project.connection)] == ["Buskerud", "Viken"]
    project.undo("Kari")
    assert len(belongings(project)) == 2
    project.redo("Kari")
    middle = groups.all_memberships(project.connection)[1]
    edit_membership(
        project, coder="Kari", membership=middle.id, group="Akershus", since="2020-02",
        until="2023-11",
    )  # fmt: skip
    assert belongings(project)[1] == ("Lier", "fylke", "Akershus", "2020-02", "2023-11")
    assert [one.name for one in groups.all_groups(project.connection)] == ["Akershus", "Buskerud"]
    everything = [one.id for one in groups.all_memberships(project.connection)]
    clear_memberships(project, coder="Kari", memberships=everything)
    assert (groups.all_kinds(project.connection), groups.all_groups(project.connection)) == ((), ())
    project.undo("Kari")
    cases.remove_case(project, coder="Kari", case=lier)
    assert groups.all_kinds(project.connection) == ()
    project.undo("Kari")
    assert len(belongings(project)) == 3
    assert history.audit_entries(project.connection)[-1].action == "undone"


def test_an_open_end_lasts_until_the_next_begins(
    project: ProjectFile, office: Callable[[str], CaseId]
) -> None:
    case = office("Asker")
    for since, group in (("2024", "Akershus"), ("", "Akershus "), ("2020", "Viken")):
        set_membership(project, coder="Kari", case=case, kind="fylke", group=group, since=since)
    known = groups.all_memberships(project.connection)
    assert [one.since for one in known] == ["", "2020-01-01", "2024-01-01"]
    assert ends(known) == ["2019-12-31", "2023-12-31", "9999-99-99"]


def test_what_began_on_the_same_day_is_replaced(
    project: ProjectFile, office: Callable[[str], CaseId]
) -> None:
    case = office("Asker")
    for group in ("Vikan", "Viken"):
        set_membership(project, coder="Kari", case=case, kind="Fylke", group=group, since="2020-01")
    assert belongings(project) == [("Asker", "Fylke", "Viken", "2020-01", "")]
    set_membership(project, coder="Kari", case=case, kind="region", group="Øst", since="2020-01")
    assert len(belongings(project)) == 2


@pytest.mark.parametrize(
    ("since", "until"),
    [("2022", ""), ("2019", "2020-01"), ("2021-03", "2021-04"), ("", "2030"), ("2023-12-31", "")],
)
def test_days_that_another_takes_up_are_refused(
    project: ProjectFile, office: Callable[[str], CaseId], since: str, until: str
) -> None:
    case = office("Asker")
    set_membership(
        project, coder="Kari", case=case, kind="fylke", group="Viken", since="2020", until="2023"
    )
    with pytest.raises(NotAllowed, match=r"already belongs .* 2020-01 to 2023-12"):
        set_membership(
            project, coder="Kari", case=case, kind="fylke", group="Oslo", since=since, until=until
        )
    assert len(belongings(project)) == 1
    assert [one.name for one in groups.all_groups(project.connection)] == ["Viken"]


def test_what_cannot_be_is_refused(project: ProjectFile, office: Callable[[str], CaseId]) -> None:
    case = office("Asker")
    variables.add_variable(project, coder="Kari", subject="case", name="størrelse")
    for kind, group, since, until, said in (
        ("størrelse", "x", "", "", "already a variable called"),
        ("code", "x", "", "", "already one"),
        ("fylke", " ", "", "", "cannot be empty"), ("", "x", "", "", "cannot be empty"),
        ("fylke", "x", "30.02.2020", "", "is no day"), ("fylke", "x", "2021", "2020", "is before"),
        ("fylke", "x", "i fjor", "", "is no day"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=said):
            set_membership(
                project, coder="Kari", case=case, kind=kind, group=group, since=since, until=until
            )
    with pytest.raises(NotFound):
        set_membership(project, coder="Kari", case=CaseId(99), kind="fylke", group="x")
    with pytest.raises(NotFound):
        clear_memberships(project, coder="Kari", memberships=[MembershipId(99)])
    assert groups.all_kinds(project.connection) == ()


days = st.integers(0, 40).map(lambda at: f"2020-{1 + at // 28:02d}-{1 + at % 28:02d}")


@given(st.lists(st.tuples(st.one_of(st.just(""), days), st.one_of(st.just(""), days)), max_size=5))
def test_stretches_overlap_where_a_day_is_in_two(stretches: list[tuple[str, str]]) -> None:
    stretches = [one for one in stretches if not one[0] or not one[1] or one[0] <= one[1]]
    ordered = sorted(stretches)
    # An open end lasts to the day before the next one that begins later.
    closed = [
        (since, until or next((other for other, _ in ordered if other > since), "9999"))
        for since, until in ordered
    ]
    everyday = [f"2020-{1 + at // 28:02d}-{1 + at % 28:02d}" for at in range(-1, 60)]
    shared = any(
        sum(
            since <= day and (day <= until if ordered[at][1] else day < until)
            for at, (since, until) in enumerate(closed)
        ) > 1
        for day in ["2019-01-01", *everyday, "2031-01-01"]
    )  # fmt: skip
    assert (overlap(stretches) is not None) == shared


def test_days_are_told_by_month_where_they_can() -> None:
    assert str(span_words("2020-01-01", "2023-12-31")) == "2020-01 to 2023-12"
    assert str(span_words("2020-01-15", "")) == "from 2020-01-15"
    assert str(span_words("", "2020-02-28")) == "until 2020-02-28"
    assert str(span_words("", "")) == "always"
    assert short_until("2024-02-29") == "2024-02"


# ------------------------------------------------------------------------------ successions
def test_offices_merge_split_and_are_renamed(
    project: ProjectFile, office: Callable[[str], CaseId]
) -> None:
    a, b, c, d, e, f = map(office, "ABCDEF")
    merged = add_succession(project, coder="Kari", old=[a, b], new=[c], at="2021-06")
    assert len(merged.value) == 2
    add_succession(project, coder="Kari", old=[c], new=[d], at="2022")
    add_succession(project, coder="Kari", old=[d], new=[e, f], at="2023-03-01")
    assert followings(project) == [
        ("A", "C", "2021-06-01", "merger"), ("B", "C", "2021-06-01", "merger"),
        ("C", "D", "2022-01-01", "renaming"), ("D", "E", "2023-03-01", "division"),
        ("D", "F", "2023-03-01", "division"),
    ]  # fmt: skip
    known = groups.all_successions(project.connection)
    assert followed(known, "2021-05-31") == {}
    assert followed(known, "2021-06-01") == {a: c, b: c}
    assert followed(known, "2030-01-01") == {a: d, b: d, c: d}
    project.undo("Kari")
    assert len(followings(project)) == 3
    remove_successions(project, coder="Kari", successions=merged.value)
    assert followings(project) == [("C", "D", "2022-01-01", "renaming")]


def test_successions_that_cannot_be_are_refused(
    project: ProjectFile, office: Callable[[str], CaseId]
) -> None:
    a, b, c, d = map(office, "ABCD")
    add_succession(project, coder="Kari", old=[a], new=[b], at="2020", kind="merger")
    refused: tuple[tuple[list[CaseId], list[CaseId], str, SuccessionKind | None, str], ...] = (
        ([a], [b], "2021", None, "recorded already"), ([a], [c], "2020", None, "has a successor"),
        ([b], [a], "2021", None, "follow itself"), ([c], [c], "2021", None, "follow itself"),
        ([a, b], [c, d], "2021", None, "Several offices cannot"), ([], [c], "2021", None, "Say"),
        ([c], [], "2021", None, "Say"), ([c], [d], "snart", None, "is no day"),
        ([a, b], [c], "2021", "split", "are a merger"),
        ([c], [a, b], "2021", "renaming", "is a split"),
    )  # fmt: skip
    for old, new, at, kind, said in refused:
        with pytest.raises(NotAllowed, match=said):
            add_succession(project, coder="Kari", old=old, new=new, at=at, kind=kind)
    with pytest.raises(NotFound):
        add_succession(project, coder="Kari", old=[a], new=[CaseId(99)], at="2020")
    with pytest.raises(NotFound):
        remove_successions(project, coder="Kari", successions=[SuccessionId(99)])
    assert len(followings(project)) == 1


# ----------------------------------------------------------------------------------- sheets
MEMBERSHIPS = """Kontor;Fylke;Fra;Til;Merknad
Lier;Buskerud;;2019;
Lier;Viken;2020;2023;
Lier;Buskerud;2024-01;;
nav lier;Oslo;2021;;overlapper
Moss;Østfold;;;
;Oslo;;;ingen
Moss;Oslo;2020-13;;
"""


def test_a_sheet_of_memberships_is_taken_in(
    project: ProjectFile, office: Callable[[str], CaseId], write: Write
) -> None:
    office("Lier")
    sheet = read_memberships(write(MEMBERSHIPS))
    with pytest.raises(NotFound, match="1 case of the sheet is not in the project: Moss"):
        import_memberships(project, coder="Kari", rows=sheet.rows, report=report_on(sheet))
    assert ([one.row for one in sheet.misfits], sheet.unused) == ([7, 8], ("Merknad",))
    done = import_memberships(
        project, coder="Kari", rows=sheet.rows, report=report_on(sheet), unknown="leave out"
    )
    assert done.value == 3
    (head,) = import_reports.all_reports(project.connection)
    report = import_reports.read(project.connection, head.id)
    assert report is not None
    assert (report.found["memberships"], report.kept["memberships"]) == (7, 3)
    assert sum(one.count for one in report.of_kind("left out") if one.item == "memberships") == 4
    assert {one.name for one in groups.all_kinds(project.connection)} == {"Fylke"}
    project.undo("Kari")
    assert belongings(project) == []
    done = import_memberships(
        project, coder="Kari", rows=sheet.rows, report=report_on(sheet), unknown="add"
    )
    assert done.value == 4
    assert ("Moss", "Fylke", "Østfold", "", "") in belongings(project)
    again = import_memberships(project, coder="Kari", rows=sheet.rows, report=report_on(sheet))
    assert (again.value, len(belongings(project))) == (4, 4)


def test_two_rows_from_the_same_day_do_not_replace_one_another(
    project: ProjectFile, office: Callable[[str], CaseId], write: Write
) -> None:
    office("Lier")
    sheet = read_memberships(write("kontor;fylke;fra\nLier;Viken;2020\nLier;Oslo;2020\n"))
    report = report_on(sheet)
    import_memberships(project, coder="Kari", rows=sheet.rows, report=report)
    assert belongings(project) == [("Lier", "fylke", "Viken", "2020-01", "")]
    assert [str(one.why) for one in report.of_kind("left out")] == [
        "The office already belongs to another group of that kind from 2020-01; end that first."
    ]
    sheet = read_memberships(write("kontor;fylke;fra\nLier;Akershus;2020\n"))
    report = report_on(sheet)
    import_memberships(project, coder="Kari", rows=sheet.rows, report=report)
    assert belongings(project) == [("Lier", "fylke", "Akershus", "2020-01", "")]
    assert "takes the place" in str(next(report.of_kind("decided")).why)


SUCCESSIONS = """Forgjenger;Etterfølger;Dato;Endring
A|B;C;2021-06;
C;D;01.01.2022;navneendring
D;E;2023-03;
D;F;2023-03;
E;A;2024;
G;H;2024;sammenslåing
H;I;2024;noe annet
"""


def test_a_sheet_of_mergers_is_taken_in(
    project: ProjectFile, office: Callable[[str], CaseId], write: Write
) -> None:
    for name in "ABCDEF":
        office(name)
    sheet = read_successions(write(SUCCESSIONS.replace("A|B", '"A; B"')))
    assert [one.row for one in sheet.misfits] == [8]
    report = report_on(sheet)
    done = import_successions(
        project, coder="Kari", rows=sheet.rows, report=report, unknown="leave out"
    )
    assert (done.value, report.found["successions"], report.kept["successions"]) == (5, 8, 5)
    assert [row[3] for row in followings(project)] == [
        "merger", "merger", "renaming", "division", "division",
    ]  # fmt: skip
    left = [str(one.what) for one in report.of_kind("left out")]
    assert left == ["Row 8", "Row 6: E to A, 2024-01-01", "Row 7: G to H, 2024-01-01"]
    again = import_successions(
        project, coder="Kari", rows=sheet.rows, report=report_on(sheet), unknown="add"
    )
    assert again.value == 6
    assert followings(project)[-1] == ("G", "H", "2024-01-01", "merger")


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(
    project: ProjectFile, office: Callable[[str], CaseId], tmp_path: Path,
    language: InterfaceLanguage, ending: str,
) -> None:  # fmt: skip
    a, b, c = map(office, "ABC")
    set_membership(project, coder="Kari", case=a, kind="fylke", group="Viken", since="2020-01-15")
    set_membership(project, coder="Kari", case=a, kind="region", group="2", until="2020")
    add_succession(project, coder="Kari", old=[a, b], new=[c], at="2021-06-15")
    before = belongings(project), followings(project)
    catalogue = load_catalogue(language)
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    write_word_table(first, membership_table(project), catalogue)
    write_word_table(second, succession_table(project, catalogue), catalogue)
    with closing(project_file.create(tmp_path / "to.qdaproj", coder="Kari")) as other:
        sheet = read_memberships(first)
        assert sheet.misfits == () == sheet.unused
        import_memberships(
            other, coder="Kari", rows=sheet.rows, report=report_on(sheet), unknown="add"
        )
        pairs = read_successions(second)
        assert pairs.misfits == () == pairs.unused
        import_successions(
            other, coder="Kari", rows=pairs.rows, report=report_on(pairs), unknown="add"
        )
        assert (belongings(other), followings(other)) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fylke;fra\nOslo;2020\n", "no column called office"),
        ("kontor;fra\nA;2020\n", "no column of groups"),
        ("kontor;lag;farge\nA;Oslo;Øst\n", "cannot be told"),
        ("kontor;gruppe\nA;Oslo\n", "does not say what the groups are"),
        ("kontor;fylke\nA;\n", "No row of ark.csv"),
        ("kontor;fylke\n", "has no rows"),
    ],
)
def test_a_sheet_that_is_none_is_refused(write: Write, text: str, said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        read_memberships(write(text))


def test_the_kind_can_be_said(write: Write) -> None:
    sheet = read_memberships(write("kontor;gruppe;fra\nA;Oslo;2020\n"), kind="fylke")
    assert [one.kind for one in sheet.rows] == ["fylke"]


# ----------------------------------------------------------------------------------- doctor
def test_the_doctor_mends_what_overlaps_and_what_goes_in_circles(tmp_path: Path) -> None:
    path = tmp_path / "syk.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as sick:
        a, b = (cases.add_case(sick, coder="Kari", name=name).value for name in "AB")
        set_membership(sick, coder="Kari", case=a, kind="fylke", group="Oslo", since="2020")
        add_succession(sick, coder="Kari", old=[a], new=[b], at="2020")
        kind = groups.all_kinds(sick.connection)[0].id
        other = groups.insert_group(sick.connection, kind, "Viken")
        groups.insert_membership(sick.connection, a, other, "2019-01-01", "2020-01-01")
        groups.insert_succession(sick.connection, "merger", "2021-01-01", b, a)
    assert {one.code for one in doctor.diagnose(path)} == {"memberships", "successions"}
    doctor.repair(path)
    assert doctor.diagnose(path) == ()
    with closing(project_file.open_project(path)) as again:
        assert belongings(again) == [("A", "fylke", "Oslo", "2020-01", "")]
        assert len(followings(again)) == 1
        assert [one.text for one in memos.all_memos(again.connection)] == [
            "fylke: Viken (2019-01-01 – 2020-01-01)", "→ A (2021-01-01)",
        ]  # fmt: skip


def test_a_circle_of_a_stranger_counts_as_it_is() -> None:
    a, b, c = map(CaseId, (1, 2, 3))
    circle = [
        Succession(SuccessionId(at), Guid(""), "merger", "2020-01-01", old, new)
        for at, (old, new) in enumerate(((a, b), (b, a), (c, a)))
    ]
    assert followed(circle, "2021-01-01") == {}


def test_the_ends_of_a_stranger_are_no_days() -> None:
    strange = [
        Membership(MembershipId(at), Guid(""), CaseId(1), GroupId(1), since, "")
        for at, since in enumerate(("", "2020-19-39"))
    ]
    assert ends(strange) == ["2020-19-39", "9999-99-99"]
