// Where old days go: files that are written once, whole or not at all, and read as streams. One small interface; the
// embedded one is a folder (local-archive). Called by server/retention only.

export type StoredFile = { readonly bytes: number; readonly sha256: Buffer };

export type Archive = {
  /** Durable under its name when it resolves; until then there is nothing under that name, or what was there before. */
  put(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile>;
  /** Fails while being read when there is no such file. */
  open(name: string): AsyncIterable<Uint8Array>;
  exists(name: string): Promise<boolean>;
};
