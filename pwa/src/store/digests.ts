/** A feed's digest as it is kept: 16 hex digits, changed by XOR as records come and go. */
import { digestHex } from '../domain/digest';

export const NO_RECORDS = '0'.repeat(16);

export function xorHex(hex: string, change: bigint): string {
  return change === 0n ? hex : digestHex(BigInt(`0x${hex}`) ^ change);
}
