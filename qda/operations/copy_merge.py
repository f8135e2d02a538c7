"""Merging a colleague's copy of a project into ours: looked at first, then done in one step.

Everything is told apart by GUID. Where the histories of both copies show what they began with,
what one of them changed since is taken, and what both changed is a conflict, for which ours is
kept unless somebody chose theirs. Where nothing shows it, nothing is removed.
"""

from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from qda.jobs.progress import Progress
from qda.model.changes import Changes, OpResult
from qda.model.codebook_merge import Side
from qda.model.copy_merge import ConflictKind, CopyConflict, CopyMergePlan
from qda.model.errors import NotAllowed
from qda.model.import_report import ReportBuilder, ReportLine, kind_word
from qda.model.messages import Message, message
from qda.operations.copy_aligning import Aligned, LostCoding, align
from qda.operations.copy_comparing import Comparer
from qda.operations.copy_differences import Compared, Difference, choice_key
from qda.operations.copy_settling import REASONS, Settler, keep_versions, unquoted
from qda.operations.copy_words import Words, apart, field_word, item_of
from qda.operations.copy_writing import Writer, Writing, keep_lost, work_out
from qda.operations.import_reports import keep_report
from qda.store import backups, copy_base, copy_rows, lock, project_info, row_checks, row_writing
from qda.store.arrays import Connection
from qda.store.copy_rows import RULE, RULES, Keyed, RawRows
from qda.store.project_file import ProjectFile, open_apart

MERGE = message("Merge a colleague's copy")
STEPS = 6 * len(RULES)
"""How many steps of progress a merge has, about."""
OWN_MATTER = frozenset({"history"})
"""Faults of a copy that do not touch what is taken from it."""


def plan_merge(
    project: ProjectFile,
    *,
    path: Path,
    choices: Mapping[str, Side] | None = None,
    take: Side = "ours",
    progress: Progress | None = None,
) -> CopyMergePlan:
    """Say what merging the copy at `path` would do; neither file is changed.

    Raises ProjectProblem, NotAllowed for a file that cannot be merged, Cancelled.
    """
    progress = progress or Progress()
    progress.start(STEPS, message("Comparing the copies"))
    with _opened(project, path) as other:
        return _Merge(project, other, choices or {}, take, progress).plan()


def merge_copy(
    project: ProjectFile,
    *,
    coder: str,
    path: Path,
    choices: Mapping[str, Side] | None = None,
    take: Side = "ours",
    progress: Progress | None = None,
) -> OpResult[CopyMergePlan]:
    """Merge the copy at `path` in one step, after a backup; the report is kept in the project.

    `choices` decide conflicts by their keys, `take` those that are not among them. Raises
    ProjectProblem, NotAllowed for a file that cannot be merged, Cancelled: the project is then as
    it was.
    """
    project.require_writable()
    progress = progress or Progress()
    progress.start(STEPS, message("Comparing the copies"))
    with _opened(project, path) as other:
        merge = _Merge(project, other, choices or {}, take, progress)
        plan = merge.plan()
        if merge.writing.empty:
            return OpResult(plan, Changes())
        before = _faults(project.connection)
        backups.make(project.path)
        progress.step(0, message("Writing what was merged"))
        try:
            with project.step(MERGE, coder) as step:
                with row_writing.fitting():
                    merge.write()
                keep_report(project, merge.report(plan), coder)
                _require_sound(project, before)
        except row_writing.DoesNotFit as error:
            raise _does_not_fit(other.path) from error
    return OpResult(plan, step.changes, step.id)


# ------------------------------------------------------------------------------------ the copy
@contextmanager
def _opened(project: ProjectFile, path: Path) -> Generator[ProjectFile]:
    """Open a copy to take from; refuse what is none."""
    try:
        itself = path.samefile(project.path)
    except OSError:
        itself = False
    if itself:
        raise NotAllowed(message("This is the project itself; choose the colleague's copy of it."))
    other = open_apart(path)
    try:
        if any(
            check.count(other.connection)
            for check in row_checks.CHECKS
            if check.code not in OWN_MATTER
        ):
            raise NotAllowed(
                message(
                    "{name} has faults; mend it with «qda doctor», then merge it.",
                    name=other.path.name,
                )
            )
        _require_same_names(project, other)
        yield other
    finally:
        other.close()


