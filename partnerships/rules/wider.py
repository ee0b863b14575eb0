"""Who may write down what happened outside, and read it."""

import rules

from contacts.rules import holds, is_person

coordinates = holds("coordinator")


rules.add_perm("partnerships.list_wider_events", is_person)
rules.add_perm("partnerships.record_wider_event", coordinates)
rules.add_perm("partnerships.view_wider_event", is_person)
rules.add_perm("partnerships.withdraw_wider_event", coordinates)
