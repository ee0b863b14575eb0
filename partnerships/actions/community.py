"""An institution says how policing looks from where its people stand; signed, and its own."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import SharingPermission, User
from contacts.presenters import shown_name
from partnerships.models import CommunityView, Partnership

from .notices import tell_police


class NotActive(ValidationError):
    """Before joining and after leaving nobody reads it."""


class NotListed(ValidationError):
    """Other mosques cannot see by name who speaks."""


class StatementWithdrawn(ValidationError):
    """It was taken back before."""


@transaction.atomic
def sign_statement(
    *,
    partnership: Partnership,
    about: str,
    audience: str,
    title: str,
    words: str,
    by: User,
    at: datetime,
) -> CommunityView:
    """Sign a statement for an audience, from now on; nobody edits it afterwards.

    A paused partnership may say so, too.

    Raises:
        NotActive: see there.
        NotListed: it is meant for mosques to which the institution is not listed.
        ValidationError: words are missing or too long.
    """
    partnership = Partnership.objects.for_action().get(pk=partnership.pk)
    if not (partnership.takes_new_work or partnership.is_paused):
        raise NotActive(_("Only who has joined can be read here."))
    if audience == CommunityView.Audience.PARTNERS and not _is_listed(partnership, at=at):
        raise NotListed(
            {"audience": _("Permit first that you are listed to other mosques, or choose others.")}
        )
    view = CommunityView(
        partnership=partnership,
        institution=partnership.institution,
        about=about,
        audience=audience,
        title=title.strip(),
        words=words.strip(),
        signed_at=at,
        signed_by=by.contact,
        signed_as=shown_name(by.contact),
    )
    view.full_clean()
    view.save()
    _record("statement_signed", view, by=by, at=at, about=about, audience=audience)
    tell_police("statement_signed", partnership, at=at, about=view)
    return view


@transaction.atomic
def withdraw_statement(*, view: CommunityView, by: User, at: datetime) -> CommunityView:
    """Take a statement back: its words go, that it stood there remains.

    Raises:
        StatementWithdrawn: see there.
    """
    view = CommunityView.objects.select_for_update(of=["self"]).get(pk=view.pk)
    if view.is_withdrawn:
        raise StatementWithdrawn(_("This was taken back before."))
    view.title = view.words = ""
    view.withdrawn_at, view.withdrawn_by = at, by.contact
    view.full_clean()
    view.save()
    _record("statement_withdrawn", view, by=by, at=at)
    return view


def _is_listed(partnership, *, at):
    given = SharingPermission.objects.given_by_place(partnership.institution)
    return given.of_kind("listed").open_on(localdate(at)).exists()


def _record(code, view, *, by, at, **details):
    record(
        f"partnerships.{code}",
        subject=view,
        by=by,
        at=at,
        institution=view.institution,
        **details,
    )
