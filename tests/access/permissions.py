"""Who may see and do what, as data: each role against each thing, wherever it stands.

Read as the table of the design: a role holds what its row gives it at its own institution or in
its own area (``own``), elsewhere in its force (``area``), where a mosque let it in (``let_in``) and
where police opened the record in an emergency (``opened``). At an umbrella body (``forum``) its
lead stands as a mosque's does, and whoever commands the unit concerned as its sergeants would. A
pause changes nothing of it: reading, help and safety go on, and what may not begin is declined by
the action. In another force, and once a role or permission has ended, nobody holds anything.
"""

from dataclasses import replace

from .grants import (
    ADMIN,
    COMMANDER,
    COORDINATOR,
    GUESTS,
    HEADS,
    INSPECTOR,
    KEEPERS,
    LEAD,
    MOSQUE,
    NOBODY,
    OPENERS,
    POLICE,
    READERS,
    RECORDS,
    ROLES,
    SCRUTINEER,
    SIDES,
    SPEAKERS,
    TEAM,
    WORKING,
    Grant,
    reads,
)
from .permissions_forum import FORUM, FORUM_ANYWHERE, FORUM_SIGHT
from .safety import SAFETY, SAFETY_SIGHT

INSTITUTION = (
    reads(
        "institution",
        "dashboard.view_institution",
        let_in=GUESTS,
        opened=OPENERS,
        guest_perm="dashboard.view_as_guest",
    ),
    Grant(
        "institution",
        "look_at",
        "contacts.view_institution",
        READERS,
        COORDINATOR,
        opened=OPENERS,
    ),
    Grant("institution", "change", "contacts.change_institution", LEAD),
    Grant("institution", "set_up", "contacts.manage_people", LEAD),
    Grant("institution", "copy", "dashboard.copy_record", LEAD),
    Grant(
        "institution",
        "count_members",
        "dashboard.view_members",
        NOBODY,
        of_bodies=COORDINATOR | {"umbrella_lead"},
    ),
    Grant("newcomer", "change", "contacts.change_institution", LEAD | COORDINATOR, COORDINATOR),
    Grant("newcomer", "set_up", "contacts.manage_people", LEAD | COORDINATOR, COORDINATOR),
    reads("people", "contacts.view_people", opened=OPENERS),
    reads("named_contact", "contacts.view_contact", let_in=GUESTS, by_sight=True),
    reads("unnamed_contact", "contacts.view_contact", by_sight=True),
    Grant("named_contact", "stop_naming", "contacts.stop_naming", LEAD),
    Grant("named_contact", "agree", "contacts.agree_to_be_named", NOBODY),
    Grant("account", "read", "contacts.view_account", ADMIN, ADMIN),
    Grant("account", "sign_out", "contacts.end_sessions", ADMIN, ADMIN),
    Grant("account", "shut", "contacts.shut_account", NOBODY),  # its own leads end its roles
    reads("role", "contacts.view_role"),
    Grant("role", "end", "contacts.end_role", LEAD),
    Grant("role", "stand_in", "contacts.set_deputy", LEAD),
    Grant("role", "lost_factor", "contacts.remove_second_step", COORDINATOR, COORDINATOR),
    reads("invitation", "contacts.view_invitation", MOSQUE | COORDINATOR),
    Grant("invitation", "resend", "contacts.resend_invitation", LEAD),
    Grant("invitation", "withdraw", "contacts.withdraw_invitation", LEAD),
    Grant("invitation", "print", "contacts.print_card", LEAD),
    # Any officer may be sent anywhere in an emergency.
    reads("house_rules", "contacts.read_house_rules", MOSQUE | POLICE, area=POLICE),
    Grant("house_rules", "print", "contacts.print_slip", POLICE, POLICE),
    Grant(
        "house_rules",
        "write",
        "contacts.write_house_rules",
        frozenset({"mosque_lead", "mosque_safety"}),
    ),
    # Whoever reads the record anyway has nothing to open.
    Grant("record", "open", "contacts.break_glass", COMMANDER | ADMIN, TEAM | COMMANDER | ADMIN),
    reads("sharing", "contacts.view_sharing"),
    Grant("sharing", "give", "contacts.give_permission", LEAD),
    Grant("sharing", "join", "contacts.join_umbrella", LEAD),
    Grant("sharing", "leave", "contacts.end_membership", LEAD),
    Grant("permission", "withdraw", "contacts.withdraw_permission", LEAD),
    Grant("record", "dispute", "contacts.report_dispute", COORDINATOR | INSPECTOR, COORDINATOR),
    Grant("institution", "stand_down", "contacts.propose_standing_down", LEAD),
    # Proposed by the lead's second: tests/contacts/test_standing_down.py
    Grant("standing_down", "confirm", "contacts.confirm_standing_down", LEAD),
    Grant("standing_down", "drop", "contacts.drop_standing_down", LEAD),
    Grant("dispute", "confirm", "contacts.confirm_dispute", INSPECTOR),
    Grant("dispute", "drop", "contacts.drop_dispute", COORDINATOR | INSPECTOR, COORDINATOR),
    Grant("dispute", "lift", "contacts.lift_dispute", COORDINATOR, COORDINATOR),
)

