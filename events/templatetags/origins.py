"""``{% load origins %}``: where something on a page of a lower app came from."""

from django import template

from events.models import Engagement

register = template.Library()


@register.simple_tag(takes_context=True)
def visit_of(context, promise):
    """Return the visit at which a promise was made, if the reader may see it. One query."""
    visits = Engagement.objects.of_ones_own_record(context["request"].user)
    return visits.filter(promises__commitment=promise).first()
