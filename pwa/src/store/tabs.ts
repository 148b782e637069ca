/** Tells the other tabs of this phone what changed on disk. */

export type News = 'saved' | 'pulled' | 'folded';

export class Tabs {
  private readonly channel: BroadcastChannel | null;

  constructor(name: string, hear: (news: News) => void) {
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
    if (this.channel) {
      this.channel.onmessage = (event: MessageEvent<News>) => hear(event.data);
    }
  }

  tell(news: News): void {
    this.channel?.postMessage(news);
  }

  close(): void {
    this.channel?.close();
  }
}
