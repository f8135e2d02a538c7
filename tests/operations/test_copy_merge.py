"""Merging a colleague's copy: what they did comes over, ours stays, nothing is guessed."""

import importlib.util
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import UserError
from qda.model.messages import message
from qda.operations import cases, codes, codings, documents, memos, turns, variables
from qda.operations.copy_merge import merge_copy, plan_merge
from qda.operations.corrections import correct_text
from qda.operations.participants import set_interviewer
from qda.store import (
    backups,
    copy_rows,
    history,
    import_reports,
    project_file,
    row_checks,
    row_writing,
)
from qda.store import cases as case_rows
from qda.store import coders as coder_rows
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.store import turns as turn_rows
from qda.store import variables as variable_rows
from qda.store.project_file import ProjectFile
from qda.store.schema import LOGGED
from qda.text.edits import Edit

KARI, PER = "Kari", "Per"
DATA = Path(__file__).parents[1] / "data"


def maker(version: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"make_{version}", DATA / f"make_{version}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FIRST = maker("v1_0")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something in every table."""
    path = tmp_path_factory.mktemp("whole") / "whole.qdaproj"
    maker("v1_1").make(path).close()
    return path


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small study that two people go on with."""
    path = tmp_path_factory.mktemp("begun") / "study.qdaproj"
    project = project_file.create(path, coder=KARI)
    documents.import_documents(
        project, coder=KARI, read=[FIRST.read("A"), FIRST.read("B", FIRST.TEXT * 2)]
    )
    for name in ("måling", "deling", "møte"):
        codes.add_code(project, coder=KARI, name=name)
    for start in range(0, 90, 9):
        add_coding(project, start % 2, start % 3, start, start + 12)
    cases.add_case(project, coder=KARI, name="Kontor 1")
    variables.add_variable(project, coder=KARI, subject="case", name="størrelse", kind="number")
    memos.add_memo(project, coder=KARI, on="project", target=0, text="Om studien")
    project.close()
    return path


@contextmanager
def opened(path: Path) -> Iterator[ProjectFile]:
    with closing(project_file.open_project(path)) as project:
        yield project


class Pair:
    """Two copies of one project."""

    def __init__(self, origin: Path, folder: Path) -> None:
        self.ours, self.theirs = folder / "ours.qdaproj", folder / "theirs.qdaproj"
        shutil.copyfile(origin, self.ours)
        shutil.copyfile(origin, self.theirs)

    def change(self, path: Path, *verbs: Callable[[ProjectFile], object]) -> None:
        with opened(path) as project:
            for verb in verbs:
                verb(project)

    def merge(self, **options: Any) -> Any:  # noqa: ANN401 - the plan
        with opened(self.ours) as project:
            result = merge_copy(project, coder=KARI, path=self.theirs, **options)
            check(project)
            return result

    def state(self, path: Path) -> dict[str, dict[Any, Any]]:
        with opened(path) as project:
            return state(project)


@pytest.fixture
def pair(begun: Path, tmp_path: Path) -> Pair:
    return Pair(begun, tmp_path)


def state(project: ProjectFile) -> dict[str, dict[Any, Any]]:
    """Return everything by GUID but the reports of merges, and what a text was before."""
    rows = copy_rows.keyed(copy_rows.read_raw(project.connection)).rows
    return {
        table: dict(found)
        for table, found in rows.items()
        if table not in ("import_report", "text_version")
    }


def dump(project: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table that history logs."""
    return {
        rule.table: project.connection.execute(
            f'SELECT * FROM "{rule.table}" ORDER BY id'
        ).fetchall()
        for rule in copy_rows.RULES
    }


def check(project: ProjectFile) -> None:
    """Check what holds of every project, and that every quote stands where its coding does."""
    assert project.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [one.code for one in row_checks.CHECKS if one.count(project.connection)] == []
    for one in coding_rows.all_codings(project.connection):
        text = document_rows.text(project.connection, one.document)
        assert text[one.start : one.end] == one.quote


# ------------------------------------------------------------------------------- what people do
def add_coding(
    project: ProjectFile, document: int, code: int, start: int, end: int, coder: str = KARI
) -> Any:  # noqa: ANN401 - a coding
    every = document_rows.all_documents(project.connection)
    known = code_rows.all_codes(project.connection)
    one = nth(every, document)
    start %= max(1, one.characters - 1)
    end = min(one.characters, max(start + 1, end))
    wish = codings.NewCoding(one.id, nth(known, code).id, start, end)
    return codings.add_codings(project, coder=coder, new=[wish]).value[0]


def nth(things: Any, number: int) -> Any:  # noqa: ANN401 - whatever the project has
    """Return one of some things. Raises LookupError where there are none."""
    if not things:
        raise LookupError
    return things[number % len(things)]


class Doing:
    """The things that people do, each to one of the things that are there."""

    def __init__(self, project: ProjectFile, a: int, b: int) -> None:
        self.project, self.a, self.b = project, a, b
        self.documents = document_rows.all_documents(project.connection)
        self.codes = code_rows.all_codes(project.connection)

    @property
    def document(self) -> Any:  # noqa: ANN401 - as below
        return nth(self.documents, self.a)

    @property
    def code(self) -> Any:  # noqa: ANN401 - as below
        return nth(self.codes, self.a)

    @property
    def coding(self) -> Any:  # noqa: ANN401 - as below
        return nth(coding_rows.all_codings(self.project.connection), self.a)

    @property
    def memo(self) -> Any:  # noqa: ANN401 - as below
        return nth(memo_rows.all_memos(self.project.connection), self.a)

    @property
    def case(self) -> Any:  # noqa: ANN401 - as below
        return nth(case_rows.all_cases(self.project.connection), self.a)

    def code_text(self) -> None:
        add_coding(self.project, self.a, self.b, self.a * 7, self.a * 7 + self.b + 1, PER)

    def uncode(self) -> None:
        codings.remove_codings(self.project, coder=PER, coding_ids=[self.coding.id])

    def add_code(self) -> None:
        name = f"ny {self.a}.{self.b}.{len(self.codes)}"
        parent = self.code.id if self.codes and self.b % 2 else None
        codes.add_code(self.project, coder=PER, name=name, parent=parent)

    def edit_code(self) -> None:
        name, said = f"{self.code.name[:20]}{self.b}", f"om {self.b}"
        codes.edit_code(
            self.project, coder=PER, code=replace(self.code, name=name, definition=said)
        )

    def remove_code(self) -> None:
        codes.remove_code(self.project, coder=PER, code=self.code.id)

    def note(self) -> None:
        codings.set_memo(self.project, coder=PER, coding=self.coding.id, memo=f"merk {self.b}")

    def add_memo(self) -> None:
        text = f"tanke {self.a} {self.b}"
        memos.add_memo(self.project, coder=PER, on="project", target=0, text=text)

    def edit_memo(self) -> None:
        memos.edit_memo(self.project, coder=PER, memo=self.memo.id, text=f"omskrevet {self.b}")

    def correct(self) -> None:
        start = self.b * 5 % max(1, self.document.characters - 8)
        edit = Edit(start, self.b % 4, "rettet🙂 " if self.a % 2 else "x")
        correct_text(
            self.project, coder=PER, document=self.document.id, edits=[edit], drop_lost=True
        )

    def add_document(self) -> None:
        name = f"Ny {self.a} {self.b} {len(self.documents)}"
        read = FIRST.read(name, FIRST.TEXT + f"Leder: {self.a} og {self.b}.\n")
        documents.import_documents(self.project, coder=PER, read=[read])

    def remove_document(self) -> None:
        documents.remove_document(self.project, coder=PER, document=self.document.id)

    def add_case(self) -> None:
        cases.add_case(self.project, coder=PER, name=f"Kontor {self.a} {self.b}")

    def set_value(self) -> None:
        kept = variable_rows.all_variables(self.project.connection)[0]
        variables.set_value(
            self.project, coder=PER, variable=kept.id, subject_id=self.case.id, value=float(self.b)
        )

    def link(self) -> None:
        cases.link_cases(self.project, coder=PER, case=self.case.id, documents=[self.document.id])

    def rename_document(self) -> None:
        name = f"{self.document.name[:8]} {self.a}{self.b}{len(self.documents)}"
        documents.rename_document(self.project, coder=PER, document=self.document.id, name=name)

    def set_interviewer(self) -> None:
        one = nth(participant_rows.all_participants(self.project.connection), self.a)
        set_interviewer(
            self.project, coder=PER, participant=one.id, interviewer=not one.interviewer
        )

    def move_code(self) -> None:
        parent = nth(self.codes, self.b).id
        codes.move_code(self.project, coder=PER, code=self.code.id, parent=parent)

    def split_turn(self) -> None:
        turn = nth(turn_rows.of_document(self.project.connection, self.document.id), self.b)
        turns.split_turn(self.project, coder=PER, turn=turn.id, at=turn.start + 4)

    def undo(self) -> None:
        self.project.undo(PER)


VERBS = (
    Doing.code_text, Doing.uncode, Doing.add_code, Doing.edit_code, Doing.remove_code, Doing.note,
    Doing.add_memo, Doing.edit_memo, Doing.correct, Doing.add_document, Doing.remove_document,
    Doing.add_case, Doing.set_value, Doing.link, Doing.rename_document, Doing.set_interviewer,
    Doing.move_code, Doing.split_turn, Doing.undo,
)  # fmt: skip
ADDING = (0, 2, 6, 9, 11)


def edit(project: ProjectFile, edits: list[tuple[int, int, int]]) -> None:
    for verb, a, b in edits:
        # What an earlier edit took away cannot be edited.
        with suppress(UserError, LookupError):
            VERBS[verb](Doing(project, a, b))


EDITS = st.lists(st.tuples(st.integers(0, 18), st.integers(0, 40), st.integers(0, 40)), max_size=8)
PROPERTY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    """New folders for the examples of one test."""

    def numbered() -> Iterator[Path]:
        number = 0
        while True:
            number += 1
            made = tmp_path / str(number)
            made.mkdir()
            yield made

    return numbered()


@PROPERTY
@given(edits=EDITS)
def test_what_only_the_colleague_did_comes_over_whole(
    begun: Path, folders: Iterator[Path], edits: list[tuple[int, int, int]]
) -> None:
    pair = Pair(begun, next(folders))
    pair.change(pair.theirs, lambda project: edit(project, edits))
    plan = pair.merge().value
    assert plan.conflicts == ()
    if not plan.lines:
        # Somebody who was removed and came again has another GUID there, and ours here.
        assert pair.state(pair.ours) == pair.state(pair.theirs)


@PROPERTY
@given(edits=EDITS)
def test_a_copy_that_lags_behind_changes_nothing(
    begun: Path, folders: Iterator[Path], edits: list[tuple[int, int, int]]
) -> None:
    pair = Pair(begun, next(folders))
    pair.change(pair.ours, lambda project: edit(project, edits))
    with opened(pair.ours) as project:
        before = dump(project)
    result = pair.merge()
    assert result.step is None
    assert result.value.conflicts == ()
    with opened(pair.ours) as project:
        assert dump(project) == before


@PROPERTY
@given(mine=EDITS, other=EDITS, take=st.sampled_from(["ours", "theirs"]))
def test_any_merge_is_sound_done_once_and_undone(
    begun: Path,
    folders: Iterator[Path],
    mine: list[tuple[int, int, int]],
    other: list[tuple[int, int, int]],
    take: Any,  # noqa: ANN401 - a side
) -> None:
    pair = Pair(begun, next(folders))
    pair.change(pair.ours, lambda project: edit(project, mine))
    pair.change(pair.theirs, lambda project: edit(project, other))
    with opened(pair.ours) as project:
        before = dump(project)
        planned = plan_merge(project, path=pair.theirs, take=take)
        assert dump(project) == before
    result = pair.merge(take=take)
    assert result.value == planned
    merged = pair.state(pair.ours)
    again = pair.merge(take=take)
    assert pair.state(pair.ours) == merged
    with opened(pair.ours) as project:
        if again.step is not None:
            project.undo(KARI)
        if result.step is not None:
            assert project.undo(KARI) is not None
        check(project)
        assert dump(project) == before


@PROPERTY
@given(edits=EDITS)
def test_two_people_who_touch_different_things_keep_everything(
    begun: Path, folders: Iterator[Path], edits: list[tuple[int, int, int]]
) -> None:
    """Only additions on both sides: all of them are there afterwards."""
    adding = [one for one in edits if one[0] in ADDING]
    pair = Pair(begun, next(folders))
    pair.change(pair.ours, lambda project: edit(project, adding[::2]))
    pair.change(pair.theirs, lambda project: edit(project, adding[1::2]))
    both = {*contents(pair.state(pair.ours)), *contents(pair.state(pair.theirs))}
    plan = pair.merge().value
    assert plan.removed == {}
    assert {*contents(pair.state(pair.ours))} == both


def test_every_table_that_history_logs_takes_part_or_is_left_alone() -> None:
    named = {rule.table for rule in copy_rows.RULES}
    assert named | copy_rows.LEFT_ALONE == set(LOGGED)
    for at, rule in enumerate(copy_rows.RULES):
        before = {one.table for one in copy_rows.RULES[: at + 1]}
        assert set(copy_rows.REFERENCES.get(rule.table, {}).values()) <= before, rule.table


def test_a_copy_of_itself_changes_nothing(whole: Path, tmp_path: Path) -> None:
    pair = Pair(whole, tmp_path)
    with opened(pair.ours) as project:
        steps = history.steps(project.connection)
        result = merge_copy(project, coder=KARI, path=pair.theirs)
        assert (result.step, result.value.conflicts, result.value.empty) == (None, (), True)
        assert history.steps(project.connection) == steps
        assert backups.listed(pair.ours) == ()


# ---------------------------------------------------------------------------------- one by one
def document_of(project: ProjectFile, name: str = "A") -> Any:  # noqa: ANN401 - a document
    return next(one for one in document_rows.all_documents(project.connection) if one.name == name)


def code_of(project: ProjectFile, name: str) -> Any:  # noqa: ANN401 - a code
    return next(one for one in code_rows.all_codes(project.connection) if one.name == name)


def quoted(project: ProjectFile, quote: str, code: str = "måling", coder: str = PER) -> Any:  # noqa: ANN401 - a coding
    one = document_of(project)
    start = document_rows.text(project.connection, one.id).index(quote)
    wish = codings.NewCoding(one.id, code_of(project, code).id, start, start + len(quote))
    return codings.add_codings(project, coder=coder, new=[wish]).value[0]


def corrected(project: ProjectFile, old: str, new: str, coder: str = KARI) -> None:
    one = document_of(project)
    start = document_rows.text(project.connection, one.id).index(old)
    correct_text(
        project, coder=coder, document=one.id, edits=[Edit(start, len(old), new)], drop_lost=True
    )


def quotes(project: ProjectFile) -> set[str]:
    return {one.quote for one in coding_rows.all_codings(project.connection)}


def defined(project: ProjectFile, code: str, said: str, coder: str) -> None:
    codes.edit_code(project, coder=coder, code=replace(code_of(project, code), definition=said))


@pytest.mark.parametrize("corrector", ["ours", "theirs"])
def test_codings_follow_a_correction_of_the_other_side(pair: Pair, corrector: str) -> None:
    corrects, codes_it = (
        (pair.ours, pair.theirs) if corrector == "ours" else (pair.theirs, pair.ours)
    )
    pair.change(corrects, lambda project: corrected(project, "laget", "hele det store laget"))
    pair.change(codes_it, lambda project: quoted(project, "Berre møte"))
    plan = pair.merge().value
    assert plan.conflicts == ()
    with opened(pair.ours) as project:
        assert "hele det store laget" in document_rows.text(
            project.connection, document_of(project).id
        )
        assert "Berre møte" in quotes(project)


def test_a_coding_whose_text_was_taken_out_here_is_listed(pair: Pair) -> None:
    pair.change(pair.ours, lambda project: corrected(project, " Berre møte.", ""))
    pair.change(pair.theirs, lambda project: quoted(project, "Berre møte"))
    plan = pair.merge().value
    (line,) = [one for one in plan.lines if one.kind == "left out"]
    assert (line.item, str(line.what), line.where) == ("codings", "Berre møte", "A")
    with opened(pair.ours) as project:
        assert "Berre møte" not in quotes(project)
        assert project.undo(KARI) is not None


def test_a_correction_that_would_lose_our_coding_is_a_conflict(pair: Pair) -> None:
    pair.change(pair.theirs, lambda project: corrected(project, " Berre møte.", ""))
    pair.change(pair.ours, lambda project: quoted(project, "Berre møte"))
    with opened(pair.ours) as project:
        before = dump(project)
        plan = plan_merge(project, path=pair.theirs)
        (conflict,) = plan.conflicts
        assert (conflict.kind, conflict.taken, conflict.count) == ("text", "ours", 1)
        assert merge_copy(project, coder=KARI, path=pair.theirs).step is None
        assert dump(project) == before
    plan = pair.merge(choices={conflict.key: "theirs"}).value
    with opened(pair.ours) as project:
        text = document_rows.text(project.connection, document_of(project).id)
        assert "Berre" not in text
        kept = [one.text for one in memo_rows.all_memos(project.connection)]
        assert any("Berre møte" in one for one in kept)


def test_two_corrections_of_one_text_are_a_conflict(pair: Pair) -> None:
    pair.change(pair.ours, lambda project: corrected(project, "laget", "gruppa"))
    pair.change(
        pair.theirs,
        lambda project: corrected(project, "laget", "teamet", PER),
        lambda project: quoted(project, "Berre møte"),
    )
    (conflict,) = pair.merge().value.conflicts
    assert (conflict.kind, conflict.field) == ("text", "text_hash")
    with opened(pair.ours) as project:
        assert "gruppa" in document_rows.text(project.connection, document_of(project).id)
        assert "Berre møte" in quotes(project)


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_a_field_that_both_changed_is_decided_by_itself(pair: Pair, take: Any) -> None:  # noqa: ANN401 - a side
    pair.change(pair.ours, lambda project: defined(project, "måling", "vår", KARI))
    pair.change(
        pair.theirs,
        lambda project: defined(project, "måling", "deres", PER),
        lambda project: codes.edit_code(
            project, coder=PER, code=replace(code_of(project, "måling"), name="telling")
        ),
    )
    plan = pair.merge(take=take).value
    (conflict,) = plan.conflicts
    assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == (
        "definition", "", "vår", "deres",
    )  # fmt: skip
    with opened(pair.ours) as project:
        said = code_of(project, "telling").definition
        assert said == {"ours": "vår", "theirs": "deres"}[take]


def test_what_they_removed_goes_and_what_we_removed_stays_away(pair: Pair) -> None:
    with opened(pair.ours) as project:
        first, second, *_ = coding_rows.all_codings(project.connection)
        codings.remove_codings(project, coder=KARI, coding_ids=[first.id])
    pair.change(
        pair.theirs,
        lambda project: codings.remove_codings(project, coder=PER, coding_ids=[second.id]),
    )
    plan = pair.merge().value
    assert (plan.removed, plan.added, plan.conflicts) == ({"codings": 1}, {}, ())
    with opened(pair.ours) as project:
        there = {one.guid for one in coding_rows.all_codings(project.connection)}
        assert not there & {first.guid, second.guid}


def test_a_code_removed_there_and_used_here_stays_with_all_it_has(pair: Pair) -> None:
    pair.change(
        pair.theirs,
        lambda project: codes.remove_code(project, coder=PER, code=code_of(project, "måling").id),
    )
    pair.change(pair.ours, lambda project: quoted(project, "Berre møte", coder=KARI))
    before = pair.state(pair.ours)
    plan = pair.merge().value
    (conflict,) = plan.conflicts
    assert (conflict.kind, conflict.name, conflict.count) == ("deleted there", "måling", 1)
    assert pair.state(pair.ours) == before
    pair.merge(choices={conflict.key: "theirs"})
    with opened(pair.ours) as project:
        assert "måling" not in {one.name for one in code_rows.all_codes(project.connection)}
        assert "Berre møte" not in quotes(project)


def test_a_code_removed_here_and_used_there_comes_back_whole_when_chosen(pair: Pair) -> None:
    with opened(pair.ours) as project:
        gone = code_of(project, "måling")
        had = {one.guid for one in coding_rows.of_code(project.connection, gone.id)}
        codes.remove_code(project, coder=KARI, code=gone.id)
    pair.change(pair.theirs, lambda project: quoted(project, "Berre møte"))
    plan = pair.merge().value
    (conflict,) = plan.conflicts
    assert (conflict.kind, conflict.name, conflict.count) == ("deleted here", "måling", 1)
    with opened(pair.ours) as project:
        assert "Berre møte" not in quotes(project)
    pair.merge(choices={conflict.key: "theirs"})
    with opened(pair.ours) as project:
        back = {
            one.guid
            for one in coding_rows.of_code(project.connection, code_of(project, "måling").id)
        }
        assert had < back
        assert "Berre møte" in quotes(project)


def test_the_same_file_imported_in_both_is_one_document(pair: Pair) -> None:
    text = FIRST.TEXT + "Leder: Takk for i dag.\n"

    def put(coder: str, name: str, quote: str) -> Callable[[ProjectFile], None]:
        def verb(project: ProjectFile) -> None:
            one = documents.import_documents(project, coder=coder, read=[FIRST.read(name, text)])
            start = text.index(quote)
            wish = codings.NewCoding(
                one.value[0].document.id, code_of(project, "møte").id, start, start + len(quote)
            )
            codings.add_codings(project, coder=coder, new=[wish])

        return verb

    pair.change(pair.ours, put(KARI, "Takk", "Takk"), put(KARI, "Annet navn", "Berre"))
    pair.change(pair.theirs, put(PER, "Takk (kopi)", "i dag"))
    with opened(pair.ours) as project:
        count = len(document_rows.all_documents(project.connection))
    plan = pair.merge().value
    (said,) = [one for one in plan.conflicts if one.kind == "same document"]
    assert (said.theirs, said.taken) == ("Takk (kopi)", "ours")
    with opened(pair.ours) as project:
        assert len(document_rows.all_documents(project.connection)) == count
        assert {"Takk", "i dag"} <= quotes(project)
        project.undo(KARI)
    pair.merge(choices={said.key: "theirs"})
    with opened(pair.ours) as project:
        assert len(document_rows.all_documents(project.connection)) == count + 1


def test_a_coder_of_one_name_is_one_coder_and_the_report_says_so(pair: Pair) -> None:
    pair.change(pair.ours, lambda project: quoted(project, "Berre møte", coder="Ola"))
    pair.change(pair.theirs, lambda project: quoted(project, "Korleis", coder="Ola"))
    plan = pair.merge().value
    assert [(one.item, str(one.what)) for one in plan.lines if one.kind == "decided"] == [
        ("coders", "Ola")
    ]
    with opened(pair.ours) as project:
        assert [one.name for one in coder_rows.all_coders(project.connection)].count("Ola") == 1
        kept = import_reports.all_reports(project.connection)[0]
        assert (kept.kind, kept.source) == ("merge", "theirs.qdaproj")


def test_a_document_of_the_same_name_with_another_text_gets_a_number(pair: Pair) -> None:
    for path, coder, said in ((pair.ours, KARI, "vår"), (pair.theirs, PER, "deres")):
        read = FIRST.read("C", FIRST.TEXT + f"Leder: {said}\n")
        pair.change(
            path,
            lambda project, coder=coder, read=read: documents.import_documents(
                project, coder=coder, read=[read]
            ),
        )
    pair.merge()
    with opened(pair.ours) as project:
        names = {one.name for one in document_rows.all_documents(project.connection)}
        assert {"C", "C (2)"} <= names


def test_a_code_of_a_name_that_another_took_here_gets_a_number(pair: Pair) -> None:
    pair.change(
        pair.ours,
        lambda project: codes.edit_code(
            project, coder=KARI, code=replace(code_of(project, "måling"), name="tillit")
        ),
    )
    pair.change(pair.theirs, lambda project: codes.add_code(project, coder=PER, name="tillit"))
    pair.merge()
    with opened(pair.ours) as project:
        names = {one.name for one in code_rows.all_codes(project.connection)}
        assert {"tillit", "tillit (2)"} <= names


def test_a_value_that_is_no_longer_on_the_scale_is_told(pair: Pair) -> None:
    def scale(coder: str, *values: str) -> Callable[[ProjectFile], object]:
        return lambda project: codes.edit_code(
            project, coder=coder, code=replace(code_of(project, "møte"), scale=values)
        )

    def value(project: ProjectFile) -> None:
        one = quoted(project, "Berre møte", "møte")
        codings.set_value(project, coder=PER, coding=one.id, value="høy")

    pair.change(pair.ours, scale(KARI, "lav", "høy"))
    shutil.copyfile(pair.ours, pair.theirs)
    pair.change(pair.ours, scale(KARI, "lav", "middels"))
    pair.change(pair.theirs, value)
    plan = pair.merge().value
    assert [(one.kind, one.item, one.count) for one in plan.lines] == [("uncertain", "codings", 1)]


def test_codes_that_were_put_below_one_another_make_no_circle(pair: Pair) -> None:
    def below(coder: str, code: str, parent: str) -> Callable[[ProjectFile], object]:
        return lambda project: codes.move_code(
            project, coder=coder, code=code_of(project, code).id,
            parent=code_of(project, parent).id,
        )  # fmt: skip

    pair.change(pair.ours, below(KARI, "måling", "deling"))
    pair.change(pair.theirs, below(PER, "deling", "måling"))
    plan = pair.merge().value
    assert [one.item for one in plan.lines if one.kind == "left out"] == ["codes"]


# ------------------------------------------------------------------------------- more than once
def test_what_was_decided_is_not_asked_again(pair: Pair) -> None:
    pair.change(pair.ours, lambda project: defined(project, "måling", "vår", KARI))
    pair.change(
        pair.theirs,
        lambda project: defined(project, "måling", "deres", PER),
        lambda project: quoted(project, "Berre møte"),
    )
    assert len(pair.merge().value.conflicts) == 1
    pair.change(pair.theirs, lambda project: defined(project, "deling", "ny", PER))
    plan = pair.merge().value
    assert (plan.conflicts, plan.updated) == ((), {"codes": 1})
    with opened(pair.ours) as project:
        assert code_of(project, "måling").definition == "vår"
    pair.ours, pair.theirs = pair.theirs, pair.ours
    plan = pair.merge().value
    assert plan.conflicts == ()
    with opened(pair.ours) as project:
        assert code_of(project, "måling").definition == "vår"


def test_what_came_by_a_merge_and_was_removed_stays_away(pair: Pair) -> None:
    pair.change(pair.theirs, lambda project: quoted(project, "Berre møte"))
    pair.merge()
    with opened(pair.ours) as project:
        (came,) = [
            one for one in coding_rows.all_codings(project.connection) if one.quote == "Berre møte"
        ]
        codings.remove_codings(project, coder=KARI, coding_ids=[came.id])
    pair.change(pair.theirs, lambda project: quoted(project, "Korleis"))
    pair.merge()
    with opened(pair.ours) as project:
        assert "Korleis" in quotes(project)
        assert "Berre møte" not in quotes(project)


def test_a_merge_that_was_undone_can_be_done_again(pair: Pair) -> None:
    for record in (lambda _project: None, without_record):
        pair.change(pair.theirs, lambda project: quoted(project, "Berre møte"), record)
        first = pair.merge().value
        with opened(pair.ours) as project:
            project.undo(KARI)
            assert "Berre møte" not in quotes(project)
        assert pair.merge().value == first
        with opened(pair.ours) as project:
            assert "Berre møte" in quotes(project)
            project.undo(KARI)


def test_what_was_written_on_after_a_merge_is_not_missed(pair: Pair) -> None:
    """A memo that is written on joins the step before, and the record does not tell of it."""
    with opened(pair.theirs) as project:
        memo = memo_rows.all_memos(project.connection)[0].id
        memos.edit_memo(project, coder=PER, memo=memo, text="Om studien, og", joins=True)
    pair.merge()
    with opened(pair.theirs) as project:
        memos.edit_memo(project, coder=PER, memo=memo, text="Om studien, og mer", joins=True)
    (conflict,) = pair.merge().value.conflicts
    assert (conflict.ours, conflict.theirs) == ("Om studien, og", "Om studien, og mer")


@PROPERTY
@given(mine=EDITS, other=EDITS, later=EDITS)
def test_two_who_merge_one_another_end_with_the_same(
    begun: Path,
    folders: Iterator[Path],
    mine: list[tuple[int, int, int]],
    other: list[tuple[int, int, int]],
    later: list[tuple[int, int, int]],
) -> None:
    pair = Pair(begun, next(folders))
    pair.change(pair.ours, lambda project: edit(project, mine))
    pair.change(pair.theirs, lambda project: edit(project, other))
    pair.merge()
    pair.change(pair.theirs, lambda project: edit(project, later))
    pair.merge()
    pair.ours, pair.theirs = pair.theirs, pair.ours
    pair.merge(take="theirs")
    assert contents(pair.state(pair.ours)) == contents(pair.state(pair.theirs))


def contents(rows: dict[str, dict[Any, Any]]) -> list[tuple[str, ...]]:
    """Return what is coded, written and defined, whatever its GUID is."""
    texts = {key: row[8] for key, row in rows["document"].items()}
    said = {key: (row[2], row[5]) for key, row in rows["code"].items()}
    coded = [
        ("coding", str(texts[row[1]]), str(said[row[2]]), str(row[4:9]))
        for row in rows["coding"].values()
    ]
    return sorted([*coded, *(("memo", str(row[3])) for row in rows["memo"].values())])


# --------------------------------------------------------------------- without a common version
def without_record(project: ProjectFile) -> None:
    """Let a copy forget its past, as one that went through another program has."""
    for table in ("history_row", "history_step", "audit"):
        project.connection.execute(f"DELETE FROM {table}")


def test_without_a_record_nothing_is_removed_and_what_differs_is_asked(pair: Pair) -> None:
    pair.change(
        pair.theirs,
        lambda project: quoted(project, "Berre møte"),
        lambda project: defined(project, "måling", "deres", PER),
        lambda project: Doing(project, 0, 0).uncode(),
        without_record,
    )
    with opened(pair.ours) as project:
        count = len(coding_rows.all_codings(project.connection))
    plan = pair.merge().value
    assert not plan.common
    assert plan.removed == {}
    assert ("decided", "codings", 1) in [(one.kind, one.item, one.count) for one in plan.lines]
    assert [(one.field, one.theirs) for one in plan.conflicts] == [("definition", "deres")]
    with opened(pair.ours) as project:
        assert len(coding_rows.all_codings(project.connection)) == count + 1


def test_without_a_common_version_what_our_record_removed_stays_away(pair: Pair) -> None:
    pair.change(pair.theirs, without_record)
    pair.change(pair.ours, lambda project: Doing(project, 0, 0).uncode())
    before = pair.state(pair.ours)
    plan = pair.merge().value
    assert pair.state(pair.ours) == before
    assert [(one.kind, one.item, one.count) for one in plan.lines] == [("left out", "codings", 1)]


def test_a_damaged_history_of_theirs_tells_nothing(pair: Pair) -> None:
    pair.change(
        pair.theirs,
        lambda project: quoted(project, "Berre møte"),
        lambda project: project.connection.execute(
            "UPDATE history_row SET before = '{', after = '['"
        ),
    )
    plan = pair.merge().value
    assert not plan.common
    with opened(pair.ours) as project:
        assert "Berre møte" in quotes(project)


# ------------------------------------------------------------------------------- what is refused
def refused(project: ProjectFile, path: Path) -> str:
    before = dump(project)
    with pytest.raises(UserError) as caught:
        merge_copy(project, coder=KARI, path=path)
    assert dump(project) == before
    return str(caught.value)


def test_what_is_no_copy_is_refused(pair: Pair, tmp_path: Path) -> None:
    text = tmp_path / "brev.txt"
    text.write_text("Hei " * 100, encoding="utf-8")
    with opened(pair.ours) as project:
        assert "is not a project" in refused(project, text)
        assert "project itself" in refused(project, pair.ours)
        assert "no project" in refused(project, tmp_path / "borte.qdaproj")


def test_a_copy_with_code_in_it_is_refused(pair: Pair) -> None:
    with closing(sqlite3.connect(pair.theirs)) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON coding BEGIN DELETE FROM memo; END")
    with opened(pair.ours) as project:
        assert "never writes" in refused(project, pair.theirs)


def test_a_copy_with_faults_is_refused(pair: Pair) -> None:
    with closing(sqlite3.connect(pair.theirs, isolation_level=None)) as connection:
        connection.execute("UPDATE coding SET quote = upper(quote) WHERE id = 1")
    with opened(pair.ours) as project:
        assert "qda doctor" in refused(project, pair.theirs)


def test_names_that_were_replaced_are_not_brought_back(pair: Pair) -> None:
    pair.change(
        pair.ours,
        lambda project: project.connection.execute(
            "INSERT INTO pseudonymising (guid, at, coder, names, places, settled, reversed)"
            " VALUES ('g', '', 'Kari', 1, 1, 1, '')"
        ),
    )
    with opened(pair.ours) as project:
        assert "Names were replaced" in refused(project, pair.theirs)


def test_a_cancelled_merge_leaves_everything(pair: Pair) -> None:
    pair.change(pair.theirs, lambda project: quoted(project, "Berre møte"))
    with opened(pair.ours) as project:
        before = dump(project)
        seen = 0

        def report(_done: int, _total: int, _what: Any) -> None:  # noqa: ANN401 - a message
            nonlocal seen
            seen += 1
            if seen > 200:
                progress.cancel()

        progress = Progress(report)
        with pytest.raises(Cancelled):
            merge_copy(project, coder=KARI, path=pair.theirs, progress=progress)
        assert dump(project) == before


# ---------------------------------------------------------------------------- the file of theirs
def test_a_copy_that_is_open_is_read_as_it_is_and_left_alone(pair: Pair) -> None:
    with opened(pair.theirs) as theirs:
        quoted(theirs, "Berre møte")
        beside = sorted(one.name for one in pair.theirs.parent.iterdir())
        plan = pair.merge().value
        assert plan.elsewhere
        quoted(theirs, "Korleis")
        assert {*beside} <= {one.name for one in pair.theirs.parent.iterdir()}
    with opened(pair.ours) as project:
        assert "Berre møte" in quotes(project)


def test_an_older_copy_is_brought_up_to_date_in_passing(tmp_path: Path) -> None:
    old, ours = tmp_path / "old.qdaproj", tmp_path / "ours.qdaproj"
    shutil.copyfile(DATA / "v1_0.qdaproj", old)
    content = old.read_bytes()
    shutil.copyfile(old, ours)
    with opened(ours) as project:
        gone = coding_rows.all_codings(project.connection)[0]
        memos.add_memo(project, coder=KARI, on="project", target=0, text="ny")
        result = merge_copy(project, coder=KARI, path=old)
        assert result.step is None
        assert result.value.common
        codings.remove_codings(project, coder=KARI, coding_ids=[gone.id])
        assert merge_copy(project, coder=KARI, path=old).step is None
        check(project)
    assert old.read_bytes() == content


def test_a_backup_is_made_before_and_everything_arrives(whole: Path, tmp_path: Path) -> None:
    """A project with something in every table goes into an empty one, and back out by undo."""
    ours = tmp_path / "empty.qdaproj"
    with closing(project_file.create(ours, coder=KARI)) as project:
        before = dump(project)
        plan = merge_copy(project, coder=KARI, path=whole).value
        assert not plan.same_project
        check(project)
        assert len(backups.listed(ours)) == 1
        with closing(project_file.open_project(whole, write=False)) as origin:
            theirs = state(origin)
        mine = state(project)
        for table, rows in theirs.items():
            assert rows.keys() <= mine[table].keys(), table
        assert project.undo(KARI) is not None
        assert dump(project) == before


def test_whatever_they_removed_goes_from_every_table(whole: Path, tmp_path: Path) -> None:
    pair = Pair(whole, tmp_path)
    with opened(pair.theirs) as project, project.step(message("Remove everything"), PER):
        for rule in reversed(copy_rows.RULES):
            # The project has a coder of its own.
            if rule.table != "coder":
                ids = [
                    row[0] for row in project.connection.execute(f'SELECT id FROM "{rule.table}"')
                ]
                row_writing.delete(project.connection, rule.table, ids)
    plan = pair.merge().value
    assert plan.conflicts == ()
    rows = pair.state(pair.ours)
    left = {table for table, some in rows.items() if some}
    assert left <= {"coder", "codebook_version"}
    with opened(pair.ours) as project:
        project.undo(KARI)
    origin = tmp_path / "origin.qdaproj"
    shutil.copyfile(whole, origin)
    assert pair.state(pair.ours) == pair.state(origin)


def test_twenty_thousand_codings_take_few_seconds(begun: Path, tmp_path: Path) -> None:
    pair = Pair(begun, tmp_path)
    with opened(pair.theirs) as project:
        one = document_of(project, "B")
        known = [code.id for code in code_rows.all_codes(project.connection)]
        codings.add_codings(
            project,
            coder=PER,
            new=[
                codings.NewCoding(
                    one.id, known[n % 3], n % 190, n % 190 + 3 + n // 570, coder=f"P{n // 6000}"
                )
                for n in range(20_000)
            ],
        )
    with opened(pair.ours) as project:
        begin = time.process_time()
        plan = merge_copy(project, coder=KARI, path=pair.theirs).value
        spent = time.process_time() - begin
    assert plan.added["codings"] > 10_000
    assert spent < 5
