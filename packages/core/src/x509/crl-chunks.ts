const chunkSize = 1 << 20

/** Octets that come piece by piece and are wanted in one array at the end, without being copied in between. */
export interface Chunks {
  /** Octets so far. */
  readonly length: number
  /** Makes room for an element of `count` octets, which `put` fills from its start to its end. */
  begin(count: number): void
  octet(value: number): void
  put(octets: Uint8Array): void
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
    begin(count) {
      if (used + count <= chunk.length) return
      if (used > 0) full.push(chunk.subarray(0, used))
      before += used
      chunk = new Uint8Array(Math.max(chunkSize, count))
      used = 0
    },
    octet(value) {
      chunk[used++] = value
    },
    put(octets) {
      const { length } = octets
      // A loop is faster than `set` for the few octets of a field.
      if (length > 32) chunk.set(octets, used)
      else for (let index = 0; index < length; index++) chunk[used + index] = octets[index] as number
      used += length
    },
    drain(take) {
      full.push(chunk.subarray(0, used))
      chunk = new Uint8Array()
      used = 0
      before = 0
      // The first ones go while the last ones are still wanted.
      full.reverse()
      for (let part = full.pop(); part !== undefined; part = full.pop()) take(part)
      full = []
    },
  }
}

/** Octets of the length field of a DER element. */
export function lengthOctets(length: number): number {
  if (length < 0x80) return 1
  let count = 1
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) count += 1
  return count
}

/** Writes identifier and length of a DER element (X.690 section 8.1). */
export function writeHeader(write: (octet: number) => void, identifier: number, length: number): void {
  write(identifier)
  const count = lengthOctets(length)
  if (count === 1) {
    write(length)
    return
  }
  write(0x80 + count - 1)
  for (let index = count - 2; index >= 0; index--) write(Math.floor(length / 256 ** index) % 256)
}

/** Identifier and length of a DER element. */
export function elementHeader(identifier: number, length: number): Uint8Array {
  const octets: number[] = []
  writeHeader((octet) => octets.push(octet), identifier, length)
  return Uint8Array.from(octets)
}

/** What is inside a DER element. */
export function contentOf(der: Uint8Array): Uint8Array {
  const first = der[1] ?? 0
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
}
