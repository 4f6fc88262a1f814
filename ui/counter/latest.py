"""The queue of one, under its old address until every panel of the counter imports the new one."""

from ui.widgets.latest import Latest

__all__ = ["Latest"]
