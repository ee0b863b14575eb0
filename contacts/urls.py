"""People and institutions. ``config.urls`` adds the pages of that name which stand higher up."""

from django.urls import path

from .views import (
    accounts,
    administration,
    break_glass,
    disclosures,
    disputes,
    held_notices,
    institutions,
    memberships,
    people,
    retention,
    rights,
    sharing,
    standing_down,
)

app_name = "contacts"

urlpatterns = [
    path("teams/", institutions.TeamList.as_view(), name="team-list"),
    path("teams/add/", institutions.TeamAdd.as_view(), name="team-add"),
    path("areas/public/", institutions.WaysIn.as_view(), name="ways-in"),
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
    path(
        "held-notices/<uuid:ref>/countersign/",
        held_notices.HeldNoticeCountersign.as_view(),
        name="held-notice-countersign",
    ),
    path(
        "held-notices/<uuid:ref>/renew/",
        held_notices.HeldNoticeRenew.as_view(),
        name="held-notice-renew",
    ),
    path(
        "held-notices/<uuid:ref>/tell/",
        held_notices.HeldNoticeTell.as_view(),
        name="held-notice-tell",
    ),
    path("institutions/<uuid:ref>/sharing/", sharing.Sharing.as_view(), name="sharing"),
    path("mosques/", sharing.ListedMosques.as_view(), name="listed-mosques"),
    path(
        "institutions/<uuid:ref>/sharing/give/",
        sharing.PermissionGive.as_view(),
        name="permission-give",
    ),
    path(
        "institutions/<uuid:ref>/sharing/invite/", sharing.UnitInvite.as_view(), name="unit-invite"
    ),
    path(
        "institutions/<uuid:ref>/umbrella/join/",
        memberships.MembershipJoin.as_view(),
        name="membership-join",
    ),
    path(
        "institutions/<uuid:ref>/umbrella/end/",
        memberships.MembershipEnd.as_view(),
        name="membership-end",
    ),
    path(
        "permissions/<uuid:ref>/withdraw/",
        sharing.PermissionWithdraw.as_view(),
        name="permission-withdraw",
    ),
    path("people/<uuid:ref>/named/", sharing.NamingAgree.as_view(), name="naming-agree"),
    path("people/<uuid:ref>/not-named/", sharing.NamingStop.as_view(), name="naming-stop"),
    path(
        "institutions/<uuid:ref>/dispute/", disputes.DisputeReport.as_view(), name="dispute-report"
    ),
    path("disputes/<uuid:ref>/confirm/", disputes.DisputeConfirm.as_view(), name="dispute-confirm"),
    path("disputes/<uuid:ref>/drop/", disputes.DisputeDrop.as_view(), name="dispute-drop"),
    path("disputes/<uuid:ref>/lift/", disputes.DisputeLift.as_view(), name="dispute-lift"),
    path(
        "institutions/<uuid:ref>/standing-down/",
        standing_down.StandingDownPropose.as_view(),
        name="standing-down-propose",
    ),
    path(
        "standing-down/<uuid:ref>/confirm/",
        standing_down.StandingDownConfirm.as_view(),
        name="standing-down-confirm",
    ),
    path(
        "standing-down/<uuid:ref>/drop/",
        standing_down.StandingDownDrop.as_view(),
        name="standing-down-drop",
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
    path("administration/", administration.AccountList.as_view(), name="account-list"),
    path(
        "administration/<uuid:ref>/",
        administration.AccountDetail.as_view(),
        name="account-detail",
    ),
    path(
        "administration/<uuid:ref>/shut/",
        administration.AccountShut.as_view(),
        name="account-shut",
    ),
    path(
        "administration/<uuid:ref>/open/",
        administration.AccountOpen.as_view(),
        name="account-open",
    ),
    path(
        "administration/<uuid:ref>/sign-out/",
        administration.SessionsEnd.as_view(),
        name="sessions-end",
    ),
    path("preferences/", accounts.PreferencesSet.as_view(), name="preferences"),
    path("my-data/", rights.MyData.as_view(), name="my-data"),
    path("my-data/export/", rights.MyDataExport.as_view(), name="my-data-export"),
    path("my-data/ask/", rights.RightAsk.as_view(), name="right-ask"),
    path("rights/", rights.RightsList.as_view(), name="rights-list"),
    path("rights/add/", rights.RightRecord.as_view(), name="right-record"),
    path("rights/<uuid:ref>/", rights.RightDetail.as_view(), name="right-detail"),
    path("rights/<uuid:ref>/export/", rights.RightExport.as_view(), name="right-export"),
    path(
        "rights/<uuid:ref>/acknowledge/",
        rights.RightAcknowledge.as_view(),
        name="right-acknowledge",
    ),
    path("rights/<uuid:ref>/answer/", rights.RightAnswer.as_view(), name="right-answer"),
    path("rights/<uuid:ref>/correct/", rights.RightRectify.as_view(), name="right-rectify"),
    path("rights/<uuid:ref>/erase/", rights.ErasurePropose.as_view(), name="erasure-propose"),
    path("rights/<uuid:ref>/confirm/", rights.ErasureConfirm.as_view(), name="erasure-confirm"),
    path("retention/", retention.DisposalList.as_view(), name="disposal-list"),
    path("retention/propose/", retention.DisposalPropose.as_view(), name="disposal-propose"),
    path(
        "retention/<uuid:ref>/confirm/",
        retention.DisposalConfirm.as_view(),
        name="disposal-confirm",
    ),
    path("holds/", retention.HoldList.as_view(), name="hold-list"),
    path("holds/place/", retention.HoldPlace.as_view(), name="hold-place"),
    path("holds/<uuid:ref>/lift/", retention.HoldLift.as_view(), name="hold-lift"),
    path(
        "institutions/<uuid:ref>/retention/",
        retention.InstitutionRetention.as_view(),
        name="institution-retention",
    ),
    path("unsubscribe/<str:token>/", accounts.Unsubscribe.as_view(), name="unsubscribe"),
]
