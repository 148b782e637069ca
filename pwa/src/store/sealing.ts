/** The one seam every stored personal byte passes. Nothing above it knows that bytes are encrypted. */

export interface Sealing {
  seal(value: unknown): Promise<Sealed>;
  open<T>(sealed: Sealed): Promise<T>;
}

/** Version, nonce and AES-GCM text in one piece. */
export type Sealed = Uint8Array<ArrayBuffer>;

const VERSION = 1;
const NONCE_BYTES = 12;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** A key that lives only in this phone's browser: it can be used, never read out. */
export function newSealingKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Seals JSON with a key. Seal before a transaction opens: awaiting encryption inside would end it. */
export function sealingWith(key: CryptoKey): Sealing {
  return {
    async seal(value) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const text = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, plain);
      const sealed = new Uint8Array(HEADER_BYTES + text.byteLength);
      sealed[0] = VERSION;
      sealed.set(nonce, 1);
      sealed.set(new Uint8Array(text), HEADER_BYTES);
      return sealed;
    },
    async open<T>(sealed: Sealed): Promise<T> {
      if (sealed[0] !== VERSION) throw new Error(`sealed by an unknown version: ${sealed[0]}`);
      const nonce = sealed.subarray(1, HEADER_BYTES);
      const text = sealed.subarray(HEADER_BYTES);
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, text);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    },
  };
}
