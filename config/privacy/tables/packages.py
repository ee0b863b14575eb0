from ..catalogue import Basis, Subject, Table, nobody

_SIGNING_IN = "signing in"
_AUTH = (_SIGNING_IN, Subject.ACCOUNT_HOLDER, Basis.SECURITY)

TABLES = {
    "sessions.Session": Table(
        *_AUTH,
        "session",
        since="expire_date",
        facts="expire_date",
        secrets="session_key session_data",
    ),
    "account.EmailAddress": Table(
        *_AUTH, "account", facts="id verified primary", people="user", details="email", goes=True
    ),
    "account.EmailConfirmation": Table(
        *_AUTH,
        "account",
        facts="id email_address created sent",
        secrets="key",
        through="email_address__user",
        goes=True,
    ),
    "usersessions.UserSession": Table(
        "showing people where they are signed in",
        Subject.ACCOUNT_HOLDER,
        Basis.SECURITY,
        "session",
        since="last_seen_at",
        facts="id created_at last_seen_at",
        people="user",
        details="ip user_agent data",
        secrets="session_key",
        goes=True,
    ),
    "mfa.Authenticator": Table(
        *_AUTH,
        "account",
        facts="id type created_at last_used_at",
        people="user",
        secrets="data",
        goes=True,
    ),
    "socialaccount.SocialAccount": Table(
        *_AUTH,
        "account",
        facts="id provider last_login date_joined",
        people="user",
        details="uid extra_data",
        goes=True,
    ),
    "socialaccount.SocialToken": Table(
        *_AUTH,
        "account",
        facts="id app account expires_at",
        secrets="token token_secret",
        through="account__user",
        goes=True,
    ),
    "socialaccount.SocialApp": nobody(
        "the force's sign-on", "id provider provider_id name client_id secret key settings"
    ),
    "admin.LogEntry": Table(
        "who changed the lists",
        Subject.ACCOUNT_HOLDER,
        Basis.SECURITY,
        "trail",
        facts="id action_time content_type object_id object_repr action_flag change_message",
        people="user",
    ),
    "auth.Permission": nobody("Django's; not used", "id name content_type codename"),
    "auth.Group": nobody("Django's; not used", "id name"),
    "auth.Group_permissions": nobody("Django's; not used", "id group permission"),
    "contenttypes.ContentType": nobody("names of tables", "id app_label model"),
}
