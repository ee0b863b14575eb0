"""Kinds of mail of this app."""

from . import (
    bulletins,
    commitments,
    community,
    concerns,
    consultations,
    meetings,
    panel,
    partnerships,
    published,
    reviews,
    safety,
    wider,
    wordings,
    workstreams,
)


def register():
    bulletins.register()
    commitments.register()
    community.register()
    concerns.register()
    consultations.register()
    meetings.register()
    panel.register()
    partnerships.register()
    published.register()
    reviews.register()
    safety.register()
    wider.register()
    wordings.register()
    workstreams.register()
