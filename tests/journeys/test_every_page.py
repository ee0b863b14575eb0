"""Every page that the URLconf has, in a browser, as somebody who may see it."""

import datetime as dt
import itertools

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone

from config.outbox.models import Message
from config.outbox.unsubscribe import make_token
from contacts.actions.institutions import add_weekly_time
from contacts.actions.people import invite_person
from contacts.models import RoleType, User
from events.models import SharedNote
from partnerships.actions.published import approve_item, propose_item
from tests.access.record import AT, make_record
from tests.access.rights import add_rights
from tests.access.routes import routes
from tests.access.safety import let_stand_today
from tests.access.table import PAGES
from tests.contacts.sharing_kit import join_umbrella, let_in, make_agent, make_unit
from tests.factories import make_person, make_world, panel_member
from tests.factories.world import TOTP_KEY
from tests.partnerships import photo_kit
from tests.roles import as_owner
from tests.support import browser as browsers
from tests.support.dates import move_back
from tests.support.factors import give_passkey

from .steps import open_anew, sign_in_by_hand

pytestmark = pytest.mark.browser

NARROW = (320, 640)
POLICE = ("sergeant", "inspector", "coordinator", "commander", "records")
PARTNERS = ("imam", "member", "umbrella_lead")
PANEL = ("scrutineer",)
BETWEEN = "between password and second step: tests/contacts/test_second_step_in_browser.py"
# Routes that show no page of their own, and why.
NO_PAGE = {
    "healthz": "a word for the load balancer",
    "readyz": "numbers for the load balancer",
    "service-worker": "a script",
    "manifest": "a file for the phone",
    "security-contact": "a file for whoever found a weakness",
    "access-log-csv": "a file",
    "access-log-xlsx": "a file",
    "dashboard-csv": "a file",
    "dashboard-xlsx": "a file",
    "events:visit-calendar": "a file",
    "partnerships:review-figures": "a file",
    "partnerships:photo-file": "a picture",
    "partnerships:public-photo": "a picture",
    "contacts:weekly-time-end": "takes POST alone",
    "contacts:my-data-export": "a file",
    "contacts:right-export": "a file",
    "contacts:disposal-propose": "takes POST alone",
    "contacts:permission-give": "takes POST alone",
    "contacts:membership-end": "takes POST alone",
    "contacts:naming-agree": "takes POST alone",
    "contacts:naming-stop": "takes POST alone",
    "account_set_password": "leads to changing the password: everybody has one",
    "account_confirm_login_code": BETWEEN,
    "mfa_authenticate": BETWEEN,
    "mfa_trust": BETWEEN,
    "sign-on": "leads to the force's own sign-on",
    "openid_connect_callback": "leads on from there",
    "mfa_login_webauthn": "answers a script",
    "mfa_download_recovery_codes": "a file",
}
# A lead with an authenticator app opens these; the imam has none, as most partners have.
BEHIND_AN_APP = {
    "partnerships:safety-words",
    "partnerships:safety-write",
    "partnerships:safety-verify",
    "partnerships:key-holder-add",
    "partnerships:key-holder-remove",
}
EVERYBODY = (*POLICE, *PARTNERS, *PANEL, "stranger")


