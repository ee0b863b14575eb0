"""The kinds of mail that this app promises; each module registers its own."""

from . import notes, plans, requests, visits


def register():
    notes.register()
    plans.register()
    requests.register()
    visits.register()
