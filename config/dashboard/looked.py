"""Who looked at an institution's record, in words that the institution may read.

Officers of its own team are named. Anybody else has a reference: the same each time they look at
this institution, another one elsewhere, and the coordinator can say whose it is.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db.models import BooleanField, F, Func
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.audit.models import AccessEvent
from config.codes import ALPHABET
from contacts.models import BreakGlassGrant, Contact, Institution
from contacts.presenters import officer_of, shown_name
from partnerships.models import Partnership

MOST_IN_A_FILE = 10_000
MOST_OPENINGS = 10
READS = {
    "contacts.view_people": gettext_lazy("Who is who"),
    "contacts.read_house_rules": gettext_lazy("Before you come"),
    "contacts.print_slip": gettext_lazy("The paper slip for a visit"),
    "contacts.break_glass": gettext_lazy("The form for reading it in an emergency"),
    "contacts.view_disclosures": gettext_lazy("What left the record"),
    "contacts.record_disclosure": gettext_lazy("The form for what left the record"),
    "partnerships.view_safety": gettext_lazy("Who may read keys, alarm and layout"),
    "partnerships.read_safety_words": gettext_lazy("Keys, alarm and layout in full"),
    "partnerships.assign_safety_need": gettext_lazy("The form that lets an officer read them"),
    "partnerships.end_safety_need": gettext_lazy("Ending an officer’s reading of keys and alarm"),
    "dashboard.take_out_names": gettext_lazy("A table in which it is named, as a file"),
    "dashboard.view_access_log": gettext_lazy("This list"),
    "dashboard.resolve_reference": gettext_lazy("Whose reference it is"),
}
SUBJECTS = {
    "contacts.contact": gettext_lazy("Somebody’s name or account"),
    "contacts.disposal": gettext_lazy("What has been kept long enough"),
    "contacts.heldnotice": gettext_lazy("What left the record, told later"),
    "contacts.institution": gettext_lazy("The institution’s page"),
    "contacts.invitation": gettext_lazy("An invitation"),
    "contacts.leadershipdispute": gettext_lazy("That it is disputed who leads"),
    "contacts.legalhold": gettext_lazy("A hold on the record"),
    "contacts.rightsrequest": gettext_lazy("What somebody asked about their data"),
    "contacts.roleholding": gettext_lazy("Somebody’s role"),
    "contacts.standingdown": gettext_lazy("That leads are to stand down"),
    "contacts.sharingpermission": gettext_lazy("A permission"),
    "events.engagement": gettext_lazy("A visit and its note"),
    "events.engagementrequest": gettext_lazy("A request"),
    "events.requeststep": gettext_lazy("What was said about a request"),
    "partnerships.bulletin": gettext_lazy("A bulletin"),
    "partnerships.bulletinquestion": gettext_lazy("A question about a bulletin"),
    "partnerships.commitment": gettext_lazy("A promise"),
    "partnerships.commitmentstep": gettext_lazy("What was said about a promise"),
    "partnerships.concern": gettext_lazy("A concern"),
    "partnerships.concernstep": gettext_lazy("What was said about a concern"),
    "partnerships.consultation": gettext_lazy("A consultation"),
    "partnerships.consultationresponse": gettext_lazy(
        "Your answer to a consultation, or your advice"
    ),
    "partnerships.consultationtheme": gettext_lazy("What was heard in a consultation"),
    "partnerships.keyholder": gettext_lazy("A key-holder"),
    "partnerships.premisessafetydetail": gettext_lazy("Keys, alarm and layout"),
    "partnerships.safetyneed": gettext_lazy("Who may read keys, alarm and layout"),
    "partnerships.widerevent": gettext_lazy("What happened outside"),
    "partnerships.panelitem": gettext_lazy("One record in a panel’s sample, without names"),
    "partnerships.panelcomment": gettext_lazy("What the scrutiny panel said"),
    "partnerships.panelsample": gettext_lazy("A scrutiny panel’s sample"),
    "partnerships.partnership": gettext_lazy("The partnership"),
    "partnerships.partnershipagreement": gettext_lazy("The agreement"),
    "partnerships.policepause": gettext_lazy("A pause by police"),
    "partnerships.communityview": gettext_lazy("A statement in your own words"),
    "partnerships.workstream": gettext_lazy("A workstream"),
    "partnerships.partnershipreview": gettext_lazy("A review of the partnership"),
    "partnerships.reviewreport": gettext_lazy("The report of a review"),
    "partnerships.publisheditem": gettext_lazy("Words for the public page"),
    "partnerships.itemphoto": gettext_lazy("A photograph for the public page"),
}


class Line(NamedTuple):
    """One read. ``who`` is a name or a reference; ``unit`` is None for who is not of the police."""

    at: datetime
    who: str
    rank: str
    unit: Institution | None
    what: str
    is_emergency: bool = False


class Opening(NamedTuple):
    """One time that the record was opened in an emergency."""

    grant: BreakGlassGrant
    who: str


def reads_of(institution: Institution, *, since: datetime | None = None):
    """Build the queryset of the reads of its record, from a moment on.

    ``by_panel`` says whether a panel's member read; who that was, an institution may not look up.
    """
    by_panel = Func(F("actor_id"), function="portal.is_of_panel", output_field=BooleanField())
    events = AccessEvent.objects.of(institution).annotate(by_panel=by_panel)
    return events.filter(at__gte=since) if since else events


def since_days(days: str, *, at: datetime) -> datetime | None:
    return at - timedelta(days=int(days)) if days else None


def team_of(institution: Institution) -> set[int]:
    """Return the ids of the units whose officers it reads by name. Issues a query."""
    live = Partnership.objects.live().filter(institution=institution)
    return set(live.order_by().values_list("police_unit_id", flat=True))


def lines_of(events: Sequence[AccessEvent], institution: Institution, team: set[int]) -> list[Line]:
    """Put reads into words. Issues a query."""
    people = _people({event.actor_id for event in events})
    return [_line(event, people.get(event.actor_id), team, institution) for event in events]


def openings_of(institution: Institution, team: set[int]) -> list[Opening]:
    """Return the latest times that it was opened in an emergency. Issues a query."""
    grants = BreakGlassGrant.objects.of(institution).latest(MOST_OPENINGS)
    return [Opening(grant, _who(grant.contact, team, institution)) for grant in grants]


def whose(reference: str, institution: Institution) -> Contact | None:
    """Return whose reference it is at this institution, or None. Two queries."""
    actors = AccessEvent.objects.of(institution).order_by().values_list("actor_id", flat=True)
    people = _people(actors.distinct()).values()
    wanted = reference.strip().upper()
    return next((who for who in people if reference_of(who, institution) == wanted), None)


def reference_of(contact: Contact, institution: Institution) -> str:
    """Return what stands for somebody here; both ``ref``s are random, so nobody can guess back."""
    digest = sha256(f"{institution.ref}.{contact.ref}".encode()).digest()
    return "V-" + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:6])


def words_for(event: AccessEvent) -> str:
    known = READS.get(event.what) or SUBJECTS.get(event.subject_type)
    return str(known or _("A page of the record"))


def _line(event, contact, team, institution):
    if event.by_panel:
        return Line(event.at, _("The scrutiny panel"), "", None, words_for(event))
    if contact is None:
        return Line(event.at, _("Somebody without a role"), "", None, words_for(event))
    is_ours = contact.institution_id in team
    officer, unit = officer_of(contact), contact.institution
    return Line(
        event.at,
        _who(contact, team, institution),
        "" if is_ours or officer is None else officer.rank.label,
        unit if unit.is_police else None,
        words_for(event),
        event.grant_id is not None,
    )


def _who(contact, team, institution):
    is_ours = contact.institution_id in team
    return shown_name(contact) if is_ours else reference_of(contact, institution)


def _people(user_ids: Iterable[int]) -> dict[int, Contact]:
    return Contact.objects.by_user(user_ids)
