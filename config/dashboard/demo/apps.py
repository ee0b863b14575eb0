"""The authenticator apps of those whom a visitor of the demo can sign in as."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from contacts.models import User

from . import cast


def give_apps() -> dict[str, str]:
    """Set up an app for each sign-in whose role needs one; return the keys by address.

    The keys are made anew for each demo and shown by its mail page, for whoever tries it has none
    of these people's phones.
    """
    keys = {}
    for user in User.objects.filter(email__in=cast.SIGN_INS.values()).order_by("email"):
        if user.needs_second_factor:
            keys[user.email] = generate_totp_secret()
            TOTP.activate(user, keys[user.email])
    return keys
