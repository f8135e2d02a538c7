"""Names go for good and come back with the key: texts, anchors, titles, history, bytes."""

import pickle
import re
import sqlite3
import stat
import subprocess
import sys
import unicodedata
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from qda.formats import pseudonym_key
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem, NotAllowed
from qda.model.ids import CodeId, DocumentId, Guid
from qda.model.judgements import SeenCoding
from qda.model.pseudonyms import NameEntity
from qda.model.quotes import Trim
from qda.operations import (
    cases,
    codebook_versions,
    codings,
    corrections,
    documents,
    framework,
    memos,
    pseudonym_residual,
    pseudonym_reversal,
    pseudonyms,
    quotes,
    recordings,
)
from qda.operations.pseudonymising import Wish, delete_backups, old_backups, pseudonymise
from qda.operations.pseudonyms import Scan
from qda.store import backups, forgetting, history, project_file, text_fields, text_versions
from qda.store import cases as case_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import framework as framework_rows
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.store import quotes as quote_rows
from qda.store import recordings as recording_rows
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

TEXT = """Solveig Nordmann: Jeg begynte på NAV Grünerløkka i 2011, sammen med Stein og Åse Øverli.

Intervjuer: Og hva sa Åse?

Solveig Nordmann: Solveigs liste, sa hun, og Nordmann er sta. Stein på stein. Et navn er et navn.

Stein: Ring 912 34 567 eller skriv til solveig.nordmann@example.no.
Øverlis forslag var bra, og Lars' var bedre.
"""
NAMES = ("Solveig", "Nordmann", "Åse", "Øverli", "Grünerløkka", "912 34 567", "solveig.nordmann")

Put = Callable[..., int]


@pytest.fixture
def filled(project: ProjectFile, put: Put, code: Callable[..., int], tmp_path: Path) -> int:
    """A project whose every corner holds a name; return the document."""
    document = DocumentId(put("Intervju Solveig Nordmann", TEXT))
    styring, laget = CodeId(code("styring")), CodeId(code("laget"))
    wide = TEXT.index("Nordmann er sta")
    new = [
        codings.NewCoding(document, styring, 0, 4),  # half of a name
        codings.NewCoding(document, styring, wide, wide + len("Nordmann er sta")),
        codings.NewCoding(document, laget, TEXT.index("Et navn"), TEXT.index("Et navn") + 18),
    ]
    made = codings.add_codings(project, coder="Kari", new=new).value
    codings.set_memo(project, coder="Kari", coding=made[1].id, memo="Her er Åse Øverli sta.")
    memos.add_memo(
        project, coder="Kari", on="document", target=document, text="Solveig Nordmann ringte."
    )
    quotes.pick_quotes(project, coder="Kari", coding_ids=[made[1].id])
    [picked] = quote_rows.picked(project.connection)
    sta = "Nordmann er sta".index("er")
    quotes.trim_quote(project, coder="Kari", picked=picked.id, trims=[Trim(sta, sta + 3)])
    cases.add_case(project, coder="Kari", name="NAV Grünerløkka", pseudonym="Kontor A")
    sound = tmp_path / "solveig_nordmann.wav"
    with wave.open(str(sound), "wb") as writer:
        writer.setparams((1, 2, 8000, 0, "NONE", ""))
        writer.writeframes(b"\0\0" * 8000)
    recordings.link_recording(project, coder="Kari", document=document, file=sound)
    codebook_versions.save_version(project, coder="Kari", name="Solveig Nordmann")
    corrections.correct_text(
        project, coder="Kari", document=document, edits=[Edit(TEXT.index("bra, og"), 3, "godt")]
    )
    return document


def accepted(found: Scan, *left: str) -> Scan:
    """Return a scan of which everything but some names is accepted."""
    return replace(
        found,
        entities=tuple(
            replace(one, decision="rejected" if one.name in left else "accepted")
            for one in found.entities
        ),
    )


def entity(found: Scan, form: str) -> NameEntity:
    return next(one for one in found.entities if form in one.forms)


def raw(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in project_file.beside(path) if one.exists())


