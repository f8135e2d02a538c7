"""Putting the hits of one person, place or office together, where that is safe."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qda.language.names import lists
from qda.language.names.evidence import KnownNames
from qda.model.pseudonyms import NameEntity, NameHit, NameKind

_WORDY: tuple[NameKind, ...] = ("person", "place")
"""Kinds that only the words around tell apart, so that the most frequent one holds."""
Key = tuple[NameKind, str]


def folded(form: str) -> str:
    """Return a form as forms are compared."""
    return " ".join(form.replace("\u2019", "'").split()).casefold()


def group(
    hits: Sequence[NameHit], known: KnownNames, joined: Iterable[Sequence[str]] = ()
) -> tuple[NameEntity, ...]:
    """Return the entities, in the order in which they are first named, without replacements.

    A given name or a surname goes with the full name where just one has it. `joined` are forms
    that the user put together.
    """
    kinds = _kinds(hits)
    by_key: dict[Key, list[NameHit]] = defaultdict(list)
    for hit in hits:
        kind = kinds.get(folded(hit.form), hit.kind) if hit.kind in _WORDY else hit.kind
        by_key[kind, _key(hit.form, kind)].append(hit)
    leader = _leaders(by_key, known, joined)
    groups: dict[Key, list[NameHit]] = {}
    for key, some in by_key.items():
        groups.setdefault(leader.get(key, key), []).extend(some)
    return tuple(_entity(key[0], some) for key, some in groups.items())


def _kinds(hits: Iterable[NameHit]) -> dict[str, NameKind]:
    """Return for each form the kind that most of its hits have."""
    votes: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for hit in hits:
        if hit.kind in _WORDY:
            # A preposition tells more than a sentence that begins with the name.
            weight = 2 if hit.kind == "place" or hit.why in ("list", "given name") else 1
            votes[folded(hit.form)][hit.kind] += weight
    return {form: counted.most_common(1)[0][0] for form, counted in votes.items()}


def _key(form: str, kind: NameKind) -> str:
    """Return what hits of one entity have in common at least."""
    if kind == "phone":
        return "".join(one for one in form if one.isdigit())[-8:]
    if kind == "identity":
        return "".join(one for one in form if one.isdigit())
    return office_core(form) if kind == "office" else folded(form)


def office_core(name: str) -> str:
    """Return the place in the name of an office: Nav-kontoret på Sinsen and NAV Sinsen are one."""
    words = folded(name).split()
    rest = [one for one in words if not one.startswith(("nav", "kontor", "office"))]
    while len(rest) > 1 and rest[0] in lists.cues("place_before"):
        del rest[0]
    return " ".join(rest or words)


def _leaders(
    by_key: Mapping[Key, list[NameHit]], known: KnownNames, joined: Iterable[Sequence[str]]
) -> dict[Key, Key]:
    """Return which key each key goes with."""
    leader: dict[Key, Key] = {}
    people = [form for kind, form in by_key if kind == "person"]
    listed = {folded(name) for name in known.people}
    full = [form for form in people if " " in form]
    owners: dict[str, set[str]] = defaultdict(set)
    for form in full:
        parts = form.split()
        initials = ".".join(part[0] for part in parts) + "."
        for part in {parts[0], parts[-1], " ".join(parts[:-1]), initials}:
            owners[part].add(form)
        if len(parts) > 2:
            owners[f"{parts[0]} {parts[-1]}"].add(form)
    for form in people:
        owner = owners.get(form.replace(". ", "."), set()) - {form}
        if form in listed and " " not in form:
            continue
        if len(owner) == 1:
            leader["person", form] = "person", next(iter(owner))
    for name in known.offices:
        # The place in the name of a case stands for the office.
        office: Key = "office", office_core(name)
        place: Key = "place", office_core(name)
        if place in by_key:
            leader[place] = office
    for forms in joined:
        keys = [key for key in by_key if key[1] in {_key(one, key[0]) for one in forms}]
        for key in keys[1:]:
            leader[key] = keys[0]
    return {key: _last(key, leader) for key in leader}


def _last(key: Key, leader: Mapping[Key, Key]) -> Key:
    seen = {key}
    while key in leader and leader[key] not in seen:
        key = leader[key]
        seen.add(key)
    return key


def _entity(kind: NameKind, hits: Sequence[NameHit]) -> NameEntity:
    counted = Counter(hit.form for hit in hits)
    # The longest name is the fullest; of equals the most frequent one.
    forms = sorted(counted, key=lambda one: (-len(one.split()), -counted[one], one))
    ordered = tuple(sorted(hits, key=lambda one: (one.place, one.start)))
    return NameEntity(kind, forms[0], tuple(forms), ordered, "")
