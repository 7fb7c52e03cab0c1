"""The occurrences that recurring-ical-events finds, one answer a line for one question a line."""

import datetime
import json
import sys
import warnings

import icalendar
import recurring_ical_events

warnings.simplefilter("ignore")


def text(when):
    """A time as the comparison writes it: a day, a time on every wall, or an instant."""
    if not isinstance(when, datetime.datetime):
        return when.strftime("%Y%m%d")
    if when.tzinfo is None:
        return when.strftime("%Y%m%dT%H%M%S")
    return when.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def end(event):
    if "DTEND" in event:
        return event["DTEND"].dt
    start = event["DTSTART"].dt
    if "DURATION" in event:
        return start + event["DURATION"].dt
    return start


def answer(question):
    data = question["ics"].encode() if "ics" in question else open(question["path"], "rb").read()
    found = []
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
        for window in question["windows"]:
            start, stop = (
                datetime.datetime.fromtimestamp(at, datetime.timezone.utc) for at in window
            )
            for event in query.between(start, stop):
                found.append([str(event.get("UID", "")), text(event["DTSTART"].dt), text(end(event))])
    return sorted(found)


for line in sys.stdin:
    question = json.loads(line)
    try:
        print(json.dumps({"found": answer(question)}), flush=True)
    except Exception as error:  # noqa: BLE001
        print(json.dumps({"failed": type(error).__name__ + ": " + str(error)[:200]}), flush=True)
