/** The digest of a feed: equal for equal records, whatever their order. Twin: digest.py. */

import { sha256 } from '@noble/hashes/sha2.js';

const encoder = new TextEncoder();

/**
 * The share of one live record: the first 16 hex digits of SHA-256 of `id:rev`. A record enters
 * and leaves the digest of its feed by XOR with this number.
 */
export function recordDigest(record: string, rev: number): bigint {
  const hash = sha256(encoder.encode(`${record}:${rev}`));
  return new DataView(hash.buffer, hash.byteOffset).getBigUint64(0);
}

/** A digest as the wire carries it. */
export function digestHex(digest: bigint): string {
  return digest.toString(16).padStart(16, '0');
}

/** The digest of these live records, each its id and revision. */
export function feedDigest(records: Iterable<readonly [string, number]>): string {
  let digest = 0n;
  for (const [record, rev] of records) digest ^= recordDigest(record, rev);
  return digestHex(digest);
}
