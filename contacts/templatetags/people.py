"""``{% load people %}``: people and units as everybody may see them."""

from django import template

from contacts import presenters

register = template.Library()


@register.filter
def person(contact, part=""):
    """Write what a person is called here; ``|person:"unit"`` adds an officer's unit."""
    return presenters.shown_name(contact, unit=part == "unit")


@register.inclusion_tag("contacts/_badge.html")
def badge(unit):
    """Render what a police unit is for, next to its name; nothing for anybody else."""
    return {"unit": unit}
