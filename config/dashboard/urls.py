from django.urls import path

from .views import figures, home, institutions, looked

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
        "institutions/<uuid:ref>/looked/csv/", looked.AccessLogCSV.as_view(), name="access-log-csv"
    ),
    path(
        "institutions/<uuid:ref>/looked/whose/",
        looked.ReferenceResolve.as_view(),
        name="reference-resolve",
    ),
    path("dashboard/", figures.Dashboard.as_view(), name="dashboard"),
    path(
        "dashboard/csv/<slug:figure>/reason/",
        figures.FigureReason.as_view(),
        name="dashboard-csv-reason",
    ),
    path("dashboard/csv/<slug:figure>/", figures.FigureCSV.as_view(), name="dashboard-csv"),
]
