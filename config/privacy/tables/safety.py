from ..catalogue import TENANT, Basis, Subject, Table

_SAFETY = (Subject.ROLE_HOLDER, Basis.PUBLIC_TASK, "key_holder")

TABLES = {
    # The mosque's words about its building: nobody's own, but they may name somebody.
    "partnerships.PremisesSafetyDetail": Table(
        "opening a mosque and finding the way in it when somebody is in need",
        *_SAFETY,
        facts=TENANT + "ref written_at verified_on",
        people="written_by verified_by",
        words={"alarm": "", "layout": ""},
    ),
    "partnerships.KeyHolder": Table(
        "knowing who can open a mosque",
        *_SAFETY,
        facts=TENANT + "ref detail added_at",
        people="contact added_by",
        details="name phone",
        named="name",
        goes=True,
    ),
    "partnerships.SafetyNeed": Table(
        "showing which officers may read who has keys, and why",
        Subject.ROLE_HOLDER,
        Basis.SECURITY,
        "rights",
        since="until",
        facts=TENANT + "ref reason assigned_at starts_on until ended_at",
        people="officer assigned_by ended_by",
    ),
}
