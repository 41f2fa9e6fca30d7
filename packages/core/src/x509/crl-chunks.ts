const chunkSize = 1 << 20

/** Octets that come piece by piece and are wanted in one array at the end, without being copied in between. */
export interface Chunks {
  /** Octets so far. */
  readonly length: number
  add(...parts: readonly Uint8Array[]): void
  /** Gives the octets in order, and lets go of them. */
  drain(take: (part: Uint8Array) => void): void
}

export function createChunks(): Chunks {
  let full: Uint8Array[] = []
  let chunk = new Uint8Array()
  let used = 0
  let before = 0
  return {
    get length() {
      return before + used
    },
    add(...parts) {
      for (const part of parts) {
        if (used + part.length > chunk.length) {
          if (used > 0) full.push(chunk.subarray(0, used))
          before += used
          chunk = new Uint8Array(Math.max(chunkSize, part.length))
          used = 0
        }
        const { length } = part
        // A loop is faster than `set` for the few octets of a field.
        if (length > 32) chunk.set(part, used)
        else for (let index = 0; index < length; index++) chunk[used + index] = part[index] as number
        used += length
      }
    },
    drain(take) {
      for (const part of full) take(part)
      take(chunk.subarray(0, used))
      full = []
      chunk = new Uint8Array()
      used = 0
      before = 0
    },
  }
}

/** Identifier and length of a DER element (X.690 section 8.1). */
export function elementHeader(identifier: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(identifier, length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(identifier, 0x80 + octets.length, ...octets)
}
