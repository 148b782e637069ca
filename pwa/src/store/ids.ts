/** UUIDv7: grows with time on this phone, and still grows when its clock is set back. */

let lastMillis = 0;
let counter = 0;

/** A new id for a record or a change, never used before and greater than the ones made before it here. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  counter = now > lastMillis ? 0 : counter + 1;
  // 12 bits of counter follow the time; when they are used up, time is pushed on.
  if (counter > 0xfff) {
    counter = 0;
    lastMillis += 1;
  }
  lastMillis = Math.max(lastMillis, now);
  new DataView(bytes.buffer).setUint32(0, Math.floor(lastMillis / 0x10000));
  new DataView(bytes.buffer).setUint16(4, lastMillis % 0x10000);
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return formatId(bytes);
}

/** Sixteen bytes as text in lower case with hyphens. */
export function formatId(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
