from ..catalogue import TENANT, Basis, Subject, Table, nobody

_PANEL = ("letting an independent panel scrutinise the force", Subject.AUTHOR, Basis.PUBLIC_TASK)

TABLES = {
    "partnerships.PanelSample": nobody(
        "which records a scrutiny panel reads, and by which seed they were drawn",
        "id ref force since until number seed drawn_at counts measures listed digest",
        keep="sample",
    ),
    "partnerships.PanelItem": nobody(
        "one record as a scrutiny panel reads it, without names and words",
        "id ref force sample position kind letter facts",
        keep="sample",
    ),
    "partnerships.PanelOrigin": nobody(
        "of which record a panel's item was made, for the two sides of it",
        TENANT + "item subject_ref",
        keep="sample",
    ),
    "partnerships.PanelComment": Table(
        *_PANEL,
        "engagement",
        since="made_at",
        facts="id ref force item sample measure concern asked_role due_on made_at told_at"
        " answered_at late_told_at",
        people="made_by",
        words={"words": "made_by"},
    ),
    "partnerships.PanelAnswer": Table(
        *_PANEL,
        "engagement",
        since="at",
        facts="id force comment side role at told_at",
        people="by",
        words={"words": "by"},
    ),
}
