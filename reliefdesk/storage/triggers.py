"""Triggers that make a table append-only: money and history are added to, never changed."""

_FORBIDDEN = (("UPDATE", "changed"), ("DELETE", "deleted"))


def append_only(table: str) -> str:
    """Give the SQL of the triggers that refuse UPDATE, DELETE and INSERT OR REPLACE on a table.

    A replaced row is deleted first; that fires the trigger because every desk connection
    switches recursive_triggers on. An ABORT keeps the rest of the transaction to its caller.
    """
    return "\n".join(
        f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are never {verb}'); END;"
        for action, verb in _FORBIDDEN
    )
