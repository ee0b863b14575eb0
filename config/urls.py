"""The only list of apps."""

from django.contrib import admin
from django.urls import include, path

from config import health
from contacts import urls as contacts
from partnerships import urls as partnerships

urlpatterns = [
    path("healthz", health.Healthz.as_view(), name="healthz"),
    path("readyz", health.Readyz.as_view(), name="readyz"),
    path("", include("config.web.urls")),
    path("", include("config.dashboard.urls")),
    path("", include((contacts.urlpatterns + partnerships.people, contacts.app_name))),
    path("", include("partnerships.urls")),
    path("", include("events.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
