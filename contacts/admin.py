"""Django's admin: the lists that a force keeps, nothing else. Signing in is the portal's own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db import models
from django.utils import timezone

from .actions.reference import save_reference
from .models import Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic

admin.site.login = secure_admin_login(admin.site.login)


class ReferenceAdmin(admin.ModelAdmin):
    list_display = ("label", "code", "position", "valid_from", "valid_until", "verified_on")
    ordering = ("position", "code")
    search_fields = ("code",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False  # what was once used stays readable: set its last day instead

    def save_model(self, request, obj, form, change):
        save_reference(entry=obj, by=request.user, at=timezone.now())  # noqa: TID251  a door, like a view


for model in (Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic):
    admin.site.register(model, ReferenceAdmin)
