"""Reads a calendar file and shows a month of it, as `icalendar` and `recurring-ical-events` do.

Prints the milliseconds of the processor for reading, for reading and showing, and how many
occurrences were found, one line for each round.
"""

import sys
import time

import icalendar
import recurring_ical_events

file, rounds = sys.argv[1], int(sys.argv[2])
with open(file, "rb") as opened:
    text = opened.read()
for _ in range(rounds):
    begun = time.process_time()
    calendar = icalendar.Calendar.from_ical(text)
    read = time.process_time()
    found = recurring_ical_events.of(calendar).between((2026, 3, 1), (2026, 4, 1))
    shown = time.process_time()
    print((read - begun) * 1000, (shown - begun) * 1000, len(found))