# Who looked, what left, what is kept and for how long.
LOGS = (
    Grant(
        "readers",
        "read",
        "dashboard.view_access_log",
        MOSQUE | COORDINATOR | SCRUTINEER,
        COORDINATOR | SCRUTINEER,
    ),
    Grant("readers", "resolve", "dashboard.resolve_reference", COORDINATOR, COORDINATOR),
    Grant(
        "disclosures",
        "read",
        "contacts.view_disclosures",
        READERS | SCRUTINEER | RECORDS,
        COORDINATOR | SCRUTINEER | RECORDS,
    ),
    Grant("disclosures", "add", "contacts.record_disclosure", KEEPERS, KEEPERS),
    Grant("held_notice", "renew", "contacts.renew_held_notice", KEEPERS, KEEPERS),
    Grant("held_notice", "countersign", "contacts.countersign_held_notice", COMMANDER),
    Grant("held_notice", "tell", "contacts.tell_held_notice", KEEPERS | COMMANDER, KEEPERS),
    Grant("retention", "read", "contacts.view_retention", MOSQUE | KEEPERS, KEEPERS),
    Grant("right", "read", "contacts.view_right", KEEPERS, KEEPERS),
    Grant("right", "answer", "contacts.answer_right", KEEPERS, KEEPERS),
    Grant("right", "erase", "contacts.propose_erasure", RECORDS, RECORDS),
    Grant("right", "confirm", "contacts.confirm_erasure", RECORDS, RECORDS),
    Grant("hold", "lift", "contacts.lift_hold", RECORDS, RECORDS),
    Grant("disposal", "confirm", "contacts.confirm_disposal", RECORDS, RECORDS),
)

VISITS = (
    reads(
        "engagement",
        "events.view_visit",
        let_in=GUESTS,
        guest_perm="dashboard.view_visit_as_guest",
        opened=OPENERS,
    ),
    Grant("engagement", "finish", "events.finish_visit", SIDES),
    Grant("engagement", "give_feedback", "events.give_feedback", SIDES),
    Grant("plan", "move", "events.move_visit", SIDES),
    Grant("plan", "cancel", "events.cancel_visit", SIDES),
    Grant("plan", "count", "events.count_meeting", SIDES),
    # What a mosque asked for is not cancelled by an officer alone.
    Grant("asked_visit", "cancel", "events.cancel_visit", MOSQUE | HEADS),
    Grant("note", "undo", "events.undo_note", TEAM),
    Grant("note", "amend", "events.amend_note", TEAM),
    Grant("note", "answer", "events.answer_note", MOSQUE),
    Grant("note", "answer_correction", "events.answer_correction", TEAM),
    Grant("note", "record_answer", "events.record_answer", TEAM),
    Grant("note", "withdraw", "events.withdraw_note", TEAM),
    Grant("answered_note", "withdraw", "events.withdraw_note", HEADS),
    Grant("unleft_note", "undo", "events.undo_note", TEAM),
    Grant("unleft_note", "answer", "events.answer_note", NOBODY),
    Grant("visit_without_note", "finish", "events.finish_visit", SIDES),
    Grant("visit_without_note", "amend", "events.amend_note", NOBODY),
    Grant("visit_without_note", "answer", "events.answer_note", NOBODY),
    Grant("visit_without_note", "record_answer", "events.record_answer", NOBODY),
)


def _of_request(verbs, roles, noun="request"):
    return tuple(Grant(noun, verb, f"events.{verb}", roles) for verb in verbs.split())


REQUESTS = (
    reads("request", "events.view_request", opened=OPENERS),
    *_of_request("accept_request log_call schedule_request", SIDES),
    *_of_request("counter_request", MOSQUE | HEADS),
    *_of_request("acknowledge_request reassign_request", TEAM),
    *_of_request("redirect_request ask_to_decline", HEADS),
    *_of_request("approve_decline refuse_decline answer_recourse", INSPECTOR),
    *_of_request("withdraw_request use_recourse", MOSQUE),
    *_of_request("decline_request", NOBODY),
    *_of_request("acknowledge_request decline_request", MOSQUE, noun="police_request"),
    *_of_request("withdraw_request", TEAM, noun="police_request"),
    *_of_request("redirect_request ask_to_decline", NOBODY, noun="police_request"),
)


