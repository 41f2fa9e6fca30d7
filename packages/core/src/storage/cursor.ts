import { CertwrightError } from '../errors.js'

/** Where a page ended: the sort key of its last item. */
export type CursorParts = readonly (string | number)[]

/**
 * An opaque, URL-safe text for the place where a page ended.
 *
 * @param listing what is paged; a cursor of one listing is refused by another
 */
export function encodeCursor(listing: string, parts: CursorParts): string {
  const ascii = JSON.stringify([listing, ...parts]).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * The inverse of `encodeCursor`.
 *
 * @param types the type of each part, in order
 * @throws CertwrightError `configuration` when the cursor was not made for this listing.
 */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(
  listing: string,
  cursor: string,
  types: T,
): { readonly [K in keyof T]: T[K] extends 'number' ? number : string } {
  const [name, ...parts] = parse(cursor)
  const fits = name === listing && parts.length === types.length && types.every((type, i) => isPart(parts[i], type))
  if (!fits)
    throw new CertwrightError('configuration', 'the cursor of a page is malformed or belongs to another listing')
  return parts as { [K in keyof T]: T[K] extends 'number' ? number : string }
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function isPart(value: unknown, type: 'string' | 'number'): boolean {
  return type === 'number' ? Number.isSafeInteger(value) : typeof value === 'string'
}
