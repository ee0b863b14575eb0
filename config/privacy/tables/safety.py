from ..catalogue import TENANT, Basis, Subject, Table, nobody

TABLES = {
    # The mosque's words about its building: nobody's own, but they may name somebody.
    "partnerships.PremisesSafetyDetail": nobody(
        "finding the way in a mosque when somebody is in need",
        TENANT + "ref written_at verified_on",
        keep="key_holder",
        words=("alarm", "layout"),
    ),
    "partnerships.KeyHolder": Table(
        "knowing who can open a mosque",
        Subject.ROLE_HOLDER,
        Basis.PUBLIC_TASK,
        "key_holder",
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
