import uuid

import rules
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.querysets.asked import second_factors_of
from contacts.standing import Standing


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **flags):
        user = self.model(email=self.normalize_email(email).lower(), **flags)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def to_close(self, *, on, at):
        """Keep the open accounts of people whose last role has ended, with no new one offered."""
        holdings = apps.get_model("contacts.RoleHolding").objects.filter(
            contact__user=OuterRef("pk")
        )
        still = Q(held_until__isnull=True) | Q(held_until__gt=on)
        offered = apps.get_model("contacts.Invitation").objects.open_at(at)
        return self.filter(
            Exists(holdings),
            ~Exists(holdings.filter(still)),
            ~Exists(offered.filter(email__iexact=OuterRef("email"))),
            is_active=True,
            is_staff=False,
        )

    def known_by(self, email):
        """Say whether somebody signs in with an address. Issues a query."""
        return self.filter(email__iexact=email).exists()


class User(AbstractBaseUser):
    """Somebody who signs in. Holds an address and flags; the person is a ``Contact``.

    There is no superuser: what one may do follows from roles, and ``is_staff`` opens the
    reference data in Django's admin, nothing else.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # What was remembered before is known no more: a lost second step was taken away.
    devices_forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_in_any_case",
                violation_error_message=_("That address is in use."),
            )
        ]

    def __str__(self):
        return f"User #{self.pk}"

    @cached_property
    def standing(self):
        """The roles this person holds today; one query a request."""
        holdings = apps.get_model("contacts.RoleHolding").objects.that_make_standing(self)
        return Standing.from_holdings(holdings, of=self)

    @property
    def contact(self):
        """The person behind the account, or None; loaded with the standing."""
        return self.standing.contact

    # Set for a request by contacts.middleware: the force's sign-on has asked for a second step.
    showed_factor_elsewhere = False

    @property
    def is_held_up(self):
        """Whether nothing but the pages for setting up a second step opens."""
        return (
            self.needs_second_factor
            and not self.has_second_factor
            and not self.showed_factor_elsewhere
        )

    @property
    def needs_second_factor(self):
        """Whether this account may do nothing before it has a passkey or an authenticator app."""
        return self.is_staff or self.standing.needs_second_factor

    @cached_property
    def has_second_factor(self):
        """Whether it has one. Issues a query for an account without a role."""
        known = self.standing.has_second_factor
        return second_factors_of(self.pk).exists() if known is None else known

    def has_perm(self, perm, obj=None):
        """Ask our own rules alone: there is no superuser and no table of permissions."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return self.is_active and self.is_staff and app_label == "contacts"
