/**
 * Seals changes to the server's public key (HPKE, RFC 9180), so that whoever carries the file reads
 * nothing; schemas/sealed.py says how it is built. Fetched only when somebody exports.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Change } from './face';

export interface SealedFile {
  name: string;
  blob: Blob;
  count: number;
}

/** The server's key, as the reference feed brings it. */
export interface ServerKey {
  key: string;
  public_key: string;
}

export interface Sender {
  database: string;
  user: string;
  device: string;
  /** Proves who wrote the file; without it all of it waits for the commune. */
  token: string | null;
  phone: { app: string; unsent: number };
  /** ISO moment. */
  madeAt: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const MAGIC = 'BPX1';
const CHANGES_A_FILE = 2000;
const CHARACTERS_A_FILE = 900_000;
const MAC_BYTES = 32;

/** As few files as the server's limits allow; their changes keep their order. */
export async function sealFiles(
  changes: readonly Change[],
  sender: Sender,
  key: ServerKey,
): Promise<SealedFile[]> {
  const parts = inParts(changes);
  const files = parts.map(async (part, at): Promise<SealedFile> => {
    const bytes = await sealPart(part, sender, key);
    const name = fileName(sender, parts.length > 1 ? at + 1 : null);
    return {
      name,
      blob: new Blob([bytes], { type: 'application/octet-stream' }),
      count: part.length,
    };
  });
  return Promise.all(files);
}

async function sealPart(
  changes: readonly Change[],
  sender: Sender,
  key: ServerKey,
): Promise<Bytes> {
  const { database, user, device, token, phone, madeAt } = sender;
  const { packing, packed } = await pack(utf8(JSON.stringify({ user, device, phone, changes })));
  const header = utf8(
    JSON.stringify({
      ...{ database, key: key.key, device, count: changes.length },
      ...{ made_at: madeAt, packing },
    }),
  );
  const length = Uint8Array.of(header.length >> 8, header.length & 0xff);
  const info = joined(utf8(MAGIC), length, header);
  const mac = await macOf(joined(info, packed), token);
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64(key.public_key));
  const sealing = await suite.createSenderContext({ recipientPublicKey, info });
  const sealed = await sealing.seal(joined(mac, packed));
  return joined(info, new Uint8Array(sealing.enc), new Uint8Array(sealed));
}

/** Keyed with what the server keeps of the token, so that it can make the same. */
async function macOf(signed: Bytes, token: string | null): Promise<Bytes> {
  if (token === null) return new Uint8Array(MAC_BYTES);
  const secret = await crypto.subtle.digest('SHA-256', utf8(token));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
}

async function pack(plain: Bytes): Promise<{ packing: 'gzip' | 'none'; packed: Bytes }> {
  if (typeof CompressionStream === 'undefined') return { packing: 'none', packed: plain };
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'));
  return { packing: 'gzip', packed: new Uint8Array(await new Response(stream).arrayBuffer()) };
}

function inParts(changes: readonly Change[]): Change[][] {
  const parts: Change[][] = [];
  let characters = Infinity;
  for (const change of changes) {
    const size = JSON.stringify(change).length;
    const part = parts[parts.length - 1];
    if (!part || part.length >= CHANGES_A_FILE || characters + size > CHARACTERS_A_FILE) {
      parts.push([change]);
      characters = size;
    } else {
      part.push(change);
      characters += size;
    }
  }
  return parts;
}

/** The day and the end of the device's id: enough to tell files apart, nothing about anybody. */
function fileName({ madeAt, device }: Sender, part: number | null): string {
  return `bao-phu-${madeAt.slice(0, 10)}-${device.slice(-6)}${part === null ? '' : `-${part}`}.bpx`;
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function fromBase64(text: string): ArrayBuffer {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer;
}

function joined(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