def _of_promise(verbs, roles, area=NOBODY, noun="promise"):
    return tuple(
        Grant(noun, verb, f"partnerships.{verb}_commitment", roles, area) for verb in verbs.split()
    )


PROMISES = (
    reads("promise", "partnerships.view_commitment", opened=OPENERS),
    *_of_promise("agree decline claim extend", TEAM),
    *_of_promise("fail", HEADS),
    *_of_promise("reassign", HEADS | COORDINATOR, COORDINATOR),
    *_of_promise("withdraw", TEAM),
    *_of_promise("keep reopen release", MOSQUE),
    Grant("promise", "log_call", "partnerships.log_call", SIDES),
    # Of what the mosque promised: no officer is a senior there, and no coordinator hands it over.
    *_of_promise(
        "agree decline claim extend fail reassign withdraw", MOSQUE, noun="mosque_promise"
    ),
    *_of_promise("keep reopen release", TEAM, noun="mosque_promise"),
)

HANDLERS = LEAD | HEADS | COORDINATOR

PARTNERSHIP = (
    reads("partnership", "partnerships.view_partnership", opened=OPENERS),
    Grant("partnership", "promise", "partnerships.propose_commitment", SIDES),
    Grant("partnership", "assign", "partnerships.assign_lead", HEADS | COORDINATOR, COORDINATOR),
    *(
        Grant("partnership", verb, f"partnerships.{verb}", LEAD)
        for verb in (
            "pause_partnership",
            "resume_partnership",
            "leave_partnership",
            "set_cadence",
            "confirm_limits",
        )
    ),
    Grant("partnership", "ask_for_pause", "partnerships.propose_pause", INSPECTOR | COMMANDER),
    *(
        Grant("partnership", verb, f"partnerships.{verb}", TEAM | COORDINATOR, COORDINATOR)
        for verb in ("record_check", "record_application")
    ),
    Grant(
        "partnership",
        "leave_alone",
        "partnerships.leave_alone",
        LEAD | TEAM | COORDINATOR,
        COORDINATOR,
    ),
    Grant("partnership", "agree", "partnerships.draft_agreement", HANDLERS, COORDINATOR),
    reads("agreement", "partnerships.view_agreement"),
    Grant("agreement", "change", "partnerships.change_agreement", HANDLERS, COORDINATOR),
    Grant("agreement", "disagree", "partnerships.disagree_with_agreement", MOSQUE),
    Grant("agreement", "withdraw", "partnerships.withdraw_agreement_words", HEADS),
    Grant("agreement", "sign", "partnerships.sign_agreement", LEAD | INSPECTOR | COMMANDER),
    reads("pause", "partnerships.view_pause", READERS | COMMANDER),
    Grant("pause", "countersign", "partnerships.countersign_pause", INSPECTOR | COMMANDER),
    Grant("pause", "end", "partnerships.end_pause", INSPECTOR | COMMANDER),
    Grant("pause", "reply", "partnerships.reply_to_pause", LEAD),
)

TABLE = (*INSTITUTION, *LOGS, *VISITS, *REQUESTS, *PROMISES, *PARTNERSHIP, *FORUM, *SAFETY)

FOUND_WHEN_OPENED = {"named_contact", "unnamed_contact", "role", "agreement", "pause"} | {
    *("public_words", "photograph", "review_report")
}

SEEN_OTHERWISE = {"sharing", "people", "disclosures", "wider_event", "review", "safety"}

# What a query shows, where that is other than who holds the permission to read it. A record that
# was opened, or into which somebody was let, is found; which of its pages open, the rules say.
SIGHT = (
    *(
        replace(grant, opened=OPENERS) if grant.noun in FOUND_WHEN_OPENED else grant
        for grant in TABLE
        if grant.verb == "read" and grant.noun not in SEEN_OTHERWISE
    ),
    *FORUM_SIGHT,
    *SAFETY_SIGHT,
    reads("record", "", MOSQUE | OPENERS, area=OPENERS),
    reads("permission", "", opened=OPENERS),
    # Name, area and named officer in the list; figures without a name; whom one may invite there.
    Grant("named_role", "see", "", READERS, COORDINATOR, let_in=GUESTS, opened=OPENERS),
    Grant("listed", "see", "", MOSQUE | POLICE, POLICE),
    Grant("measured", "see", "", READERS | COMMANDER, COORDINATOR),
    Grant("invitable", "see", "", LEAD),
    Grant("held_notice", "see", "", KEEPERS | COMMANDER, KEEPERS),
    Grant("standing_down", "see", "", LEAD),
    Grant("dispute", "see", "", COORDINATOR | INSPECTOR, COORDINATOR),
    Grant("hold", "see", "", MOSQUE | KEEPERS, KEEPERS),
    Grant("disposal", "see", "", KEEPERS, KEEPERS),
    Grant(
        "disclosures",
        "see",
        "",
        READERS | SCRUTINEER | RECORDS,
        COORDINATOR | SCRUTINEER | RECORDS,
        let_in=GUESTS,
        opened=OPENERS,
    ),
)

