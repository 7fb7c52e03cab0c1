// Wall clocks as text: a day is `YYYY-MM-DD`, a time of it `YYYY-MM-DDTHH:MM`.

export const two = (number: number) => String(number).padStart(2, '0');

export const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export const wallOf = (date: Date) => `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** A moment with the offset that holds at it. */
export function moment(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${wallOf(date)}:${two(date.getSeconds())}${zone}`;
}

const utc = (day: string) => new Date(`${day.slice(0, 10)}T00:00:00Z`);

export const addDays = (day: string, by: number) =>
  new Date(utc(day).getTime() + by * 86_400_000).toISOString().slice(0, 10) + day.slice(10);

export const daysFrom = (from: string, to: string) => Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (day: string) => ((utc(day).getUTCDay() + 6) % 7) + 1;

/** Minutes on the wall clock from one time to another, as if no clock were ever changed. */
export const minutesFrom = (from: string, to: string) =>
  Math.round((Date.parse(`${to.length > 10 ? to : `${to}T00:00`}Z`) - Date.parse(`${from.length > 10 ? from : `${from}T00:00`}Z`)) / 60_000);

export const addMinutes = (wall: string, by: number) =>
  new Date(Date.parse(`${wall}Z`) + by * 60_000).toISOString().slice(0, 16);
