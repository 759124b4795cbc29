"""What the database itself refuses: to change, delete or empty the log, or to append what does not continue it.

Whoever owns the database can remove a trigger; the chain of hashes then shows what was changed.
"""

from __future__ import annotations

from typing import Any, Final

_SENTENCE: Final = "audit entries are final: they cannot be changed or deleted"
_TORN: Final = "audit entries continue the chain: wrong number or previous hash"

_SQLITE: Final = {
    "audit_entry_no_update": f"""
        CREATE TRIGGER IF NOT EXISTS audit_entry_no_update BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END""",
    "audit_entry_no_delete": f"""
        CREATE TRIGGER IF NOT EXISTS audit_entry_no_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END""",
    "audit_entry_continues": f"""
        CREATE TRIGGER IF NOT EXISTS audit_entry_continues BEFORE INSERT ON audit_entry
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit_entry)
          OR NEW.previous IS NOT coalesce(
                (SELECT hash FROM audit_entry ORDER BY number DESC LIMIT 1), '{"0" * 64}')
        BEGIN SELECT RAISE(ABORT, '{_TORN}'); END""",  # noqa: S608
}

_POSTGRESQL: Final = {
    "audit_entry_final": f"""
        CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_SENTENCE}'; END $$;
        CREATE OR REPLACE TRIGGER audit_entry_final BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    "audit_entry_no_truncate": """
        CREATE OR REPLACE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
    "audit_entry_continues": f"""
        CREATE OR REPLACE FUNCTION audit_entry_follow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM audit_entry)
             OR NEW.previous IS DISTINCT FROM coalesce(
                (SELECT hash FROM audit_entry ORDER BY number DESC LIMIT 1), '{"0" * 64}')
          THEN RAISE EXCEPTION '{_TORN}'; END IF;
          RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER audit_entry_continues BEFORE INSERT ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_entry_follow()""",  # noqa: S608
}


def install(connection: Any) -> None:
    """Make the triggers that are missing."""
    with connection.cursor() as cursor:
        for sql in _triggers(connection).values():
            cursor.execute(sql)


def remove(connection: Any) -> None:
    """Drop them: to undo the migration, and to empty the database of a test."""
    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: Any) -> list[str]:
    """The triggers that should be there and are not, or are switched off."""
    sql = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in _triggers(connection) if name not in there]


def _triggers(connection: Any) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
