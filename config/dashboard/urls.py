from django.urls import path

from config.web.tables import CSV, XLSX

from .views import (
    bodies,
    figures,
    forum,
    guests,
    home,
    institutions,
    looked,
    own_record,
    panel,
    reviews,
    state,
    wider,
    workstreams,
)

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("limits/", home.Limits.as_view(), name="limits"),
    path(
        "institutions/<uuid:ref>/",
        institutions.InstitutionDetail.as_view(),
        name="institution-detail",
    ),
    path("institutions/<uuid:ref>/looked/", looked.AccessLog.as_view(), name="access-log"),
    path(
        "institutions/<uuid:ref>/looked/whose/",
        looked.ReferenceResolve.as_view(),
        name="reference-resolve",
    ),
    path("institutions/<uuid:ref>/copy/", own_record.RecordCopy.as_view(), name="record-copy"),
    path(
        "institutions/<uuid:ref>/members/",
        bodies.UmbrellaMembers.as_view(),
        name="umbrella-members",
    ),
    path("let-in/<uuid:ref>/", guests.GuestInstitution.as_view(), name="guest-institution"),
    path("let-in/visits/<uuid:ref>/", guests.GuestVisit.as_view(), name="guest-visit"),
    path("outside/<uuid:ref>/", wider.WiderEventDetail.as_view(), name="wider-event-detail"),
    path("forum/", forum.Forum.as_view(), name="forum"),
    path(
        "workstreams/<uuid:ref>/",
        workstreams.WorkstreamDetail.as_view(),
        name="workstream-detail",
    ),
    path("reviews/<uuid:ref>/freeze/", reviews.ReviewFreeze.as_view(), name="review-freeze"),
    path("state/", state.PortalState.as_view(), name="portal-state"),
    path("panel/", panel.PanelHome.as_view(), name="panel"),
    path("panel/institutions/", panel.PanelInstitutions.as_view(), name="panel-institutions"),
    path("panel/samples/<uuid:ref>/", panel.SampleDetail.as_view(), name="panel-sample"),
    path("panel/items/<uuid:ref>/", panel.ItemDetail.as_view(), name="panel-item"),
    path("dashboard/", figures.Dashboard.as_view(), name="dashboard"),
    path("dashboard/apart/<slug:figure>/", figures.FigureApart.as_view(), name="dashboard-apart"),
]
for each in (CSV, XLSX):
    urlpatterns += [
        path(
            f"institutions/<uuid:ref>/looked/{each.code}/",
            looked.AccessLogFile.as_view(file_format=each),
            name=f"access-log-{each.code}",
        ),
        path(
            f"dashboard/{each.code}/<slug:figure>/",
            figures.FigureFile.as_view(file_format=each),
            name=f"dashboard-{each.code}",
        ),
        path(
            f"dashboard/{each.code}/<slug:figure>/reason/",
            figures.FigureReason.as_view(file_format=each),
            name=f"dashboard-{each.code}-reason",
        ),
    ]
