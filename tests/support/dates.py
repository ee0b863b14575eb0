"""Time that has passed, or not yet: rows whose dates are moved, all together."""

from django.db import connection, transaction

from tests.roles import as_owner

COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('date', 'timestamp with time zone')
    AND is_generated = 'NEVER' AND table_name LIKE ANY (%s)
    AND NOT EXISTS (  -- what nobody may change stays where it is
        SELECT FROM pg_trigger WHERE tgname = 'is_final' AND tgrelid = table_name::regclass
    )
    ORDER BY table_name
"""
ZONE = "AT TIME ZONE 'Europe/London'"
# A message's key ends in the moment or day that it is for.
KEY = f"""
    key = CASE
        WHEN key ~ ':[0-9]{{10}}$' THEN left(key, -10) || extract(epoch FROM
            (to_timestamp(right(key, 10)::bigint) {ZONE} - DAYS) {ZONE})::bigint
        WHEN key ~ ':[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$'
            THEN left(key, -10) || (right(key, 10)::date - DAYS)::date
        ELSE key END
"""


def move_back(days: int, *tables: str) -> None:
    """Move every date in tables whose names are LIKE these back by days, in one transaction.

    Times of the day stay what London's clocks show.
    """
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(tables)])
        moves = {}
        for table, column, kind in cursor.fetchall():
            moves.setdefault(table, []).append(_move(f'"{column}"', kind))
        if "outbox_message" in moves:
            moves["outbox_message"].append(KEY)
        for table, moved in moves.items():
            sql = f"UPDATE {table} SET {', '.join(moved)}"
            cursor.execute(sql.replace("DAYS", f"interval '{days:d} days'"))


def _move(column, kind):
    if kind == "date":
        return f"{column} = ({column} - DAYS)::date"
    return f"{column} = ({column} {ZONE} - DAYS) {ZONE}"