def hidden(path: Path, names: tuple[str, ...] = NAMES) -> list[str]:
    """Return the names that stand anywhere in the bytes of a project, whatever their encoding."""
    content = raw(path)
    found: list[str] = []
    for name in names:
        for shown in (name, name.casefold(), unicodedata.normalize("NFD", name)):
            found += [
                f"{shown} ({encoding})"
                for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
                if shown.encode(encoding, "ignore") in content
            ]
        escaped = name.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00")
        if escaped in content:
            found.append(f"{name} (escaped)")
    return found


def text_of(project: ProjectFile, document: int) -> str:
    return document_rows.text(project.connection, DocumentId(document))


@pytest.mark.usefixtures("filled")
def test_a_scan_puts_together_who_is_one(project: ProjectFile) -> None:
    found = pseudonyms.scan(project)
    solveig = entity(found, "Solveig Nordmann")
    assert set(solveig.forms) == {"Solveig Nordmann", "Solveig", "Nordmann"}
    assert (solveig.origin, solveig.replacement) == ("informant", "[Informant 1]")
    assert entity(found, "NAV Grünerløkka").replacement == "[Kontor A]"
    assert set(entity(found, "Åse Øverli").forms) == {"Åse Øverli", "Åse", "Øverli"}
    shown = {hit.text for one in found.entities for hit in one.hits}
    assert {"Solveigs", "Øverlis", "Lars'", "912 34 567", "solveig.nordmann@example.no"} <= shown
    assert not any("navn" in one.name.casefold() and "nord" not in one.name.casefold()
                   and "@" not in one.name for one in found.entities)  # fmt: skip


