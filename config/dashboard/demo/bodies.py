"""What the demo's umbrella body and its police do together: meetings as agreed, two workstreams."""

from datetime import time, timedelta

from django.utils.timezone import localdate

from config.london import at_local
from events.actions.meetings import count_meeting
from events.actions.note_answers import confirm_note
from events.actions.note_leaving import release_notes
from events.actions.notes import finish_visit
from events.actions.visits import log_visit
from partnerships.actions.commitments import propose_commitment
from partnerships.actions.workstreams import propose_workstream, set_workstream_lead
from partnerships.models import AgreedMeeting, Side

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# (which meeting, days before the story's end, what was said). The last working meeting is so long
# ago that the next one is late.
MEETINGS = (
    (AgreedMeeting.SENIOR, 130, "How members hear of changes before they read of them."),
    (AgreedMeeting.WORKING, 103, "Which members have nobody whom they know in the team."),
    (AgreedMeeting.WORKING, 72, "How to report hatred by phone and be rung back."),
    (AgreedMeeting.WORKING, 41, "Who sits at the stall on open day."),
)
# (title, purpose, who puts it forward, what is promised in it)
WORKSTREAMS = (
    (
        "Hate crime: reported and answered",
        "That everybody who comes to a member knows how to report hatred, and hears what became "
        "of it within a week.",
        Side.INSTITUTION,
        ("Print the card with the three ways to report, in four languages.", Side.POLICE),
    ),
    (
        "Young people and the police",
        "That the young have met an officer of their own area before they need one.",
        Side.POLICE,
        ("Ask each member for two young people who plan the evening with us.", Side.INSTITUTION),
    ),
)


def work_together(homes, *, now) -> None:
    """Let the first umbrella body meet its police and open two workstreams with them."""
    home = next(h for h in homes if h.partnership.institution.kind == "umbrella_body")
    begun = now - 110 * DAY
    streams = [_open(home, *given, at=begun) for given in WORKSTREAMS]
    for number, (meeting, days, said) in enumerate(MEETINGS):
        day = localdate(now - days * DAY)
        stream = streams[number % 2] if days < 110 and meeting == AgreedMeeting.WORKING else None
        _meet(home, meeting, at_local(day, time(14)), said, stream)
    for stream, (_title, _purpose, _side, (text, owner_side)) in zip(
        streams, WORKSTREAMS, strict=True
    ):
        propose_commitment(
            partnership=home.partnership,
            workstream=stream,
            text=text,
            owner_side=owner_side,
            due_on=localdate(now) + 12 * DAY,
            side=owner_side,
            by=_head(home, owner_side),
            at=now - 4 * DAY,
        )


def _head(home, side):
    return home.lead if side == Side.INSTITUTION else home.team.sergeant


def _open(home, title, purpose, side, _promise, *, at):
    stream = propose_workstream(
        partnership=home.partnership,
        title=title,
        purpose=purpose,
        lead=_head(home, side).contact,
        side=side,
        by=_head(home, side),
        at=at,
    )
    other = side.other
    return set_workstream_lead(
        workstream=stream,
        lead=_head(home, other).contact,
        side=other,
        by=_head(home, other),
        at=at + 2 * DAY,
    )


def _meet(home, meeting, starts, said, stream):
    team = home.team
    senior = meeting == AgreedMeeting.SENIOR
    officer = team.inspector if senior else team.sergeant
    visit = log_visit(
        partnership=home.partnership,
        kind="meeting",
        purposes=["planning"],
        on=localdate(starts),
        starts=time(14),
        duration_minutes=60,
        initiated_by="joint",
        side=Side.POLICE,
        officers=[officer.contact],
        in_uniform=False,
        by=officer,
        at=starts + 2 * HOUR,
    )
    note = finish_visit(
        engagement=visit,
        side=Side.POLICE,
        parts={"told_us": said, "we_said": ""},
        promises=[],
        nothing_promised=True,
        facts={"topics": ["other"]},
        by=officer,
        at=starts + 3 * HOUR,
    )
    release_notes(at=starts + 4 * HOUR)
    note.refresh_from_db()
    confirm_note(note=note, side=Side.INSTITUTION, by=home.lead, at=starts + DAY)
    count_meeting(
        engagement=visit,
        meeting=meeting,
        workstream=stream,
        side=Side.INSTITUTION,
        by=home.lead,
        at=starts + DAY,
    )
