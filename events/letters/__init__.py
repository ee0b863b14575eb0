"""The kinds of mail that this app promises; each module registers its own."""

from . import plans, requests


def register():
    plans.register()
    requests.register()
