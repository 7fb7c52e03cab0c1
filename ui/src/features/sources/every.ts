import { m } from '$lib/i18n';

const minutes = [0, 15, 30, 60, 360, 1440];

/** How often an address can be looked at; what is in force is always among them. */
export function everyOptions(inForce: number): { value: number; label: string }[] {
  return [...new Set([...minutes, inForce])]
    .sort((a, b) => a - b)
    .map((value) => ({
      value,
      label:
        value === 0
          ? m['addresses.everyAsked']()
          : value < 60
            ? m['addresses.everyMinutes']({ count: value })
            : value < 1440
              ? m['addresses.everyHours']({ count: value / 60 })
              : m['addresses.everyDay'](),
    }));
}