def _require_same_names(project: ProjectFile, other: ProjectFile) -> None:
    """Refuse to bring names back that were replaced in one of the copies."""
    here = copy_base.pseudonymised(project.connection)
    there = copy_base.pseudonymised(other.connection)
    share = copy_base.documents(project.connection) & copy_base.documents(other.connection)
    if share and bool(here) != bool(there):
        raise NotAllowed(
            message(
                "Names were replaced in one of the two copies alone, and merging would mix them "
                "with the others; replace them in {name} too, then merge.",
                name=other.path.name if here else project.path.name,
            )
        )


def _faults(connection: Connection) -> dict[str, int]:
    return {
        check.code: check.count(connection)
        for check in row_checks.CHECKS
        if check.code not in OWN_MATTER
    }


def _require_sound(project: ProjectFile, before: Mapping[str, int]) -> None:
    """Raise NotAllowed where the project would have faults that it had not."""
    now = _faults(project.connection)
    if any(count > before[code] for code, count in now.items()):
        raise _does_not_fit(project.path)


def _does_not_fit(path: Path) -> NotAllowed:
    return NotAllowed(
        message(
            "What {name} holds does not go together with the project, so nothing was changed; "
            "look for faults with «qda doctor».",
            name=path.name,
        )
    )


# ----------------------------------------------------------------------------------- the merge
class _Merge:
    """One merge: what both copies hold, what comes of it, and what is told."""

    def __init__(
        self,
        project: ProjectFile,
        other: ProjectFile,
        choices: Mapping[str, Side],
        take: Side,
        progress: Progress,
    ) -> None:
        self._project, self._other = project, other
        self._ours, self._theirs = project.connection, other.connection
        self._choices: dict[str, Side] = dict(choices)
        self._take: Side = take
        self._progress = progress
        with copy_rows.one_state(self._ours):
            self._read()

    def _read(self) -> None:
        """Read both copies, compare them, and work out what is to be written."""
        self._raw: RawRows = copy_rows.read_raw(self._ours)
        raw_theirs = copy_rows.read_raw(self._theirs)
        self._step()
        self._same_project = (
            project_info.read(self._ours).guid == project_info.read(self._theirs).guid
        )
        base = self._base(raw_theirs)
        separate = frozenset(
            one.split(":")[1]
            for one, side in self._choices.items()
            if one.startswith("document:") and one.endswith(":guid") and side == "theirs"
        )
        self._aligned: Aligned = align(
            self._raw, raw_theirs, base, (self._ours, self._theirs),
            apart=separate, wanted=self._wanted_text,
        )  # fmt: skip
        self._apart = separate
        self.ours: Keyed = copy_rows.keyed(self._aligned.ours, step=self._step)
        self.theirs: Keyed = copy_rows.keyed(
            self._aligned.theirs, self.ours, {"document": self._aligned.same}, self._step
        )
        self.base: Keyed | None = (
            copy_rows.keyed(self._aligned.base, None, self.theirs.matched, self._step)
            if self._aligned.base is not None
            else None
        )
        self._compared = self._compare()
        self._settler = Settler(self._compared.final, self.ours)
        self._settler.settle(self.theirs)
        keep_versions(self._compared.final, self.ours)
        self._unquoted = unquoted(
            self._compared.final, self.ours, self.ours, (self._theirs, self._ours)
        )
        self.writing: Writing = work_out(self._compared.final, self.ours, self._raw, self._aligned)
        self._words = Words(self.ours, self.theirs, self.base)

    def _step(self) -> None:
        self._progress.step()

    def _wanted_text(self, guid: str) -> Side:
        return self._choices.get(choice_key("document", guid, "text_hash"), self._take)

    def _base(self, theirs: RawRows) -> RawRows | None:
        """Return the rows that both copies had, as far as their histories tell."""
        found = copy_base.common(self._ours, self._theirs, same_project=self._same_project)
        if found is None:
            return None
        return copy_base.rows_in_common(found, (self._raw, self._ours), (theirs, self._theirs))

    def _compare(self) -> Compared:
        """Compare; where theirs is to be taken throughout, also what we removed and they used."""
        found = self._comparer().compare()
        while self._take == "theirs":
            asked = [
                one.name
                for one in found.differences
                if one.kind == "deleted here" and one.name not in self._choices
            ]
            if not asked:
                break
            # What comes back may name something else that was removed here.
            self._choices.update(dict.fromkeys(asked, self._take))
            found = self._comparer().compare()
        return found

    def _comparer(self) -> Comparer:
        named = (frozenset[str](), frozenset[str]())
        if self.base is None:
            named = (
                copy_base.removed_by_record(self._ours),
                copy_base.removed_by_record(self._theirs),
            )
        return Comparer(
            self.ours, self.theirs, self.base, texts=self._aligned.texts, choices=self._choices,
            take=self._take, named=named, step=self._step,
        )  # fmt: skip

    # ---------------------------------------------------------------------------- what is told
    def plan(self) -> CopyMergePlan:
        """Return what the merge does."""
        added, updated, removed = self.writing.counts
        return CopyMergePlan(
            source=self._other.path.name,
            same_project=self._same_project,
            common=self.base is not None,
            elsewhere=lock.state(self._other.path) in ("held", "elsewhere"),
            added=_told(added),
            updated=_told(updated),
            removed=_told(removed),
            conflicts=(
                *(self._conflict(one) for one in self._compared.differences),
                *self._same_documents(),
            ),
            lines=tuple(self._lines()),
        )

    def _conflict(self, one: Difference) -> CopyConflict:
        base, ours, theirs = (
            self._words.said(one, row) for row in (one.base, one.ours, one.theirs)
        )
        text = self._aligned.texts.get(one.key) if one.kind == "text" else None
        if text is not None:
            base = None
            ours, theirs = apart(text.ours, text.theirs)
        return CopyConflict(
            key=one.name,
            kind=one.kind,
            table=one.table,
            guid=str(one.key) if RULE[one.table].key == ("guid",) else "",
            name=self._words.name(one.table, one.key),
            field=one.columns[0] if one.columns else "",
            base=base,
            ours=ours or "",
            theirs=theirs or "",
            taken=one.taken,
            count=one.count,
        )

    def _same_documents(self) -> Iterator[CopyConflict]:
        """Yield the imports of one file in both copies, taken as one document or kept apart."""
        rule = RULE["document"]
        guid, name = rule.place("guid"), rule.place("name")
        there = {
            str(row[guid]): str(row[name]) for row in self._aligned.theirs["document"].values()
        }
        for theirs, ours in self._aligned.same.items():
            yield CopyConflict(
                choice_key("document", theirs, "guid"), "same document", "document", str(ours),
                self._words.name("document", ours), "guid", None,
                self._words.name("document", ours), there[theirs], "ours",
            )  # fmt: skip
        for theirs in sorted(self._apart & there.keys()):
            yield CopyConflict(
                choice_key("document", theirs, "guid"), "same document", "document", theirs,
                there[theirs], "guid", None, "", there[theirs], "theirs",
            )  # fmt: skip

    def _lines(self) -> Iterator[ReportLine]:
        source = self._other.path.name
        lost = [one for one in self._aligned.lost if one.side == "theirs"]
        gone = [one for one in self._aligned.lost if one.side == "ours"]
        yield from self._lost_lines(lost, message("The text that is kept has no place for it."))
        yield from self._lost_lines(
            gone, message("The text that was taken has no place for it; a memo keeps it.")
        )
        yield from self._lost_lines(
            [LostCoding(*one, "theirs") for one in self._unquoted],
            message("The text does not say this where the coding stands."),
        )
        left = self._compared.left_out + self._settler.left_out
        for (table, reason), count in sorted(left.items()):
            item = item_of(table)
            yield ReportLine("left out", item, kind_word(item), source, REASONS[reason], count)
        if self._aligned.altered:
            why = message("A text was corrected in one of the copies, and they follow it.")
            yield ReportLine(
                "uncertain", "codings", kind_word("codings"), source, why, self._aligned.altered
            )
        if off_scale := self._settler.off_scale():
            why = message("Their value is not on the scale of the code as it is now.")
            yield ReportLine("uncertain", "codings", kind_word("codings"), source, why, off_scale)
        for table, before, now in self._settler.renamed:
            why = message("The name was taken, so it is called {name} here.", name=now)
            yield ReportLine("decided", item_of(table), _named(before), source, why)
        yield from self._matched_lines(source)
        yield from self._unknown_lines(source)

    def _lost_lines(self, lost: list[LostCoding], why: Message) -> Iterator[ReportLine]:
        for one in lost:
            where = self._words.name("document", one.document)
            yield ReportLine("left out", "codings", _named(one.quote), where, why)

    def _matched_lines(self, source: str) -> Iterator[ReportLine]:
        """Yield what is one thing in both copies, though it came about in each of them."""
        for rule in RULES:
            if rule.adds_only:
                continue
            for guid, key in self.theirs.matched[rule.table].items():
                if rule.table == "document":
                    why = message("Both copies imported the same text; it is one document.")
                elif rule.table == "coding":
                    continue
                else:
                    why = message("Both copies have one of this name; they are taken as one.")
                name = self._words.name(rule.table, key) or guid
                yield ReportLine("decided", item_of(rule.table), _named(name), source, why)
        same = len(self.theirs.matched["coding"])
        if same:
            why = message("Both copies have the same coding; it is there once.")
            yield ReportLine("decided", "codings", kind_word("codings"), source, why, same)

    def _unknown_lines(self, source: str) -> Iterator[ReportLine]:
        if self.base is not None:
            return
        for table, count in sorted(self._compared.stayed_gone.items()):
            item = item_of(table)
            why = message("By its own record, the project had them and removed them.")
            yield ReportLine("left out", item, kind_word(item), source, why, count)
        for table, count in sorted(self._compared.kept.items()):
            item = item_of(table)
            why = message(
                "Only the project has them; nothing tells whether they are new here or were "
                "removed there, so they stay."
            )
            yield ReportLine("decided", item, kind_word(item), source, why, count)

    def report(self, plan: CopyMergePlan) -> ReportBuilder:
        """Return the report that the project keeps of the merge."""
        report = ReportBuilder("merge", plan.source)
        report.reached = copy_base.reached(self._theirs)
        for line in plan.lines:
            getattr(report, _VERBS[line.kind])(
                line.item, line.what, line.where, line.why, count=line.count
            )
        for counts in (plan.added, plan.updated):
            report.count_kept(counts)
            report.count_found(counts)
        for line in plan.lines:
            if line.kind == "left out":
                report.found[line.item] += line.count
        for one in plan.conflicts:
            if one.kind != "same document":
                report.decided(
                    item_of(one.table), _named(one.name), plan.source, told_conflict(one)
                )
        for item, count in plan.removed.items():
            report.decided(
                item, kind_word(item), plan.source,
                message("They were removed in the copy and are unchanged here."), count=count,
            )  # fmt: skip
        return report

    # ----------------------------------------------------------------------------- writing
    def write(self) -> None:
        """Write what came of it, within a step."""
        name = RULE["code"].place("name")
        code_at = RULE["coding"].place("code_id")
        for one in self._aligned.lost:
            number = self.ours.ids["document"].get(one.document)
            if one.side == "theirs" or number is None:
                continue
            row = next(
                row for row in self._raw["coding"].values()
                if row[RULE["coding"].place("guid")] == one.guid
            )  # fmt: skip
            code = self._raw["code"][cast("int", row[code_at])][name]
            keep_lost(self._ours, one, number, str(code))
        Writer(self._ours, self._theirs, self._compared.final, self.ours, self._step).write(
            self.writing
        )


