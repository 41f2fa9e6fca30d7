/** A plain `Uint8Array` over the same memory: `Buffer` stays inside this folder. */
export const toArray = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