class Scene:
    """The record of Masjid An-Noor with at least three of everything, as if made yesterday."""

    def __init__(self):
        with time_machine.travel(AT, tick=False):
            self.world = world = make_world()
            near = {"sergeant": world.sergeant, "officer": world.officer}
            self.ours = make_record("ours", world.partnership, lead=world.imam, **near)
            other = {"lead": world.other_imam, **near}
            make_record("other", world.other_partnership, **other)
            self._more_of_what_there_is_one_of()
            keepers = [
                make_person(world.force, "records_officer", f"{name} Keeper")
                for name in ("Rosa", "Max")
            ]
            world.people["records"] = keepers[0]
            panel_member(world)
            world.people["keeper"] = make_person(world.mosque, "mosque_lead")
            with as_owner():
                TOTP.activate(world.keeper, TOTP_KEY)
            world.people["admin"] = make_person(world.force, "platform_admin", "Ada Keys")
            add_rights(self.ours, "engagement", keeper=keepers[1])
            self._let_somebody_in()
            self._say_something_in_public()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        move_back((AT.date() - yesterday).days, "partnerships_%", "events_%", "contacts_invit%")
        let_stand_today(self.ours["safety_need"])
        with as_owner():
            unleft = SharedNote.objects.filter(leaves_at__isnull=False, left_at__isnull=True)
            unleft.update(leaves_at=timezone.now() + dt.timedelta(minutes=10))

    def _more_of_what_there_is_one_of(self):
        for number in (1, 2):
            self._invite(f"a-person-with-a-long-address-{number}@example.org", at=AT)
            add_weekly_time(
                institution=self.world.mosque,
                kind="madrasah",
                weekday=number,
                starts=dt.time(17, 0),
                ends=dt.time(19, 0),
                by=self.world.imam,
                at=AT,
            )

    def _say_something_in_public(self):
        item = propose_item(
            partnership=self.world.partnership,
            kind="own_words",
            title="What we would like everybody to know",
            words="Our doors are open on the first Saturday of each month.",
            is_named=True,
            side="institution",
            by=self.world.imam,
            at=AT,
        )
        photo_kit.add(self.world, item)
        photo_kit.approve(self.world, item, at=AT)
        report = self.ours["report_item"]
        approve_item(item=report, side="institution", by=self.world.imam, at=AT)

    def _let_somebody_in(self):
        unit = make_unit(self.world)
        self.world.people["agent"] = make_agent(unit)
        let_in(self.world.mosque, unit, self.world.imam)
        join_umbrella(self.world, self.world.other_mosque)

    def pages(self):
        """Yield (route, who, path); ``who`` is a role, "" for nobody."""
        yield from self._own_pages()
        yield from self._doors()
        yield from self._account_pages()

    def _own_pages(self):
        for role in (*EVERYBODY, "agent", "admin"):
            yield "home", role, "/"
        for name, thing in (("guest-institution", "institution"), ("guest-visit", "visit_noted")):
            yield name, "agent", reverse(name, args=[self.ours[thing].ref])
        members = reverse("umbrella-members", args=[self.world.umbrella.ref])
        yield "umbrella-members", "umbrella_lead", members
        officer = self.world.officer.contact
        for name in ("contacts:account-shut", "contacts:account-open"):
            yield name, "admin", reverse(name, args=[officer.ref])
        yield "home", "", "/"
        for name in ("limits", "offline", "events:visit-log-blank", "partnerships:public-areas"):
            yield name, "", reverse(name)
        area = self.world.mosque.district_id
        yield "partnerships:public-area", "", reverse("partnerships:public-area", args=[area])
        report = reverse("partnerships:public-report", args=[self.ours["report_item"].ref])
        yield "partnerships:public-report", "", report
        for name, row in PAGES.items():
            if "GET" not in row.methods or name in (*NO_PAGE, "contacts:invitation-confirm"):
                continue
            args = [*row.args, self.ours[row.of].ref] if row.of else row.args
            for role in self._viewers(row):
                who = "keeper" if name in BEHIND_AN_APP and role == "imam" else role
                yield name, who, reverse(name, args=args)

    def _viewers(self, row):
        """Return one of each side, as they see different things; of forms, one."""
        found = [
            next(role for role in side if role in row.may)
            for side in (POLICE, PARTNERS)
            if row.may & set(side)
        ]
        found = found or [role for role in (*PANEL, "admin") if role in row.may]
        return found if row.methods == "GET" else found[:1]

    def _doors(self):
        world = self.world
        accept = "contacts:invitation-accept"
        yield "contacts:card-enter", "", reverse("contacts:card-enter")
        for email, who in (("new@example.org", ""), (world.other_imam.email, "other_imam")):
            yield accept, who, reverse(accept, args=[self._token_for(email)])
        yield accept, "", reverse(accept, args=["no-such-token"])
        token = make_token(ref=world.imam.ref, topic="digest")
        for known in (token, "no-such-token"):
            yield "contacts:unsubscribe", "", reverse("contacts:unsubscribe", args=[known])

    def _token_for(self, email):
        invitation = self._invite(email, at=timezone.now())
        letter = Message.objects.get(kind="contacts.invitation", about_id=str(invitation.pk))
        return letter.reveal()

    def _invite(self, email, *, at):
        return invite_person(
            institution=self.world.mosque,
            name="Bilal Ahmed",
            email=email,
            access_role="mosque_member",
            role_type=RoleType.objects.get(code="imam"),
            by=self.world.coordinator,
            at=at,
        )

    def _account_pages(self):
        imam = User.objects.get(pk=self.world.imam.pk)
        reset = (user_pk_to_url_str(imam), default_token_generator.make_token(imam))
        confirm = EmailConfirmationHMAC(EmailAddress.objects.get(user=imam)).key
        signed_in = "account_logout account_reauthenticate account_email account_change_password"
        for name in (*signed_in.split(), "usersessions_list", "account_inactive"):
            yield name, "imam", reverse(name)
        yield from self._pages_of_second_steps()
        for name in (
            "account_login",
            "account_signup",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
        ):
            yield name, "", reverse(name)
        for args in (reset, ("zz", "no-such-key")):
            name = "account_reset_password_from_key"
            yield name, "", reverse(name, args=args)
        for key in (confirm, "no-such-key"):
            yield "account_confirm_email", "", reverse("account_confirm_email", args=[key])

    def _pages_of_second_steps(self):
        with as_owner():
            RecoveryCodes.activate(self.world.inspector)
            passkey = give_passkey(self.world.inspector)
        for name in ("mfa_index", "mfa_list_webauthn", "mfa_activate_totp", "mfa_add_webauthn"):
            yield name, "imam", reverse(name)
        for name in (
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
        ):
            yield name, "inspector", reverse(name)
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
            yield name, "inspector", reverse(name, args=[passkey.pk])


