"""A refreshed snapshot is the one that loading anew would give."""

from dataclasses import fields, is_dataclass

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.resolution import resolve_one
from qda.model.changes import Changes
from qda.model.ids import CodingId
from qda.store import replaying
from tests.analysis.conftest import Study


def plain(thing: object) -> object:
    """Return arrays as lists, so that two snapshots can be compared."""
    if isinstance(thing, np.ndarray):
        return thing.tolist()
    if is_dataclass(thing):
        return [plain(getattr(thing, one.name)) for one in fields(thing) if one.compare]
    return thing


def filled(study: Study) -> dict[str, list[int]]:
    study.clear()
    with study.step():
        made = {
            "document": [study.document(name, "En to tre fire. " * 3) for name in ("b", "a", "å")],
            "participant": [study.participant(name) for name in ("Veileder", "Leder")],
            "case": [study.case("A"), study.case("B", 1)],
            "code": [study.code("x"), study.code("y", position=1)],
            "value": [],
        }
        for document in made["document"][:2]:
            for number in range(4):
                study.turn(
                    document, number + 1, (number * 10, number * 10 + 2, number * 10 + 10),
                    made["participant"][number % 2],
                )  # fmt: skip
        study.link("document", made["document"][0], made["case"][0])
        study.link("participant", made["participant"][1], made["case"][1])
        made["coding"] = [
            study.coding(made["document"][n % 3], made["code"][n % 2], (n, n + 12))
            for n in range(9)
        ]
    return made


ACTIONS = st.sampled_from(
    [
        "code",
        "remove",
        "link",
        "unlink",
        "move",
        "rename",
        "case",
        "turn",
        "drop",
        "undo",
        "redo",
        "value",
        "case",
        "person",
        "language",
        "pair",
    ]
)


STATEMENTS = {
    "remove": ("DELETE FROM coding WHERE id % 3 = ?", "n"),
    "unlink": ("DELETE FROM coding_case WHERE id % 2 = ?", "n"),
    "move": ('UPDATE coding SET start = start + 1, "end" = "end" + 1 WHERE id = ?', "coding"),
    "rename": ("UPDATE document SET name = name || 'z' WHERE id = ?", "document"),
    "case": ("UPDATE \"case\" SET name = name || 'z', position = -position WHERE id % 2 = ?", "n"),
    "person": ("UPDATE participant SET name = 'a' || name WHERE id % 2 = ?", "n"),
    "language": ("UPDATE project SET language = iif(? % 2, 'en', 'nb')", "n"),
    "pair": ("DELETE FROM participant_case WHERE id % 2 = ?", "n"),
    "turn": ("UPDATE turn SET participant_id = NULL WHERE id % 3 = ?", "n"),
}


def act(study: Study, made: dict[str, list[int]], action: str, n: int) -> Changes:
    if action in {"undo", "redo"}:
        done = (replaying.undo if action == "undo" else replaying.redo)(study.connection, "Test")
        return done[1] if done is not None else Changes()
    ask = study.connection.execute
    codings = [row[0] for row in ask("SELECT id FROM coding")] or [0]
    documents = [row[0] for row in ask("SELECT id FROM document")]
    if not documents:
        return Changes()
    coding, document = codings[n % len(codings)], documents[n % len(documents)]
    with study.step() as step:
        if action == "code":
            for start in range(n % 3 + 1):
                study.coding(document, made["code"][n % 2], (start, n % 20 + 9))
        elif action == "link" and coding:
            study.link("coding", coding, made["case"][n % 2])
        elif action == "case":
            made["case"].append(study.case(f"C{len(made['case'])}", -1))
        elif action == "drop" and len(documents) > 1:
            study.remove("document", documents[:1])
        elif action == "value":
            variable = study.variable("case", f"v{len(made['value'])}")
            made["value"].append(study.value(variable, made["case"][0], "tekst"))
        else:
            sql, bound = STATEMENTS.get(action, ("SELECT ?", "n"))
            ask(sql, ({"coding": coding, "document": document, "n": n % 3}[bound],))
    return step.changes


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(actions=st.lists(st.tuples(ACTIONS, st.integers(0, 30)), min_size=1, max_size=8))
def test_refreshing_equals_loading(shared_study: Study, actions: list[tuple[str, int]]) -> None:
    made = filled(shared_study)
    snapshot = snapshots.load(shared_study.connection)
    for action, n in actions:
        changes = act(shared_study, made, action, n)
        snapshot = snapshots.refreshed(snapshot, shared_study.connection, changes)
        assert plain(snapshot) == plain(snapshots.load(shared_study.connection)), action


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(actions=st.lists(st.tuples(ACTIONS, st.integers(0, 30)), min_size=1, max_size=8))
def test_one_coding_is_resolved_as_in_a_snapshot_of_now(
    shared_study: Study, actions: list[tuple[str, int]]
) -> None:
    made = filled(shared_study)
    connection = shared_study.connection
    before, happened = snapshots.load(connection), list[Changes]()
    for action, n in actions:
        happened.append(act(shared_study, made, action, n))
        now, changes = snapshots.load(connection), Changes.of_all(happened)
        for coding in now.codings.ids.tolist():
            found = snapshots.resolved_now(before, connection, changes, CodingId(coding))
            only_codings = not changes.touches(
                    "document", "turn", "case", "value", "variable", "participant",
                    "participant_case", "project",
                )  # fmt: skip
            assert (found is not None) or not only_codings
            assert found is None or found == resolve_one(now, CodingId(coding)), action


def test_a_coding_that_is_gone_resolves_to_nothing(study: Study) -> None:
    filled(study)
    before = snapshots.load(study.connection)
    assert snapshots.resolved_now(before, study.connection, Changes(), CodingId(999)) is None


def test_documents_stand_by_name_and_cases_as_ordered(study: Study) -> None:
    with study.step():
        for name in ("Ås", "Zoo", "intervju 10", "Intervju 2"):
            study.document(name, "x")
        study.case("først", 1)
        study.case("sist", 2)
        study.case("aller først", 0)
    entities = snapshots.load(study.connection).entities
    assert [one.name for one in entities.documents] == ["Intervju 2", "intervju 10", "Zoo", "Ås"]
    assert [one.name for one in entities.cases] == ["aller først", "først", "sist"]


def test_words_are_read_once_and_forgotten_with_their_text(study: Study) -> None:
    with study.step():
        first = study.document("a", "en to")
        study.document("b", "tre")
    snapshot = snapshots.load(study.connection)
    snapshots.prepare_words(study.connection, snapshot)
    assert sorted(len(starts) for starts, _ in snapshot.words.values()) == [1, 2]
    with study.step() as step:
        study.remove("document", [first])
    fresh = snapshots.refreshed(snapshot, study.connection, step.changes)
    snapshots.prepare_words(study.connection, fresh)
    assert [len(starts) for starts, _ in fresh.words.values()] == [1]


def test_what_is_not_counted_leaves_the_snapshot_alone(study: Study) -> None:
    snapshot = snapshots.load(study.connection)
    assert (
        snapshots.refreshed(snapshot, study.connection, Changes({"memo": frozenset({1})}))
        is snapshot
    )
