"""Who may do what; importing this registers every permission of the app."""

from . import notes, plans, requests, visits

__all__ = ["notes", "plans", "requests", "visits"]
