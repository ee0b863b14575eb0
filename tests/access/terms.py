"""The part of a record about the partnership itself: agreement, permission, pause, dispute.

Of each one may be open at a time; a second record of the same institution ends the first one's.
"""

import datetime as dt

from config.web.pictures import written_anew
from contacts.actions.disputes import drop_dispute, report_dispute
from contacts.actions.sharing import give_permission, withdraw_permission
from contacts.models import LeadershipDispute, SharingPermission
from partnerships.actions.agreements import draft_agreement, drop_agreement
from partnerships.actions.commitments import propose_commitment
from partnerships.actions.community import sign_statement
from partnerships.actions.pauses import drop_pause, propose_pause, reply_to_pause
from partnerships.actions.photos import add_photo
from partnerships.actions.published import propose_item
from partnerships.actions.workstreams import propose_workstream, set_workstream_lead
from partnerships.models import (
    JoiningCheck,
    LimitsTalk,
    PartnershipAgreement,
    PolicePause,
    Signature,
    TouchedPartnership,
    WiderEvent,
)
from tests.roles import as_owner
from tests.support.pictures import picture


def make_terms(record, *, at, before):
    police, lead = {"by": record.sergeant, "at": before}, {"by": record.lead, "at": before}
    _end_what_is_open(record.institution, police, lead)
    record.things["hidden_person"] = record.hidden.contact
    record.things["permission"] = give_permission(
        institution=record.institution, kind="publicity", **lead
    )
    record.things["dispute"] = report_dispute(
        institution=record.institution, reported_as="coordinator", **police
    )
    record.things["agreement"] = draft_agreement(
        partnership=record.partnership,
        parts={"purposes": record.say("agreement")},
        cadence_days=90,
        review_on=dt.date(2027, 10, 1),
        side="police",
        **police,
    )
    record.things["wider_event"] = _outside(record, before)
    record.things["statement"] = sign_statement(
        partnership=record.partnership,
        about="trust",
        audience="police",
        title=record.say("statement-title"),
        words=record.say("statement-words"),
        **lead,
    )
    record.things["item"] = propose_item(
        partnership=record.partnership,
        kind="done",
        title=record.say("item-title"),
        words=record.say("item-words"),
        is_named=True,
        side="police",
        **police,
    )
    record.things["photo"] = add_photo(
        item=record.things["item"],
        picture=written_anew(picture()),
        alt=record.say("photo-alt"),
        agreed_by=record.say("photo-agreed"),
        has_children=False,
        permitted_by=None,
        permitted_on=None,
        **police,
    )
    record.things["workstream"] = _workstream(record, police, lead)
    _pauses(record, police, at=at)
    _joining(record, before)


def _joining(record, at):
    """What was checked, gone through and signed; by hand, since the mosque has long joined."""
    here, on = {"institution": record.institution}, at.date()
    officer = record.sergeant.contact
    between = here | {"partnership": record.partnership}
    with as_owner():
        JoiningCheck.objects.get_or_create(
            **between, kind="in_person", defaults={"checked_on": on, "checked_by": officer}
        )
        LimitsTalk.objects.get_or_create(
            **between, lead=record.hidden.contact, defaults={"officer": officer, "held_on": on}
        )
        Signature.objects.create(
            **here,
            agreement=record.things["agreement"],
            version_number=1,
            side="police",
            signed_by=officer,
            signed_at=at,
        )


def _pauses(record, police, *, at):
    """One that was replied to and dropped, and one that waits for a second name."""
    given = {
        "partnership": record.partnership,
        "reason": record.say("pause-reason"),
        "is_for_safety": False,
    }
    first = propose_pause(**given, **police)
    reply_to_pause(pause=first, words=record.say("pause-reply"), by=record.lead, at=at)
    record.things["pause_replied"] = drop_pause(pause=first, **police)
    record.things["pause"] = propose_pause(**given, **police)


def _workstream(record, police, lead):
    """One with a lead of each side; the institution's is its second member."""
    made = propose_workstream(
        partnership=record.partnership,
        title=record.say("workstream-title"),
        purpose=record.say("workstream-purpose"),
        lead=record.sergeant.contact,
        side="police",
        **police,
    )
    return set_workstream_lead(
        workstream=made, lead=record.second.contact, side="institution", **lead
    )


def _end_what_is_open(place, police, lead):
    for permission in SharingPermission.objects.filter(institution=place, withdrawn_at=None):
        withdraw_permission(permission=permission, **lead)
    for dispute in LeadershipDispute.objects.filter(institution=place, state="reported"):
        drop_dispute(dispute=dispute, **police)
    for agreement in PartnershipAgreement.objects.filter(institution=place, state="drafted"):
        drop_agreement(agreement=agreement, **police)
    for pause in PolicePause.objects.filter(institution=place, state="proposed"):
        drop_pause(pause=pause, **police)


def _outside(record, at):
    """What happened outside and touches this institution alone."""
    with as_owner():
        event = WiderEvent.objects.create(
            force=record.institution.force,
            kind="policy",
            title=record.say("outside-title"),
            words=record.say("outside-words"),
            happened_on=at.date(),
            recorded_at=at,
            recorded_by=record.sergeant.contact,
        )
        promise = propose_commitment(
            partnership=record.partnership,
            text=record.say("outside-promise"),
            owner_side="police",
            due_on=at.date(),
            side="police",
            by=record.sergeant,
            at=at,
        )
        TouchedPartnership.objects.create(
            event=event,
            partnership=record.partnership,
            institution=record.institution,
            commitment=promise,
        )
    return event
