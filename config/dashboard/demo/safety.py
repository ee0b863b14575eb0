"""What the demo's first mosque keeps for emergencies, and the officer who may read it for now."""

from datetime import timedelta

from django.utils.timezone import localdate

from partnerships.actions.safety import add_key_holder, write_safety
from partnerships.actions.safety_needs import assign_safety_need

DAY = timedelta(days=1)
ALARM = (
    "Front doors, office and kitchen. The panel is inside the side entrance, on the left.\n"
    "Northshire Alarms watch it day and night: 0161 496 0150."
)
LAYOUT = (
    "Ground floor: main hall behind the shoe racks, kitchen at the back with a door to the yard.\n"
    "First floor, up the stairs on the left: women’s hall with its own way out to the fire escape."
    "\nGas and electricity are turned off in the cupboard by the kitchen."
)
KEY_HOLDERS = (("Musa Warsame", "0161 496 0151"), ("Salma Demir", "0161 496 0152"))


def keep_safe(homes, *, now):
    """Let the first mosque write it down last week, and its sergeant be assigned yesterday."""
    home, before = homes[0], now - 7 * DAY
    place = home.partnership.institution
    write_safety(institution=place, alarm=ALARM, layout=LAYOUT, by=home.lead, at=before)
    for name, phone in KEY_HOLDERS:
        add_key_holder(institution=place, name=name, phone=phone, by=home.lead, at=before)
    assign_safety_need(
        institution=place,
        officer=home.team.sergeant.contact,
        reason="asked",
        until=localdate(now) + 14 * DAY,
        by=home.team.inspector,
        at=now,
    )
