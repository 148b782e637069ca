/** Opens a sealed file as the server does, in TypeScript. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';

export const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

const START = 6;
const POINT_BYTES = 65;
const MAC_BYTES = 32;

export interface Letter {
  header: Record<string, unknown>;
  body: { user: string; device: string; phone: unknown; changes: { id: string }[] };
  proven: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

export async function openLetter(file: Bytes, key: CryptoKey, token: string): Promise<Letter> {
  const end = START + ((file[4] ?? 0) << 8) + (file[5] ?? 0);
  const info = file.slice(0, end);
  const enc = file.slice(end, end + POINT_BYTES);
  const opening = await suite.createRecipientContext({ recipientKey: key, enc, info });
  const plain = new Uint8Array(await opening.open(file.slice(end + POINT_BYTES)));
  const mac = plain.slice(0, MAC_BYTES);
  const packed = plain.slice(MAC_BYTES);
  const header = JSON.parse(new TextDecoder().decode(file.slice(START, end))) as Letter['header'];
  const text = header['packing'] === 'gzip' ? await unpacked(packed) : packed;
  return {
    header,
    body: JSON.parse(new TextDecoder().decode(text)) as Letter['body'],
    proven: await isProven(mac, new Uint8Array([...info, ...packed]), token),
  };
}

async function isProven(mac: Bytes, signed: Bytes, token: string): Promise<boolean> {
  const secret = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', key, mac, signed);
}

async function unpacked(packed: Bytes): Promise<Bytes> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
