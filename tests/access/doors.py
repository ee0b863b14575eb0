"""The routes that are nobody's record: for strangers, for signing in, and Django's admin."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Public:
    """Answers strangers with ``status``, for the reason given."""

    why: str
    status: int = 200
    args: tuple = ()


@dataclass(frozen=True)
class Account:
    """A page of signing in: its status for a stranger, and for somebody signed in.

    ``with_app`` is that for somebody with an authenticator app, where it is another one.
    """

    stranger: int
    signed_in: int
    args: tuple = ()
    with_app: int | None = None


@dataclass(frozen=True)
class Admin:
    """A page of Django's admin: everybody is sent to sign in as an editor of the lists.

    ``status`` is what the editor gets.
    """

    status: int
    args: tuple = ()


PUBLIC = {
    "home": Public("what this is, for whoever comes by; the signed-in see their own work"),
    "limits": Public("what the portal cannot promise"),
    "partnerships:public-areas": Public("areas of which both sides said something in public"),
    "partnerships:public-area": Public("words that both approved; none in area 0", 404, (0,)),
    "partnerships:public-report": Public(
        "a report that both approved; none of that number",
        404,
        ("00000000-0000-4000-8000-000000000000",),
    ),
    "partnerships:public-photo": Public(
        "a photograph that both approved; none of that number",
        404,
        ("00000000-0000-4000-8000-000000000000",),
    ),
    "healthz": Public("asked by the load balancer"),
    "readyz": Public("asked by the load balancer; numbers and codes only", status=0),
    "service-worker": Public("code without data"),
    "manifest": Public("code without data"),
    "security-contact": Public("whom to tell of a weakness; none is set here", 404),
    "offline": Public("a page without data, kept for want of a signal"),
    "events:visit-log-blank": Public("an empty form, kept for want of a signal"),
    "contacts:card-enter": Public("the code on the card is the key"),
    "contacts:invitation-accept": Public("the token is the key", 404, ("no-such-token",)),
    "contacts:unsubscribe": Public("the token is the key", 404, ("no-such-token",)),
}
ACCOUNTS = {
    "account_login": Account(200, 302),
    "account_logout": Account(302, 200),
    "account_inactive": Account(200, 200),
    "account_signup": Account(200, 302),  # closed but for whoever holds an invitation
    "account_reauthenticate": Account(302, 200),
    "account_email": Account(302, 200),
    "account_email_verification_sent": Account(200, 200),
    "account_change_password": Account(302, 200),
    "account_set_password": Account(302, 302),
    "account_reset_password": Account(200, 200),
    "account_confirm_login_code": Account(302, 302),
    "account_confirm_email": Account(200, 200, ("no-such-key",)),
    "account_reset_password_from_key_done": Account(200, 200),
    "account_reset_password_from_key": Account(200, 200, ("zz", "no-such-key")),
    "account_reset_password_done": Account(200, 200),
    "usersessions_list": Account(302, 200),
    "sign-on": Account(405, 405),  # takes POST alone
    "openid_connect_callback": Account(404, 404, ("force",)),  # there is none in the tests
    "mfa_index": Account(302, 200),
    "mfa_authenticate": Account(302, 302),  # only between the two steps, as mfa_trust
    "mfa_trust": Account(302, 302),
    "mfa_reauthenticate": Account(
        302, 302, with_app=200
    ),  # leads to the password for whoever has none
    "mfa_activate_totp": Account(302, 200, with_app=302),
    "mfa_deactivate_totp": Account(302, 404, with_app=200),
    "mfa_view_recovery_codes": Account(302, 404),
    "mfa_generate_recovery_codes": Account(302, 200),
    "mfa_download_recovery_codes": Account(302, 404),
    "mfa_list_webauthn": Account(302, 200),
    "mfa_add_webauthn": Account(302, 200),
    "mfa_edit_webauthn": Account(302, 404, (1,)),
    "mfa_remove_webauthn": Account(302, 404, (1,)),
    "mfa_login_webauthn": Account(302, 302),
    "mfa_reauthenticate_webauthn": Account(302, 302),
}
LISTS = ("language", "policeforce", "purpose", "rank", "roletype", "signpost", "topic")
NOT_LISTS = (
    *("auth_group", "account_emailaddress", "mfa_authenticator", "usersessions_usersession"),
    *("socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"),
)


def _admin():
    yield "admin:index", Admin(200)
    yield "admin:login", Admin(302)
    yield "admin:logout", Admin(405)
    yield "admin:password_change", Admin(200)
    yield "admin:password_change_done", Admin(200)
    yield "admin:autocomplete", Admin(403)
    yield "admin:jsi18n", Admin(200)
    yield "admin:view_on_site", Admin(404, ("1", "1"))
    yield "admin:app_list", Admin(200, ("contacts",))
    yield "admin/(?P<url>.*)$", Admin(404, ("admin/nothing-here",))
    for model in (*(f"contacts_{name}" for name in LISTS), *NOT_LISTS):
        opens = 200 if model.startswith("contacts_") else 403
        yield f"admin:{model}_changelist", Admin(opens)
        yield f"admin:{model}_add", Admin(opens)
        # Of what is no list of ours none is shown, not even whether there is one.
        pk, history = ("1", opens) if opens == 200 else ("0", 302)
        for page, status in (("change", opens), ("history", history), ("delete", 403)):
            yield f"admin:{model}_{page}", Admin(status, (pk,))
        path = f"admin/{model.replace('_', '/')}/"
        yield f"{path}<path:object_id>/", Admin(302, (f"{path}1/",))


ADMIN = dict(_admin())
