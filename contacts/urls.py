"""People and institutions. ``config.urls`` adds the pages of that name which stand higher up."""

from django.urls import path

from .views import accounts, break_glass, disclosures, institutions, people

app_name = "contacts"

urlpatterns = [
    path("teams/", institutions.TeamList.as_view(), name="team-list"),
    path("teams/add/", institutions.TeamAdd.as_view(), name="team-add"),
    path("areas/add/", institutions.AreaAdd.as_view(), name="area-add"),
    path("officers/add/", people.OfficerAdd.as_view(), name="officer-add"),
    path("institutions/<uuid:ref>/people/", people.PeopleList.as_view(), name="institution-people"),
    path(
        "institutions/<uuid:ref>/house-rules/",
        institutions.HouseRules.as_view(),
        name="house-rules",
    ),
    path(
        "institutions/<uuid:ref>/house-rules/write/",
        institutions.HouseRulesWrite.as_view(),
        name="house-rules-write",
    ),
    path(
        "institutions/<uuid:ref>/times/add/",
        institutions.WeeklyTimeAdd.as_view(),
        name="weekly-time-add",
    ),
    path(
        "institutions/<uuid:ref>/times/end/",
        institutions.WeeklyTimeEnd.as_view(),
        name="weekly-time-end",
    ),
    path(
        "institutions/<uuid:ref>/disclosures/",
        disclosures.DisclosureList.as_view(),
        name="disclosure-list",
    ),
    path(
        "institutions/<uuid:ref>/disclosures/record/",
        disclosures.DisclosureRecord.as_view(),
        name="disclosure-record",
    ),
    path(
        "institutions/<uuid:ref>/emergency/",
        break_glass.BreakGlass.as_view(),
        name="break-glass",
    ),
    path("roles/<uuid:ref>/deputy/", people.DeputySet.as_view(), name="deputy-set"),
    path(
        "invitations/<uuid:ref>/resend/",
        people.InvitationResend.as_view(),
        name="invitation-resend",
    ),
    path(
        "invitations/<uuid:ref>/withdraw/",
        people.InvitationWithdraw.as_view(),
        name="invitation-withdraw",
    ),
    path(
        "invitations/<uuid:ref>/card/",
        people.InvitationCard.as_view(),
        name="invitation-card",
    ),
    path(
        "roles/<uuid:ref>/second-step/remove/",
        people.SecondStepRemove.as_view(),
        name="second-step-remove",
    ),
    path("join/", accounts.CardEnter.as_view(), name="card-enter"),
    path("join/confirm/", accounts.InvitationConfirm.as_view(), name="invitation-confirm"),
    path("join/<str:token>/", accounts.InvitationAccept.as_view(), name="invitation-accept"),
    path("preferences/", accounts.PreferencesSet.as_view(), name="preferences"),
    path("unsubscribe/<str:token>/", accounts.Unsubscribe.as_view(), name="unsubscribe"),
]
