"""The only list of apps."""

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import admin
from django.urls import include, path

from config import health
from contacts import urls as contacts
from contacts.views import single_sign_on
from partnerships import urls as partnerships

handler400 = "config.web.views.bad_request"

urlpatterns = [
    path("healthz", health.Healthz.as_view(), name="healthz"),
    path("readyz", health.Readyz.as_view(), name="readyz"),
    path("", include("config.web.urls")),
    path("", include("config.dashboard.urls")),
    path("", include((contacts.urlpatterns + partnerships.people, contacts.app_name))),
    path("", include("partnerships.urls")),
    path("", include("events.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/force/", single_sign_on.SignOn.as_view(), name="sign-on"),
    path(
        "accounts/<slug:provider_id>/callback/",
        openid_connect.callback,
        name="openid_connect_callback",
    ),
    path("admin/", admin.site.urls),
]
