/** Carries one message to the server and names what went wrong. */

/** `offline`: nobody answered. `unauthorized`: 401. `busy`: wait, it is nobody's fault. `refused`: anything else. */
export type FailureKind = 'offline' | 'unauthorized' | 'busy' | 'refused';

export class TransportFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** The stable code of the server's problem, or the status. */
    readonly code: string,
    /** Seconds the server asks to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(`${kind}: ${code}`);
  }
}

export interface Transport {
  /** Version of the server, where it tells one: what needs help is tried again when it changes. */
  readonly server: string | null;
  post<T>(path: string, body: unknown, token: string | null): Promise<T>;
  postFile<T>(path: string, bytes: Uint8Array<ArrayBuffer>, token: string): Promise<T>;
  remove(path: string, token: string): Promise<void>;
}

const PATIENCE_MILLIS = 120_000;
const WORTH_PACKING = 1024;

export class HttpTransport implements Transport {
  server: string | null = null;

  constructor(private readonly base: string = '') {}

  async post<T>(path: string, body: unknown, token: string | null): Promise<T> {
    const packed = await pack(JSON.stringify(body));
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (packed.gzip) headers['Content-Encoding'] = 'gzip';
    return this.read<T>(path, { method: 'POST', body: packed.body, headers }, token);
  }

  async postFile<T>(path: string, bytes: Uint8Array<ArrayBuffer>, token: string): Promise<T> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    return this.read<T>(path, { method: 'POST', body: bytes, headers }, token);
  }

  private async read<T>(path: string, init: RequestInit, token: string | null): Promise<T> {
    const answer = await this.send(path, init, token);
    try {
      return (await answer.json()) as T;
    } catch {
      // The connection broke inside the answer, or something on the way answered for the server.
      throw new TransportFailure('offline', 'answer_unreadable');
    }
  }

  async remove(path: string, token: string): Promise<void> {
    await this.send(path, { method: 'DELETE' }, token);
  }

  private async send(path: string, init: RequestInit, token: string | null): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), Accept: 'application/json' };
    const signed = token === null ? headers : { ...headers, Authorization: `Bearer ${token}` };
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MILLIS);
    try {
      const answer = await fetch(this.base + path, {
        ...init,
        headers: signed,
        // A bearer token only: cookies of the desk must not ride along.
        credentials: 'omit',
        cache: 'no-store',
        signal: patience.signal,
      });
      this.server = answer.headers.get('X-App-Version') ?? this.server;
      if (!answer.ok) throw await failureOf(answer);
      return answer;
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      throw new TransportFailure('offline', 'no_connection');
    } finally {
      clearTimeout(timer);
    }
  }
}

async function failureOf(answer: Response): Promise<TransportFailure> {
  const problem = (await answer.json().catch(() => ({}))) as { code?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : String(answer.status);
  if (answer.status === 401) return new TransportFailure('unauthorized', code);
  if (answer.status === 429 || code === 'sync_in_flight') {
    const seconds = Number(answer.headers.get('Retry-After'));
    return new TransportFailure('busy', code, seconds > 0 ? seconds : null);
  }
  return new TransportFailure('refused', code);
}

async function pack(text: string): Promise<{ body: BodyInit; gzip: boolean }> {
  if (text.length < WORTH_PACKING || typeof CompressionStream === 'undefined') {
    return { body: text, gzip: false };
  }
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(packed).blob(), gzip: true };
}
