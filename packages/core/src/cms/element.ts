import { compareBytes } from '../asn1/index.js'
import { mark, type Writer, writeBytes, writeHeader, written } from '../asn1/writer.js'

/**
 * DER that is partly encoded: where most of a structure is the same in every message, its parts are encoded once, and
 * put together here without a copy for each level.
 */
export type Element = Uint8Array | { readonly tag: number; readonly content: readonly Element[] }

/**
 * An element around others.
 *
 * @param tag the identifier octet
 */
export const element = (tag: number, content: readonly Element[]): Element => ({ tag, content })

/** A SET OF encoded elements, under any tag, in the order of DER (X.690 section 11.6). */
export const setOfElements = (tag: number, elements: readonly Uint8Array[]): Element => ({
  tag,
  content: elements.length > 1 ? [...elements].sort(compareBytes) : elements,
})

/** The DER of an element. */
export const encodeElement = (root: Element): Uint8Array => written((writer) => write(writer, root))

/** Octets are written from the end, so that a length is known when its header is due. */
function write(writer: Writer, part: Element): void {
  if (part instanceof Uint8Array) {
    writeBytes(writer, part)
    return
  }
  const { tag, content } = part
  const before = mark(writer)
  for (let index = content.length - 1; index >= 0; index--) write(writer, content[index] as Element)
  writeHeader(writer, tag, mark(writer) - before)
}
