/** The day in Việt Nam by a clock that may be wrong, and moments as they are sent. */

const MINUTE = 60_000;
const VIETNAM_MINUTES = 7 * 60;

/** `YYYY-MM-DD` in Việt Nam, which keeps one offset all year. */
export function dayOf(millis: number): string {
  return new Date(millis + VIETNAM_MINUTES * MINUTE).toISOString().slice(0, 10);
}

/** ISO time with the offset of Việt Nam, whole seconds. */
export function momentOf(millis: number): string {
  return `${new Date(millis + VIETNAM_MINUTES * MINUTE).toISOString().slice(0, 19)}+07:00`;
}

export function corrected(millis: number, offsetMinutes: number): number {
  return millis + offsetMinutes * MINUTE;
}

/** How many minutes this phone's clock is behind the server's. */
export function offsetMinutes(serverTime: string, millis: number): number {
  const server = Date.parse(serverTime);
  return Number.isNaN(server) ? 0 : Math.round((server - millis) / MINUTE);
}