def test_names_are_gone_from_every_byte_and_all_anchors_follow(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    project.rewrite()
    assert len(hidden(project.path)) >= len(NAMES)
    found = accepted(pseudonyms.scan(project))
    key = tmp_path / "p.qdakey"
    done = pseudonymise(project, coder="Kari", found=found, wish=Wish(key))

    text = text_of(project, filled)
    assert text.startswith("[Informant 1]: Jeg begynte på [Kontor A] i 2011, sammen med")
    assert "[Informant 1]s liste, sa hun, og [Informant 1] er sta. Stein på stein" in text
    assert "Et navn er et navn." in text
    assert "[Person 1]s forslag var godt, og [Person 2]s var bedre." in text
    half, wide, plain = coding_rows.all_codings(project.connection)
    assert [one.quote for one in (half, wide, plain)] == [
        "[Informant 1]", "[Informant 1] er sta", "Et navn er et navn",
    ]  # fmt: skip
    for one in (half, wide, plain):
        assert text[one.start : one.end] == one.quote
    turns = turn_rows.of_document(project.connection, DocumentId(filled))
    assert turns[0].label == "[Informant 1]"
    for one in turns:
        assert text[one.label_start :].startswith(one.label)
    assert [one.name for one in case_rows.all_cases(project.connection)] == ["[Kontor A]"]
    [document] = document_rows.all_documents(project.connection)
    assert document.name == "Intervju [Informant 1]"
    assert document.file_name == "Intervju [Informant 1].txt"
    assert [one.text for one in memo_rows.all_memos(project.connection)] == [
        "[Informant 1] ringte."
    ]
    [picked] = quote_rows.picked(project.connection)
    assert picked.quote == wide.quote
    assert [picked.quote[one.start : one.end] for one in picked.trims] == ["er "]
    assert "[" in wide.memo
    assert "Åse" not in wide.memo

    assert done.step is None
    assert history.steps(project.connection) == ()
    assert project.undo("Kari") is None
    assert done.value.settled
    assert done.value.remaining == {}
    assert done.value.files == 1
    assert hidden(project.path) == []


def test_closed_the_file_is_one_and_clean(tmp_path: Path, maker: ModuleType) -> None:
    project = project_file.create(tmp_path / "q.qdaproj", coder="Kari")
    read = maker.read("Solveig Nordmann", TEXT)
    documents.import_documents(project, coder="Kari", read=[read])
    found = accepted(pseudonyms.scan(project))
    pseudonymise(project, coder="Kari", found=found, wish=Wish(tmp_path / "q.qdakey"))
    project.close()
    assert not any(one.exists() for one in project_file.beside(project.path)[1:])
    assert hidden(project.path) == []


@pytest.mark.usefixtures("filled")
def test_the_evidence_of_a_summary_has_not_changed(project: ProjectFile, tmp_path: Path) -> None:
    case = case_rows.all_cases(project.connection)[0].id
    seen = [
        SeenCoding(one.id, one.start, one.end)
        for one in coding_rows.all_codings(project.connection)
    ]
    framework.write_cell(
        project,
        coder="Kari",
        subject="case",
        subject_id=case,
        code=coding_rows.all_codings(project.connection)[0].code,
        writing=framework.Writing(summary="Solveig styrer.", seen=seen),
    )
    found = accepted(pseudonyms.scan(project))
    pseudonymise(project, coder="Kari", found=found, wish=Wish(tmp_path / "k.qdakey"))
    [cell] = framework_rows.all_cells(project.connection)
    assert cell.summary == "[Informant 1] styrer."
    assert {(one.coding, one.start, one.end) for one in cell.seen} == {
        (one.id, one.start, one.end) for one in coding_rows.all_codings(project.connection)
    }


@pytest.mark.usefixtures("filled")
def test_the_audit_tells_counts_and_no_names(project: ProjectFile, tmp_path: Path) -> None:
    found = accepted(pseudonyms.scan(project))
    pseudonymise(project, coder="Kari", found=found, wish=Wish(tmp_path / "k.qdakey"))
    last = history.audit_entries(project.connection)[-1]
    assert last.operation == "Put pseudonyms for names"
    assert last.entities["document"] == 1
    [note] = forgetting.all_notes(project.connection)
    assert (note.names, note.settled) == (len(found.entities), True)


def test_the_key_leads_back_also_after_later_work(
    project: ProjectFile, filled: int, code: Callable[..., int], tmp_path: Path
) -> None:
    before = text_of(project, filled)
    found = accepted(pseudonyms.scan(project))
    key = tmp_path / "p.qdakey"
    pseudonymise(project, coder="Kari", found=found, wish=Wish(key))
    text = text_of(project, filled)
    # Corrected, coded and added to since; one pseudonym was taken out, one was typed.
    at = text.index(" og [Informant 1] er sta")
    corrections.correct_text(
        project,
        coder="Kari",
        document=DocumentId(filled),
        edits=[
            Edit(at, len(" og [Informant 1]"), " og hun"),
            Edit(text.index("Ring "), 0, "Altså. "),
            Edit(len(text), 0, "\nHilsen [Informant 1] igjen.\n"),
        ],
    )
    start = text_of(project, filled).index("Altså")
    more = codings.NewCoding(DocumentId(filled), CodeId(code("ny")), start, start + 30)
    codings.add_codings(project, coder="Kari", new=[more])

    done = pseudonym_reversal.reverse(project, coder="Kari", key=pseudonym_key.read_key(key))
    back = text_of(project, filled)
    expected = before.replace(" og Nordmann er sta", " og hun er sta")
    expected = expected.replace("Ring ", "Altså. Ring ") + "\nHilsen [Informant 1] igjen.\n"
    assert back == expected
    assert sum(done.value.gone.values()) == 1
    assert done.value.unknown == {"[Informant 1]": 1}
    [document] = document_rows.all_documents(project.connection)
    assert document.name == "Intervju Solveig Nordmann"
    assert [one.name for one in case_rows.all_cases(project.connection)] == ["NAV Grünerløkka"]
    for one in coding_rows.all_codings(project.connection):
        assert back[one.start : one.end] == one.quote
    assert project.undo("Kari") is not None
    assert "Solveig Nordmann" not in text_of(project, filled)


@pytest.mark.usefixtures("filled")
def test_an_encrypted_key_needs_its_passphrase(project: ProjectFile, tmp_path: Path) -> None:
    found = accepted(pseudonyms.scan(project))
    key = tmp_path / "p.qdakey"
    wish = Wish(key, passphrase="blåbær på fjellet")
    pseudonymise(project, coder="Kari", found=found, wish=wish)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"Nordmann" not in key.read_bytes()
    assert pseudonym_key.is_encrypted(key)
    decomposed = unicodedata.normalize("NFD", "blåbær på fjellet")
    assert pseudonym_key.read_key(key, decomposed).names
    with pytest.raises(FileProblem, match="encrypted; give its passphrase"):
        pseudonym_key.read_key(key)
    with pytest.raises(FileProblem, match="passphrase is not that of the key"):
        pseudonym_key.read_key(key, "bringebær")
    content = key.read_text(encoding="utf-8")
    sealed = re.search(r'"sealed": "(.{40})', content)
    assert sealed is not None
    other = "A" if sealed[1][20] != "A" else "B"
    key.write_text(content.replace(sealed[1], sealed[1][:20] + other + sealed[1][21:]), "utf-8")
    with pytest.raises(FileProblem, match="passphrase is not that of the key"):
        pseudonym_key.read_key(key, "blåbær på fjellet")


@pytest.mark.usefixtures("filled")
def test_an_altered_key_and_other_files_are_refused(project: ProjectFile, tmp_path: Path) -> None:
    found = accepted(pseudonyms.scan(project))
    key = tmp_path / "p.qdakey"
    pseudonymise(project, coder="Kari", found=found, wish=Wish(key))
    content = key.read_text(encoding="utf-8")
    key.write_text(content.replace("Øverli", "Overli"), "utf-8")
    with pytest.raises(FileProblem, match="altered or is damaged"):
        pseudonym_key.read_key(key)
    for wrong in ("", "{}", "[1]", "[" * 100_000, '{"what": "qda pseudonym key", "version": 9}'):
        key.write_text(wrong, "utf-8")
        with pytest.raises(FileProblem):
            pseudonym_key.read_key(key)
    with pytest.raises(FileProblem, match="already a file"):
        pseudonymise_again(project, key)


def pseudonymise_again(project: ProjectFile, key: Path) -> None:
    documents.rename_document(
        project,
        coder="Kari",
        document=document_rows.all_documents(project.connection)[0].id,
        name="Samtale",
    )
    memos.add_memo(project, coder="Kari", on="project", target=0, text="Så ringte Hilde Bakke.")
    found = accepted(pseudonyms.scan(project))
    pseudonymise(project, coder="Kari", found=found, wish=Wish(key))


def test_nothing_happens_without_a_key_or_with_a_bad_wish(
    project: ProjectFile, filled: int, tmp_path: Path, steps: Callable[[], int]
) -> None:
    found = pseudonyms.scan(project)
    before, count = text_of(project, filled), steps()
    for bad, wish, sentence in (
        (found, Wish(tmp_path / "k"), "No name was accepted"),
        (accepted(found), Wish(project.path), "must not lie in the project"),
        (accepted(found), Wish(tmp_path / "no" / "k"), "does not exist"),
        (same(found), Wish(tmp_path / "k"), "have the same replacement"),
        (put(found, ""), Wish(tmp_path / "k"), "is empty, too long"),
        (put(found, "[hos Solveig]"), Wish(tmp_path / "k"), "holds a name that is to go"),
        (put(found, "navn"), Wish(tmp_path / "k"), "stands in the texts already"),
    ):
        with pytest.raises((NotAllowed, FileProblem), match=sentence):
            pseudonymise(project, coder="Kari", found=bad, wish=wish)
        assert not (tmp_path / "k").exists()
    corrections.correct_text(
        project, coder="Kari", document=DocumentId(filled), edits=[Edit(0, 0, "X")]
    )
    with pytest.raises(NotAllowed, match="look for them again"):
        pseudonymise(project, coder="Kari", found=accepted(found), wish=Wish(tmp_path / "k"))
    assert text_of(project, filled) == "X" + before
    assert steps() == count + 1


def test_what_goes_wrong_after_the_names_went_leaves_the_key(
    project: ProjectFile, filled: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_of(project, filled)
    key = tmp_path / "k.qdakey"

    def stopped() -> None:
        assert not project.connection.in_transaction
        raise KeyboardInterrupt

    found = accepted(pseudonyms.scan(project))
    with monkeypatch.context() as patched:
        patched.setattr(project, "mark_changed", stopped)
        with pytest.raises(KeyboardInterrupt):
            pseudonymise(project, coder="Kari", found=found, wish=Wish(key))
    assert "Solveig" not in text_of(project, filled)
    pseudonym_reversal.reverse(project, coder="Kari", key=pseudonym_key.read_key(key))
    assert text_of(project, filled) == before


def test_what_goes_wrong_before_leaves_no_key(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    before = text_of(project, filled)
    progress = Progress()
    progress.cancel()
    found = accepted(pseudonyms.scan(project))
    with pytest.raises(Cancelled):
        pseudonymise(
            project, coder="Kari", found=found, wish=Wish(tmp_path / "k"), progress=progress
        )
    assert not (tmp_path / "k").exists()
    assert text_of(project, filled) == before


def test_a_project_that_cannot_be_asked_is_not_said_to_hold_the_names(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "no project")
    assert forgetting.may_be_noted(connection, Guid("g"))
    connection.close()
    assert forgetting.may_be_noted(connection, Guid("g"))


def test_cancelling_while_the_file_is_rewritten_comes_too_late(
    project: ProjectFile, filled: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _message: told.append((done, total)))
    rewrite = project.rewrite

    def rewritten() -> bool:
        progress.cancel()
        return rewrite()

    monkeypatch.setattr(project, "rewrite", rewritten)
    done = pseudonymise(
        project, coder="Kari", found=accepted(pseudonyms.scan(project)),
        wish=Wish(tmp_path / "k"), progress=progress,
    )  # fmt: skip
    assert done.changes.touches("document")
    assert "Solveig" not in text_of(project, filled)
    assert told[-1][0] == told[-1][1]


def same(found: Scan) -> Scan:
    changed = [replace(one, replacement="[X]", decision="accepted") for one in found.entities]
    return replace(found, entities=tuple(changed))


def put(found: Scan, replacement: str) -> Scan:
    first, *rest = accepted(found).entities
    return replace(found, entities=(replace(first, replacement=replacement), *rest))


def test_what_was_rejected_is_remembered_and_stays(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    found = accepted(pseudonyms.scan(project), "Stein")
    decisions = [
        pseudonyms.decision_on(project, one) for one in found.entities if one.decision == "rejected"
    ]
    pseudonyms.decide(project, coder="Kari", decisions=decisions)
    pseudonymise(project, coder="Kari", found=found, wish=Wish(tmp_path / "k.qdakey"))
    assert "sammen med Stein og" in text_of(project, filled)
    assert entity(pseudonyms.scan(project), "Stein").decision == "rejected"


def test_one_place_may_stay_and_a_scope_too(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    found = accepted(pseudonyms.scan(project))
    solveig = entity(found, "Solveig Nordmann")
    kept = next(hit for hit in solveig.hits if hit.text == "Solveigs")
    entities = tuple(
        replace(one, left=frozenset({kept})) if one is solveig else one for one in found.entities
    )
    wish = Wish(tmp_path / "k.qdakey", leave=frozenset({"titles", "files"}))
    done = pseudonymise(project, coder="Kari", found=replace(found, entities=entities), wish=wish)
    assert "Solveigs liste" in text_of(project, filled)
    [document] = document_rows.all_documents(project.connection)
    assert document.name == "Intervju Solveig Nordmann"
    assert done.value.remaining["Solveig Nordmann"] >= 1


def test_only_some_documents(project: ProjectFile, put: Put, tmp_path: Path) -> None:
    first, second = put("a", "Jeg møtte Hilde Bakke der."), put("b", "Så kom Hilde Bakke.")
    found = accepted(pseudonyms.scan(project))
    wish = Wish(tmp_path / "k.qdakey", documents=frozenset({first}))
    pseudonymise(project, coder="Kari", found=found, wish=wish)
    assert "Hilde" not in text_of(project, first)
    assert "Hilde" in text_of(project, second)
    kept = {one.name: one.id for one in document_rows.all_documents(project.connection)}
    assert document_rows.source_bytes(project.connection, kept["b"])
    assert not document_rows.source_bytes(project.connection, kept["a"])


@pytest.mark.usefixtures("filled")
def test_older_backups_are_told_and_can_go(project: ProjectFile, tmp_path: Path) -> None:
    backups.make(project.path)
    found = accepted(pseudonyms.scan(project))
    wish = Wish(tmp_path / "k.qdakey")
    done = pseudonymise(project, coder="Kari", found=found, wish=wish)
    assert len(done.value.backups) == 1
    assert delete_backups(old_backups(project)) == 1
    assert old_backups(project) == ()


def test_every_column_is_swept(project: ProjectFile) -> None:
    """A column that comes later is swept too, unless it is said to hold no text of a person's."""
    known = set(text_fields.fields(project.connection))
    assert {("memo", "text"), ("recording", "path"), ("participant", "name")} <= known
    assert known >= text_fields.PROSE
    assert all(text_fields.scope_of(*field) in text_fields.SCOPES for field in known)


KILLED = """
import os, pickle, signal, sys
from pathlib import Path
from qda.operations.pseudonymising import Wish, pseudonymise
from qda.store import project_file
project = project_file.open_project(Path(sys.argv[1]))
found = pickle.loads(Path(sys.argv[4]).read_bytes())
count = 0
def trace(statement):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
project.connection.set_trace_callback(trace)
pseudonymise(project, coder="Kari", found=found, wish=Wish(Path(sys.argv[2])))
print(count)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_killed_in_the_middle_it_is_whole_or_not_at_all(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    before = text_of(project, filled)
    whole = tmp_path / "whole.qdaproj"
    project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole.write_bytes(project.path.read_bytes())
    found = accepted(pseudonyms.scan(project))
    (tmp_path / "found").write_bytes(pickle.dumps(found))
    total = run_killed(tmp_path, whole, 10**9)
    assert total > 50
    seen: set[bool] = set()
    for at in sorted({*range(1, total, total // 8), *range(total - 4, total + 1)}):
        run_killed(tmp_path, whole, at)
        copy = tmp_path / f"killed-{at}.qdaproj"
        again = project_file.open_project(copy, take_over=True)
        try:
            replaced = text_of(again, filled) != before
            seen.add(replaced)
            if replaced:
                assert (tmp_path / f"killed-{at}.qdakey").exists()
                assert history.steps(again.connection) == ()
                assert hidden(copy) == []
                assert all(one.settled for one in forgetting.all_notes(again.connection))
            else:
                assert len(history.steps(again.connection)) == len(
                    history.steps(project.connection)
                )
                assert [one.name for one in participant_rows.all_participants(again.connection)]
        finally:
            again.close()
    assert seen == {True, False}


def run_killed(tmp_path: Path, whole: Path, at: int) -> int:
    """Pseudonymise a copy, killed before the given statement; return how many there were."""
    copy = tmp_path / f"killed-{at}.qdaproj"
    copy.write_bytes(whole.read_bytes())
    key = copy.with_suffix(".qdakey")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(copy), str(key), str(at), str(tmp_path / "found")],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, -9), done.stderr
    return int(done.stdout or 0)


def test_versions_and_recordings_are_swept(
    project: ProjectFile, filled: int, tmp_path: Path
) -> None:
    assert text_versions.with_versions(project.connection) == (filled,)
    found = accepted(pseudonyms.scan(project))
    key = tmp_path / "k.qdakey"
    pseudonymise(project, coder="Kari", found=found, wish=Wish(key))
    earlier = text_versions.texts(project.connection, DocumentId(filled))
    assert [text for _, text in earlier] == [None, None]
    [sound] = recording_rows.all_recordings(project.connection)
    assert sound.path.endswith("[Informant 1].wav")
    residual = pseudonym_residual.residual(project, key=pseudonym_key.read_key(key))
    assert residual.suspicious == ()
    # «Stein på stein» is no name, and is told nonetheless, so that somebody looks.
    assert [(one.form, one.count) for one in residual.forms] == [("Stein", 1)]
    assert (set(residual.in_file), residual.coders) == ({"Stein"}, ())
    assert residual.runs[0].settled