PARTNER_LEADS = frozenset({"mosque_lead", "umbrella_lead"})

# What is asked without a row.
ANYWHERE = {
    "contacts.accept_invitation": frozenset(ROLES),
    "contacts.add_area": COORDINATOR,
    "contacts.set_ways_in": COORDINATOR,
    "contacts.add_team": COORDINATOR,
    "contacts.add_officer": COORDINATOR,
    "contacts.add_institution": COORDINATOR | {"sergeant"},
    "contacts.invite_person": COORDINATOR | PARTNER_LEADS,
    "contacts.list_institutions": POLICE | SPEAKERS,
    "contacts.list_listed": SPEAKERS,
    "contacts.list_teams": POLICE,
    "contacts.list_accounts": ADMIN,
    "dashboard.view_state": ADMIN,
    "contacts.list_rights": KEEPERS,
    "contacts.record_right": KEEPERS,
    "contacts.list_disposals": KEEPERS,
    "contacts.propose_disposal": RECORDS,
    "contacts.place_hold": RECORDS,
    "contacts.ask_right": WORKING,
    "contacts.view_my_data": WORKING,
    "contacts.set_preferences": WORKING,
    "dashboard.view_figures": HEADS | COORDINATOR | COMMANDER | PARTNER_LEADS,
    "dashboard.take_out_names": HEADS | COORDINATOR | COMMANDER,
    "events.view_visits": POLICE | SPEAKERS,
    "events.view_visit": WORKING,
    "events.log_visit": TEAM | SPEAKERS,
    "events.join_visit": TEAM,
    "events.plan_visit": TEAM | SPEAKERS,
    "events.download_visit_calendar": WORKING,
    "events.view_requests": POLICE | SPEAKERS,
    "events.submit_request": TEAM | COMMANDER | SPEAKERS,
    "events.capture_request": TEAM,
    "partnerships.view_commitments": WORKING,
} | FORUM_ANYWHERE

# A police unit's own page and people are for those who serve there and for its force.
UNIT = {
    ("institution", "read"): POLICE,
    ("institution", "look_at"): POLICE,
    ("institution", "change"): COORDINATOR,
    ("institution", "set_up"): COORDINATOR,
    ("newcomer", "change"): COORDINATOR,
    ("newcomer", "set_up"): COORDINATOR,
    ("people", "read"): TEAM | COORDINATOR,
    ("retention", "read"): KEEPERS,
    ("named_contact", "read"): TEAM | COORDINATOR,
    **dict.fromkeys((("account", verb) for verb in ("read", "sign_out", "shut")), ADMIN),
    ("role", "read"): TEAM | COORDINATOR,
    ("role", "end"): COORDINATOR,
    ("role", "stand_in"): HEADS | COORDINATOR,
    ("role", "lost_factor"): COORDINATOR,
    ("invitation", "read"): COORDINATOR,
    ("invitation", "resend"): COORDINATOR,
    ("invitation", "withdraw"): COORDINATOR,
    ("invitation", "print"): COORDINATOR,
    ("hold", "lift"): RECORDS,
    ("hold", "see"): KEEPERS,
}
COMMANDED = {
    ("people", "read"): COMMANDER | COORDINATOR,
    ("named_contact", "read"): COMMANDER | COORDINATOR,
    ("role", "read"): COMMANDER | COORDINATOR,
    ("role", "stand_in"): COORDINATOR,
}
HEADQUARTERS = dict.fromkeys(COMMANDED, COORDINATOR)
UNITS = {"unit": UNIT, "command": UNIT | COMMANDED, "headquarters": UNIT | HEADQUARTERS}
AT_A_UNIT = frozenset(noun for noun, _verb in UNIT) | {
    *("house_rules", "record", "sharing", "readers", "disclosures", "safety"),
}
