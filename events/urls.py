from django.urls import include, path

from .views import note_moves, notes
from .views import visits as records
from .views.feedback import VisitFeedback
from .views.meetings import MeetingCount, MeetingList
from .views.plans import VisitCalendar, VisitCancel, VisitMove, VisitPlan
from .views.request_turns import MOVES, RequestRecourse
from .views.requests import RequestCapture, RequestCreate, RequestDetail, RequestList

app_name = "events"

visits = [
    path("", records.VisitList.as_view(), name="visit-list"),
    path("log/", records.VisitLog.as_view(), name="visit-log"),
    path("log/blank/", records.VisitLogBlank.as_view(), name="visit-log-blank"),
    path("<uuid:ref>/", records.VisitDetail.as_view(), name="visit-detail"),
    path("<uuid:ref>/join/", records.VisitJoin.as_view(), name="visit-join"),
    path("<uuid:ref>/finish/", notes.VisitFinish.as_view(), name="visit-finish"),
    path("<uuid:ref>/shared/", notes.VisitShared.as_view(), name="visit-shared"),
    path("<uuid:ref>/undo/", notes.VisitUndo.as_view(), name="visit-undo"),
    *(
        path(f"<uuid:ref>/{move.path_name}/", move.as_view(), name=f"visit-{move.path_name}")
        for move in note_moves.MOVES
    ),
]

# Visits in the calendar; under /visits/ as well.
plans = [
    path("plan/", VisitPlan.as_view(), name="visit-plan"),
    path("<uuid:ref>/move/", VisitMove.as_view(), name="visit-move"),
    path("<uuid:ref>/cancel/", VisitCancel.as_view(), name="visit-cancel"),
    path("<uuid:ref>/calendar.ics", VisitCalendar.as_view(), name="visit-calendar"),
    path("<uuid:ref>/feedback/", VisitFeedback.as_view(), name="visit-feedback"),
    path("<uuid:ref>/counts/", MeetingCount.as_view(), name="meeting-count"),
    path("agreed/<uuid:ref>/", MeetingList.as_view(), name="meeting-list"),
]

requests = [
    path("", RequestList.as_view(), name="request-list"),
    path("new/", RequestCreate.as_view(), name="request-create"),
    path("capture/", RequestCapture.as_view(), name="request-capture"),
    path("<uuid:ref>/", RequestDetail.as_view(), name="request-detail"),
    *[
        path(f"<uuid:ref>/{move.name}/", move.as_view(), name=f"request-{move.name}")
        for move in (*MOVES, RequestRecourse)
    ],
]

urlpatterns = [
    path("visits/", include([*plans, *visits])),
    path("requests/", include(requests)),
]
