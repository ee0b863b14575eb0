from django import template

from contacts.devices import device_of

register = template.Library()
register.filter("device", device_of)
