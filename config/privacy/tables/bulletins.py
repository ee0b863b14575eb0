from ..catalogue import TENANT, Basis, Subject, Table, nobody

_BULLETINS = ("explaining to mosques what police do", Subject.AUTHOR, Basis.PUBLIC_TASK)
_PARTS = "title happening why meaning unknown unsaid decided read_out"

TABLES = {
    "partnerships.Bulletin": Table(
        *_BULLETINS,
        "engagement",
        since="published_at",
        facts=TENANT + "ref kind state state_at areas kinds language valid_until questions_until"
        " current_version apart_from sent_to told drafted_at sign_off_asked_at checked_at"
        " published_at withdrawn_at removal",
        people="drafted_by checked_by published_by withdrawn_by",
        words={"withdrawal": "withdrawn_by"},
    ),
    "partnerships.BulletinVersion": Table(
        *_BULLETINS,
        "engagement",
        since="written_at",
        facts=TENANT + "bulletin number written_at",
        people="written_by",
        words=dict.fromkeys(_PARTS.split(), "written_by"),
    ),
    "partnerships.BulletinRecipient": nobody(
        "which institutions were sent a bulletin; nobody's reading",
        TENANT + "bulletin sent_at",
        keep="engagement",
    ),
    "partnerships.BulletinQuestion": Table(
        *_BULLETINS,
        "engagement",
        since="asked_at",
        facts=TENANT + "ref bulletin asked_as asked_at state answered_at warned_at escalated_at",
        people="answered_by",
        words={"text": "asker__asked_by", "answer": "answered_by"},
        through="asker__asked_by",
    ),
    "partnerships.BulletinAsker": Table(
        "letting whoever asked be told of the answer, and nobody else know",
        Subject.AUTHOR,
        Basis.PUBLIC_TASK,
        "engagement",
        facts=TENANT + "question",
        people="asked_by",
    ),
}
