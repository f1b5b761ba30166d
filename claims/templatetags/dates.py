"""Dates in words, for templates."""

from __future__ import annotations

import datetime as dt

from django import template

from claims.models import Incident
from claims.records import TimePrecision
from claims.records.dates import day, moment, span

register = template.Library()


@register.filter
def in_words(value: dt.date | dt.datetime | None) -> str:
    """A day as "8 December 2016", a moment with its time in UTC; empty for none."""
    if not value:
        return ""
    return moment(value) if isinstance(value, dt.datetime) else day(value)


@register.filter
def occurred(incident: Incident) -> str:
    """When an incident happened, no more exactly than its precision says."""
    return span(incident.occurred_from, incident.occurred_to, TimePrecision(incident.precision))
