// SHA-256 in hex of bytes or of a text's UTF-8, as the log's code takes it: this one runs anywhere, the server passes its
// native one, which is some ten times faster.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export type Sha256 = (data: string | Uint8Array) => string;

export const portableSha256: Sha256 = (data) => bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
