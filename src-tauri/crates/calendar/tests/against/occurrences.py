"""The occurrences that recurring-ical-events finds, one answer a line for one question a line."""

import datetime
import json
import sys
import warnings

import icalendar
import recurring_ical_events

warnings.simplefilter("ignore")


def text(when):
    """A time as the comparison writes it: a day, or an instant on a computer set to UTC."""
    if not isinstance(when, datetime.datetime):
        return when.strftime("%Y%m%d")
    if when.tzinfo is not None:
        when = when.astimezone(datetime.timezone.utc)
    return when.strftime("%Y%m%dT%H%M%SZ")


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
    unread = set()
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        query = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
        unread.update(str(event.get("UID", "")) for event in calendar.walk("VEVENT"))
        for series in query.series:
            uid = str(series.uid)
            uid = "" if uid.isdigit() and uid not in unread else uid
            try:
                for window in question["windows"]:
                    start, stop = (
                        datetime.datetime.fromtimestamp(at, datetime.timezone.utc) for at in window
                    )
                    for occurrence in series.between(start, stop):
                        event = occurrence.as_component(True)
                        found.append([uid, text(event["DTSTART"].dt), text(end(event))])
                unread.discard(uid)
            except Exception:  # noqa: BLE001
                unread.add(uid)
    return {"found": [row for row in sorted(found) if row[0] not in unread], "unread": sorted(unread)}


for line in sys.stdin:
    question = json.loads(line)
    try:
        print(json.dumps(answer(question)), flush=True)
    except Exception as error:  # noqa: BLE001
        print(json.dumps({"failed": type(error).__name__ + ": " + str(error)[:200]}), flush=True)
