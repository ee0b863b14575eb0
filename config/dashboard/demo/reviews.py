"""Two reviews: a year with two statements, a panel's comment and a report; a light one begun."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate

from config.dashboard.reviews import freeze_review
from config.london import at_local
from contacts.actions.institutions import create_institution
from contacts.actions.people import invite_person
from contacts.models import Language, RoleHolding, User
from partnerships.actions import review_meetings as meetings
from partnerships.actions import reviews
from partnerships.actions.published import approve_item
from partnerships.actions.review_panel import (
    comment_on_review,
    tell_of_comments,
    tell_of_statements,
)
from partnerships.actions.review_reports import draft_report
from partnerships.models import PartnershipReview, Side
from partnerships.review_dates import Due, months_after, next_due

from . import cast
from .daytime import by_day

DAY = timedelta(days=1)
Kind = PartnershipReview.Kind
ACCOUNTS = {
    Side.POLICE: {
        "worked": "The rota for Friday parking held all year. We learnt to ring before we come.",
        "did_not": "Two promises went over their day because nobody took them on while the "
        "sergeant was away.",
        "next_year": "The youth evenings, together with the school.",
    },
    Side.INSTITUTION: {
        "worked": "People know the sergeant by name. When the window was broken somebody came.",
        "did_not": "In summer it took too long until anybody rang back.",
        "next_year": "A word with the parents about stops near the school.",
        "agreement_changes": "Say who answers while somebody is on leave.",
    },
}
STATEMENTS = {
    Side.POLICE: "We kept most of what we promised and were late with two. From now on every "
    "promise has a second name under it, so that leave is no reason.",
    Side.INSTITUTION: "We are glad of this year and say so. We still do not know why boys are "
    "stopped near the school, and we have asked for the numbers for a third time.",
}
SUMMARY = (
    "The mosque and the neighbourhood team met through the year and kept a record together. Most "
    "promises were kept, two were late. The mosque still asks for an answer about stops near the "
    "school."
)
IN_URDU = (
    "مسجد اور محلے کی ٹیم سال بھر ملتے رہے اور مل کر ریکارڈ رکھا۔ زیادہ تر وعدے پورے "
    "ہوئے، دو میں دیر ہوئی۔ مسجد اسکول کے قریب تلاشیوں کے بارے میں اب بھی جواب چاہتی ہے۔"
)


class ReviewTeller:
    """Tells both through the actions, in the order of days."""

    def __init__(self, *, settler, coordinator: User, now: datetime):
        self.settler, self.coordinator, self.now = settler, coordinator, now
        self.panel = self._panel_member()

    def tell_all(self, homes) -> None:
        first, *others = homes
        self._year(first)
        self._quarter(others)
        reviews.schedule_reviews(at=self.now)

    def _panel_member(self):
        """Return somebody of the force's panel, who is brought in where nobody was."""
        sitting = RoleHolding.objects.filter(access_role="scrutineer").first()
        if sitting:
            return User.objects.get(pk=sitting.contact.user_id)
        at = self.settler.began
        by = {"by": self.coordinator, "at": at}
        panel = create_institution(
            kind="panel",
            name="Northshire Scrutiny Panel",
            area=self.settler.areas[cast.FORCE],
            **by,
        )
        email = cast.SIGN_INS["scrutineer"]
        invitation = invite_person(
            institution=panel,
            name="Judith Farrow",
            email=email,
            access_role="scrutineer",
            **by,
        )
        return self.settler.accept(invitation.contact, email)

    def _writer(self, home, side):
        return home.lead if side == Side.INSTITUTION else home.team.sergeant

    def _frozen(self, home, due, at):
        review = reviews.schedule_review(home.partnership.pk, due=due, at=at - 40 * DAY)
        return freeze_review(review=review, by=self.coordinator, at=by_day(at))

    def _year(self, home):
        since = home.partnership.agreements.earliest("number").in_force_on
        until = months_after(since, 12)
        at = at_local(until + 2 * DAY, time(11))
        review = self._frozen(home, Due(Kind.ANNUAL, since, until), at)
        for number, (side, parts) in enumerate(ACCOUNTS.items(), start=3):
            by = self._writer(home, side)
            reviews.assess(review=review, side=side, by=by, at=by_day(at + number * DAY), **parts)
        self._meet(home, review, at + 9 * DAY)
        for number, (side, words) in enumerate(STATEMENTS.items(), start=14):
            by = self._writer(home, side)
            when = by_day(at + number * DAY)
            meetings.state_own(review=review, words=words, side=side, by=by, at=when)
        tell_of_statements(at=by_day(at + 16 * DAY))
        comment_on_review(
            review=review,
            words="Both sides are frank about what did not work, which we respect. We ask police "
            "to say by what day the numbers about stops will be there.",
            by=self.panel,
            at=by_day(at + 25 * DAY),
        )
        tell_of_comments(at=by_day(at + 25 * DAY))
        self._publish(home, review)

    def _meet(self, home, review, at):
        at = by_day(at)
        meetings.note_meeting(
            review=review,
            met_on=localdate(at),
            institution_roles=["imam", "chair", "womens_lead"],
            police_roles=["sgt", "insp"],
            side=Side.POLICE,
            by=home.team.sergeant,
            at=at,
        )
        by = self._writer(home, Side.INSTITUTION)
        meetings.confirm_meeting(review=review, side=Side.INSTITUTION, by=by, at=by_day(at + DAY))
        meetings.promise_at_review(
            review=review,
            text="Give each promise a second name, so that somebody sees to it during leave.",
            owner_side=Side.POLICE,
            due_on=localdate(self.now) + 20 * DAY,
            side=Side.POLICE,
            by=home.team.sergeant,
            at=by_day(at + DAY),
        )

    def _publish(self, home, review):
        item = draft_report(
            review=review,
            summary=SUMMARY,
            language=Language.objects.get(code="ur"),
            translation=IN_URDU,
            is_named=True,
            by=self.coordinator,
            at=by_day(self.now - 12 * DAY),
        )
        at = by_day(self.now - 11 * DAY)
        approve_item(item=item, side=Side.INSTITUTION, by=home.lead, at=at)

    def _quarter(self, homes):
        """Begin a light one where the last three months were not the end of a year."""
        for home in homes:
            agreed = home.partnership.agreements.order_by("number").first()
            due = (
                agreed
                and agreed.in_force_on
                and next_due(agreed.in_force_on, on=localdate(self.now) - 95 * DAY)
            )
            is_past = due and due.until <= localdate(self.now) - 5 * DAY
            if is_past and due.kind == Kind.QUARTERLY and home.partnership.takes_new_work:
                at = by_day(self.now - 4 * DAY)
                review = self._frozen(home, due, at)
                parts = {name: ACCOUNTS[Side.POLICE][name] for name in ("worked", "did_not")}
                by = self._writer(home, Side.POLICE)
                reviews.assess(review=review, side=Side.POLICE, by=by, at=by_day(at + DAY), **parts)
                return