_VERBS: Mapping[str, str] = {
    "left out": "left_out", "uncertain": "uncertain", "decided": "decided", "came in": "came_in",
}  # fmt: skip


def told_conflict(one: CopyConflict) -> Message:
    """Say what was decided about a conflict."""
    if one.kind in _DECIDED:
        return _DECIDED[one.kind][one.taken]
    if one.taken == "ours":
        return message(
            "Both copies changed it ({field}); ours was kept.", field=field_word(one.field)
        )
    return message(
        "Both copies changed it ({field}); theirs was taken.", field=field_word(one.field)
    )


_DECIDED: Mapping[ConflictKind, Mapping[Side, Message]] = {
    "deleted here": {
        "ours": message("It was removed here and changed or used there; it stays removed."),
        "theirs": message("It was removed here and changed or used there; it is here again."),
    },
    "deleted there": {
        "ours": message("It was removed there and changed or used here; it was kept."),
        "theirs": message("It was removed there and changed or used here; it was removed."),
    },
    "text": {
        "ours": message("Both copies have another text; the project's was kept."),
        "theirs": message("Both copies have another text; the copy's was taken."),
    },
}


def _named(name: str) -> Message:
    return message("{name}", name=name)


def _told(counts: Counter[str]) -> dict[str, int]:
    """Return counts by what a report calls the things."""
    found: Counter[str] = Counter()
    for table, count in counts.items():
        found[item_of(table)] += count
    return {item: count for item, count in found.items() if count}
