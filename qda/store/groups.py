"""Queries on groups of cases, memberships with dates, and successions."""

import sqlite3

from qda.model.groups import (
    CaseGroup,
    GroupKind,
    Membership,
    Succession,
    SuccessionKind,
    SuccessionOf,
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
RENAME_KIND = "UPDATE group_kind SET name = ? WHERE id = ?"
DELETE_KIND = "DELETE FROM group_kind WHERE id = ?"
GROUPS = "SELECT id, guid, kind_id, name FROM case_group ORDER BY kind_id, name, id"
INSERT_GROUP = "INSERT INTO case_group (guid, kind_id, name) VALUES (?, ?, ?)"
RENAME_GROUP = "UPDATE case_group SET name = ? WHERE id = ?"
DELETE_EMPTY_GROUPS = """
DELETE FROM case_group WHERE id NOT IN (SELECT group_id FROM membership)
AND id NOT IN (SELECT old_group_id FROM succession WHERE old_group_id IS NOT NULL)
AND id NOT IN (SELECT new_group_id FROM succession WHERE new_group_id IS NOT NULL)"""
DELETE_EMPTY_KINDS = "DELETE FROM group_kind WHERE id NOT IN (SELECT kind_id FROM case_group)"
MEMBERSHIPS = "SELECT id, guid, case_id, group_id, since, until FROM membership"
ALL_MEMBERSHIPS = MEMBERSHIPS + " ORDER BY case_id, since, id"
OF_CASE = MEMBERSHIPS + " WHERE case_id = ? ORDER BY since, id"
INSERT_MEMBERSHIP = (
    "INSERT INTO membership (guid, case_id, group_id, since, until) VALUES (?, ?, ?, ?, ?)"
)
UPDATE_MEMBERSHIP = "UPDATE membership SET group_id = ?, since = ?, until = ? WHERE id = ?"
DELETE_MEMBERSHIP = "DELETE FROM membership WHERE id = ?"
SUCCESSIONS = (
    "SELECT id, guid, kind, at, old_case_id, new_case_id, old_group_id, new_group_id"
    " FROM succession ORDER BY at, id"
)
INSERT_SUCCESSION = (
    "INSERT INTO succession"
    " (guid, kind, at, old_case_id, new_case_id, old_group_id, new_group_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
UPDATE_SUCCESSION = "UPDATE succession SET kind = ?, at = ? WHERE id = ?"
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


def rename_kind(connection: sqlite3.Connection, kind: GroupKindId, name: str) -> None:
    """Give a kind another name."""
    connection.execute(RENAME_KIND, (name, kind))


def delete_kind(connection: sqlite3.Connection, kind: GroupKindId) -> None:
    """Remove a kind with its groups and who belongs to them."""
    connection.execute(DELETE_KIND, (kind,))


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


def rename_group(connection: sqlite3.Connection, group: GroupId, name: str) -> None:
    """Give a group another name."""
    connection.execute(RENAME_GROUP, (name, group))


def delete_unused(connection: sqlite3.Connection) -> None:
    """Remove groups that nobody belongs to and that no succession names, then empty kinds."""
    connection.execute(DELETE_EMPTY_GROUPS)
    connection.execute(DELETE_EMPTY_KINDS)


def all_memberships(connection: sqlite3.Connection) -> tuple[Membership, ...]:
    """Return every membership by case and first day."""
    return tuple(_membership(row) for row in connection.execute(ALL_MEMBERSHIPS))


def of_case(connection: sqlite3.Connection, case: CaseId) -> tuple[Membership, ...]:
    """Return the memberships of a case by first day."""
    return tuple(_membership(row) for row in connection.execute(OF_CASE, (case,)))


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


def all_successions(connection: sqlite3.Connection) -> tuple[Succession, ...]:
    """Return every succession by day."""
    return tuple(_succession(row) for row in connection.execute(SUCCESSIONS))


def insert_succession(
    connection: sqlite3.Connection,
    kind: SuccessionKind,
    at: str,
    of: SuccessionOf,
    old: int,
    new: int,
) -> SuccessionId:
    """Let a case or a group follow another; return the id."""
    cases, groups = ((old, new), (None, None)) if of == "case" else ((None, None), (old, new))
    cursor = connection.execute(INSERT_SUCCESSION, (new_guid(), kind, at, *cases, *groups))
    return SuccessionId(int(cursor.lastrowid or 0))


def update_succession(
    connection: sqlite3.Connection, succession: SuccessionId, kind: SuccessionKind, at: str
) -> None:
    """Write kind and day of an existing succession."""
    connection.execute(UPDATE_SUCCESSION, (kind, at, succession))


def delete_succession(connection: sqlite3.Connection, succession: SuccessionId) -> None:
    """Remove a succession."""
    connection.execute(DELETE_SUCCESSION, (succession,))


def _membership(row: tuple[int, str, int, int, str, str]) -> Membership:
    return Membership(
        MembershipId(row[0]), Guid(row[1]), CaseId(row[2]), GroupId(row[3]), row[4], row[5]
    )


def _succession(
    row: tuple[int, str, SuccessionKind, str, int | None, int | None, int | None, int | None],
) -> Succession:
    of: SuccessionOf = "case" if row[4] is not None else "group"
    old, new = (row[4], row[5]) if of == "case" else (row[6], row[7])
    return Succession(
        SuccessionId(row[0]), Guid(row[1]), row[2], row[3], of, int(old or 0), int(new or 0)
    )
