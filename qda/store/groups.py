"""Queries on groups of cases, memberships with dates, and successions of cases."""

import sqlite3

from qda.model.groups import (
    CaseGroup,
    GroupKind,
    Membership,
    Succession,
    SuccessionKind,
    overlap,
    reaches,
)
from qda.model.ids import (
    CaseId,
    GroupId,
    GroupKindId,
    Guid,
    MembershipId,
    SuccessionId,
    new_guid,
)

KINDS = "SELECT id, guid, name, position FROM group_kind ORDER BY position, id"
INSERT_KIND = (
    "INSERT INTO group_kind (guid, name, position)"
    " VALUES (?, ?, (SELECT coalesce(max(position) + 1, 0) FROM group_kind))"
)
GROUPS = "SELECT id, guid, kind_id, name FROM case_group ORDER BY kind_id, name, id"
INSERT_GROUP = "INSERT INTO case_group (guid, kind_id, name) VALUES (?, ?, ?)"
DELETE_EMPTY_GROUPS = (
    "DELETE FROM case_group WHERE NOT EXISTS"
    " (SELECT 1 FROM membership WHERE membership.group_id = case_group.id)"
)
DELETE_EMPTY_KINDS = (
    "DELETE FROM group_kind WHERE NOT EXISTS"
    " (SELECT 1 FROM case_group WHERE case_group.kind_id = group_kind.id)"
)
MEMBERSHIPS = "SELECT id, guid, case_id, group_id, since, until FROM membership"
ALL_MEMBERSHIPS = MEMBERSHIPS + " ORDER BY case_id, since, id"
INSERT_MEMBERSHIP = (
    "INSERT INTO membership (guid, case_id, group_id, since, until) VALUES (?, ?, ?, ?, ?)"
)
UPDATE_MEMBERSHIP = "UPDATE membership SET group_id = ?, since = ?, until = ? WHERE id = ?"
DELETE_MEMBERSHIP = "DELETE FROM membership WHERE id = ?"
STRETCHES = """
SELECT membership.id, case_id, kind_id, since, until FROM membership
JOIN case_group ON case_group.id = membership.group_id ORDER BY membership.id"""
SUCCESSIONS = "SELECT id, guid, kind, at, old_case_id, new_case_id FROM succession ORDER BY at, id"
INSERT_SUCCESSION = (
    "INSERT INTO succession (guid, kind, at, old_case_id, new_case_id) VALUES (?, ?, ?, ?, ?)"
)
DELETE_SUCCESSION = "DELETE FROM succession WHERE id = ?"


def all_kinds(connection: sqlite3.Connection) -> tuple[GroupKind, ...]:
    """Return every kind of groups in its order."""
    return tuple(
        GroupKind(GroupKindId(row[0]), Guid(row[1]), row[2], row[3])
        for row in connection.execute(KINDS)
    )


def insert_kind(connection: sqlite3.Connection, name: str) -> GroupKindId:
    """Add a kind after the others; return the id."""
    return GroupKindId(int(connection.execute(INSERT_KIND, (new_guid(), name)).lastrowid or 0))


def all_groups(connection: sqlite3.Connection) -> tuple[CaseGroup, ...]:
    """Return every group by kind and name."""
    return tuple(
        CaseGroup(GroupId(row[0]), Guid(row[1]), GroupKindId(row[2]), row[3])
        for row in connection.execute(GROUPS)
    )


def insert_group(connection: sqlite3.Connection, kind: GroupKindId, name: str) -> GroupId:
    """Add a group; return the id."""
    cursor = connection.execute(INSERT_GROUP, (new_guid(), kind, name))
    return GroupId(int(cursor.lastrowid or 0))


def delete_unused(connection: sqlite3.Connection) -> None:
    """Remove groups that nothing belongs to, then kinds without groups."""
    connection.execute(DELETE_EMPTY_GROUPS)
    connection.execute(DELETE_EMPTY_KINDS)


def all_memberships(connection: sqlite3.Connection) -> tuple[Membership, ...]:
    """Return every membership by case and first day."""
    return tuple(
        Membership(
            MembershipId(row[0]), Guid(row[1]), CaseId(row[2]), GroupId(row[3]), row[4], row[5]
        )
        for row in connection.execute(ALL_MEMBERSHIPS)
    )


def insert_membership(
    connection: sqlite3.Connection, case: CaseId, group: GroupId, since: str, until: str
) -> MembershipId:
    """Let a case belong to a group; return the id."""
    cursor = connection.execute(INSERT_MEMBERSHIP, (new_guid(), case, group, since, until))
    return MembershipId(int(cursor.lastrowid or 0))


def update_membership(connection: sqlite3.Connection, membership: Membership) -> None:
    """Write group and days of an existing membership."""
    connection.execute(
        UPDATE_MEMBERSHIP,
        (membership.group, membership.since, membership.until, membership.id),
    )


def delete_membership(connection: sqlite3.Connection, membership: MembershipId) -> None:
    """Remove a membership."""
    connection.execute(DELETE_MEMBERSHIP, (membership,))


def overlapping(connection: sqlite3.Connection) -> tuple[MembershipId, ...]:
    """Return the memberships that overlap one of the same case and kind that was there before."""
    kept: dict[tuple[int, int], list[tuple[str, str]]] = {}
    found: list[MembershipId] = []
    for number, case, kind, since, until in connection.execute(STRETCHES):
        before = kept.setdefault((case, kind), [])
        if overlap([*before, (since, until)]) is not None:
            found.append(MembershipId(number))
        else:
            before.append((since, until))
    return tuple(found)


def all_successions(connection: sqlite3.Connection) -> tuple[Succession, ...]:
    """Return every succession by day."""
    return tuple(
        Succession(
            SuccessionId(row[0]), Guid(row[1]), row[2], row[3], CaseId(row[4]), CaseId(row[5])
        )
        for row in connection.execute(SUCCESSIONS)
    )


def insert_succession(
    connection: sqlite3.Connection, kind: SuccessionKind, at: str, old: CaseId, new: CaseId
) -> SuccessionId:
    """Let a case follow another; return the id."""
    cursor = connection.execute(INSERT_SUCCESSION, (new_guid(), kind, at, old, new))
    return SuccessionId(int(cursor.lastrowid or 0))


def delete_succession(connection: sqlite3.Connection, succession: SuccessionId) -> None:
    """Remove a succession."""
    connection.execute(DELETE_SUCCESSION, (succession,))


def circular(connection: sqlite3.Connection) -> tuple[SuccessionId, ...]:
    """Return one succession of each circle of cases that follow one another."""
    kept: dict[CaseId, set[CaseId]] = {}
    found: list[SuccessionId] = []
    for one in sorted(all_successions(connection), key=lambda one: one.id):
        if reaches(kept, one.new, one.old):
            found.append(one.id)
        else:
            kept.setdefault(one.old, set()).add(one.new)
    return tuple(found)


def drop_clashes(connection: sqlite3.Connection) -> dict[str, int]:
    """Remove what another project brought and this one has otherwise; return how many by table."""
    memberships, successions = overlapping(connection), circular(connection)
    for membership in memberships:
        delete_membership(connection, membership)
    for succession in successions:
        delete_succession(connection, succession)
    delete_unused(connection)
    return {"membership": len(memberships), "succession": len(successions)}
