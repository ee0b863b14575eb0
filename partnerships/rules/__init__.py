"""Who may do what; importing this registers every permission of the app."""

from . import commitments, community, partnerships, published, wider, wordings

__all__ = ["commitments", "community", "partnerships", "published", "wider", "wordings"]
