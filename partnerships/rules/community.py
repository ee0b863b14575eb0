"""Who may speak for an institution in its own words. Who reads it, ``visible_to`` says."""

import rules

from contacts.rules import is_lead_of, is_person

rules.add_perm("partnerships.list_statements", is_person)
rules.add_perm("partnerships.sign_statement", is_lead_of)
rules.add_perm("partnerships.read_statement", is_person)
rules.add_perm("partnerships.withdraw_statement", is_lead_of)
