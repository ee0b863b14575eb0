"""Who may open what is kept about accounts and leads, and what a law forbids telling."""

COMMANDER = frozenset({"commander"})


def kept_rows(Row, *, admins, keepers, lead, readers):  # noqa: N803  a class
    """Build the rows of the table; ``Row`` is its class."""

    def untold(may, of="held_notice"):
        return Row(may, of, keepers | COMMANDER, near=COMMANDER)

    return {
        "portal-state": Row(admins, methods="GET"),
        "contacts:account-list": Row(admins, methods="GET"),
        "contacts:account-detail": Row(admins, "account", methods="GET"),
        # Those of the police: tests/contacts/test_administration.py
        "contacts:account-shut": Row(frozenset(), "account", admins),
        "contacts:account-open": Row(frozenset(), "account", admins),
        "contacts:sessions-end": Row(admins, "account"),
        "contacts:standing-down-propose": Row(lead, "institution", readers),
        "contacts:standing-down-confirm": Row(lead, "standing_down"),
        "contacts:standing-down-drop": Row(lead, "standing_down"),
        "contacts:held-notice-countersign": untold(COMMANDER),
        "contacts:held-notice-renew": untold(keepers, "held_notice_signed"),
        "contacts:held-notice-tell": untold(keepers | COMMANDER),
    }
