"""The query that every request asks: the roles of somebody today.

It is built once a process, and written as SQL once a connection: only the account differs.
"""

from functools import cache

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.db.models.functions import JSONObject, Now, TruncDate

from config.london import LONDON
from config.web.written_once import Given, written_once
from contacts.standing import SECOND_FACTORS

ASKING = Given("asking")  # the account that is asked about


def today():
    """Build the expression for the database's own day in London."""
    return TruncDate(Now(), tzinfo=LONDON)


def second_factors_of(pk, kinds=SECOND_FACTORS):
    """Keep the passkeys and the authenticator app of an account; recovery codes are neither."""
    factors = apps.get_model("mfa.Authenticator")._default_manager
    return factors.filter(user_id=pk, type__in=kinds)


def roles_of(holdings, user) -> list:
    """Load the open roles of ``user``, and those of people whom they deputise for today.

    Whoever has no role of their own any more stands in for nobody. ``holdings`` is the model.
    """
    with ASKING.being(user.pk):
        return list(_roles(holdings).all())


@cache
def _roles(holdings):
    day, everybody = today(), holdings._default_manager
    own = everybody.open_on(day).filter(contact__user=ASKING).exclude(access_role="")
    acting = Q(deputyships__deputy__user=ASKING, deputyships__acts_from__lte=day) & (
        Q(deputyships__acts_until__isnull=True) | Q(deputyships__acts_until__gt=day)
    )
    asked = (
        everybody.open_on(day)
        .filter(Q(contact__user=ASKING) | (acting & Exists(own)))
        .exclude(access_role="")
        .select_related(
            "institution__area",
            "contact__institution",
            "contact__officer__rank",
            "contact__shown_role",
        )
        .annotate(
            reach=ArraySubquery(_below(holdings).values("pk")),
            has_second_factor=Exists(second_factors_of(ASKING)),
            grants=ArraySubquery(_grants(holdings)),
            let_in=ArraySubquery(_let_in(holdings, day).values("institution_id")),
        )
        .order_by("pk")
    )
    return written_once(asked)


def _below(holdings):
    """The areas below that of the role's institution."""
    area = _related(_related(holdings, "institution"), "area")
    return area._default_manager.filter(
        lineage__contains=Func(
            OuterRef("institution__area_id"),
            template="ARRAY[%(expressions)s]",
            output_field=ArrayField(models.BigIntegerField()),
        )
    )


def _grants(holdings):
    """The records that the person opened in an emergency, for as long as they are open."""
    given = _related(_related(holdings, "contact"), "grants")._default_manager
    grants = given.open_at(Now()).filter(contact=OuterRef("contact")).order_by("pk")
    return grants.values(pair=JSONObject(id="pk", institution="institution_id"))


def _let_in(holdings, day):
    """What the role's institution was let in to, for a day."""
    places = _related(holdings, "institution")
    member = _related(places, "memberships_held")._default_manager.open_on(day)
    member = member.filter(umbrella=OuterRef("grantee_id"), member=OuterRef("institution_id"))
    for_whom = Q(kind="invited_unit") | (Q(kind="umbrella") & Exists(member))
    given = _related(places, "permissions_received")._default_manager.open_on(day)
    return given.filter(for_whom, grantee=OuterRef("institution_id"))


def _related(model, name):
    return model._meta.get_field(name).related_model
