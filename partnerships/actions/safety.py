"""Safety details: written by the mosque alone, taken out when a role or the partnership ends."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.sweeps import each_alone
from config.web.phones import validate_phone
from contacts.actions.retention import held
from contacts.models import Contact, Institution, User
from partnerships.models import KeyHolder, PremisesSafetyDetail
from partnerships.safety_people import who_may_hold_keys


class NobodyNamed(ValidationError):
    """A key-holder is a name, or a person with a role there."""


class WrittenAlready(ValidationError):
    """That person is written down, or as many as there may be are."""


@transaction.atomic
def write_safety(
    *, institution: Institution, alarm: str, layout: str, by: User, at: datetime
) -> PremisesSafetyDetail:
    """Write what is to be known of alarm and layout, in place of what was; it counts as checked."""
    detail = _detail_of(institution, at=at)
    detail.alarm, detail.layout = alarm.strip(), layout.strip()
    detail.written_at, detail.verified_on = at, localdate(at)
    detail.full_clean()
    detail.save()
    _record("safety_written", detail, by=by, at=at)
    return detail


@transaction.atomic
def verify_safety(*, detail: PremisesSafetyDetail, by: User, at: datetime) -> PremisesSafetyDetail:
    """Say that all of it is right today."""
    detail = PremisesSafetyDetail.objects.for_verifying().get(pk=detail.pk)
    detail.verified_on = localdate(at)
    detail.save(update_fields=["verified_on"])
    _record("safety_verified", detail, by=by, at=at)
    return detail


@transaction.atomic
def add_key_holder(
    *,
    institution: Institution,
    phone: str,
    name: str = "",
    contact: Contact | None = None,
    by: User,
    at: datetime,
) -> KeyHolder:
    """Write down who can open the building; with ``contact`` for as long as they have a role there.

    Raises:
        NobodyNamed: neither a name nor a person, or a person without a role there.
        WrittenAlready: they are, or ten others are.
        ValidationError: that number cannot be rung.
    """
    validate_phone(phone, field="phone")
    if contact is not None:
        offered = who_may_hold_keys(institution, on=localdate(at)).filter(pk=contact.pk)
        if not offered.exists():
            raise NobodyNamed({"contact": _("Choose somebody with a role here.")})
        name = contact.name
    if not name.strip():
        raise NobodyNamed({"name": _("Enter a name, or choose a person above.")})
    detail = _detail_of(institution, at=at)
    _require_room(detail, contact)
    holder = KeyHolder(
        institution=institution,
        detail=detail,
        contact=contact,
        name=name.strip(),
        phone=phone,
        added_at=at,
        added_by=by.contact,
    )
    holder.full_clean()
    holder.save()
    _record("key_holder_added", detail, by=by, at=at)
    return holder


@transaction.atomic
def remove_key_holder(*, key_holder: KeyHolder, by: User, at: datetime) -> PremisesSafetyDetail:
    """Delete a key-holder's row; nothing of it stays but that one was removed."""
    detail = key_holder.detail
    KeyHolder.objects.filter(pk=key_holder.pk).delete()
    _record("key_holder_removed", detail, by=by, at=at)
    return detail


def forget_safety(*, at: datetime) -> int:
    """Delete key-holders whose role there has ended, and all that a mosque wrote that has left.

    What a legal hold covers waits for its end.
    """
    gone = _holders_gone(at).values_list("pk", flat=True)
    forgotten = each_alone(gone, lambda pk: _forget_holder(pk, at), sweep="key-holders")
    left = _details_gone().values_list("pk", flat=True)
    return forgotten + each_alone(left, lambda pk: _forget_detail(pk, at), sweep="safety details")


def _holders_gone(at):
    return KeyHolder.objects.gone_on(localdate(at)).exclude(_held(KeyHolder))


def _details_gone():
    return PremisesSafetyDetail.objects.of_the_gone().exclude(_held(PremisesSafetyDetail))


def _held(model):
    return held().covers(model._meta.label)


@transaction.atomic
def _forget_holder(pk, at):
    gone = _holders_gone(at).select_for_update(of=["self"], skip_locked=True)
    holder = gone.filter(pk=pk).select_related("detail__institution").first()
    if holder is None:
        return 0
    holder.delete()
    _record("key_holder_removed", holder.detail, by=None, at=at)
    return 1


@transaction.atomic
def _forget_detail(pk, at):
    locked = _details_gone().for_mask().select_for_update(of=["self"], skip_locked=True)
    detail = locked.filter(pk=pk).select_related("institution").first()
    if detail is None:
        return 0
    _record("safety_forgotten", detail, by=None, at=at)
    KeyHolder.objects.filter(detail=detail).delete()
    detail.delete()
    return 1


def _detail_of(institution, *, at):
    """Lock the row of details, or make it: two might write the first words at once."""
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    rows = PremisesSafetyDetail.objects.of(institution).select_related("institution")
    if (detail := rows.select_for_update(of=["self"]).first()) is not None:
        return detail
    detail = PremisesSafetyDetail(institution=institution, written_at=at, verified_on=localdate(at))
    detail.full_clean()
    detail.save()
    return detail


def _require_room(detail, contact):
    written = KeyHolder.objects.filter(detail=detail)
    if contact is not None and written.filter(contact=contact).exists():
        raise WrittenAlready({"contact": _("They are written down already.")})
    if written.count() >= KeyHolder.MOST:
        raise WrittenAlready(_("Ten are enough. Take somebody out first."))


def _record(turn, detail, *, by, at):
    record(f"partnerships.{turn}", subject=detail, by=by, at=at, institution=detail.institution)