@pytest.fixture
def scene(live_portal):
    return Scene()


def test_every_route_has_its_page_here_or_a_reason_why_not(scene):
    known = {route.name for route in routes() if not route.pattern.startswith("admin/")}
    shown = {name for name, _who, _path in scene.pages()} | {"contacts:invitation-confirm"}

    assert known - shown - NO_PAGE.keys() == set()
    assert (shown | NO_PAGE.keys()) - known == set()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_accessible_fits_and_keeps_the_policy(scene, browser_page, half):
    """Every second page, then the others: all of them take minutes."""
    visitors, wrong = {}, []
    for name, who, path in itertools.islice(scene.pages(), half, None, 2):
        if who not in visitors:
            visitors[who] = visitor(browser_page, scene, who)
        wrong += faults_of(visitors[who], name, who, path, getattr(scene.world, who, None))

    assert wrong == [], "\n\n".join(wrong)


def visitor(browser_page, scene, who):
    page = browser_page(browsers.DESK)
    if who:  # through the door: pages about one's account want to know that it was lately
        sign_in_by_hand(page, getattr(scene.world, who))
    return page


def faults_of(page, name, who, path, user):
    wrong = []
    page.set_viewport_size({"width": browsers.DESK[0], "height": browsers.DESK[1]})
    status = open_anew(page, path, user).status
    if status != (404 if "no-such-token" in path else 200):
        wrong.append(f"{name} as {who or 'nobody'} answers {status}")
    if name in PAGES and not page.url.endswith(path):
        wrong.append(f"{name} as {who} leads to {page.url}")
    for size in (browsers.DESK, browsers.PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        try:
            browsers.clean(page)
        except AssertionError as error:
            wrong.append(f"{name} as {who or 'nobody'}, {size[0]} px: {error}")
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if over > 0:
        wrong.append(f"{name} as {who or 'nobody'} is {over} px wider than {NARROW[0]} px")
    if unseen := page.evaluate(browsers.UNSEEN_FOCUS):
        wrong.append(f"{name} as {who or 'nobody'} hides the focus on {unseen}")
    page.faults.clear()
    return wrong
