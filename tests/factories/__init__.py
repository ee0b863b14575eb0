"""A small invented district, built as the database's owner, for tests to stand in.

Plain functions that name what they make. Everything else a test needs it makes through actions.
"""

from .world import (
    EVERYBODY,
    World,
    make_contact,
    make_editor,
    make_institution,
    make_partnership,
    make_person,
    make_world,
    panel_member,
)

__all__ = [
    "EVERYBODY",
    "World",
    "make_contact",
    "make_editor",
    "make_institution",
    "make_partnership",
    "make_person",
    "make_world",
    "panel_member",
]
