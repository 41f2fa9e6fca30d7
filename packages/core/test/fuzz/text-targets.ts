import { basicCredentials, parseContentType } from '@certwright/core/http'
import { addDuration, parseDuration, subtractDuration } from '@certwright/core/profile'
import { decodeCursor, encodeCursor } from '@certwright/core/storage'
import { type FuzzTarget, refusedOr } from './target.js'

const latin1 = new TextDecoder('latin1')
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A target whose input is text, as it comes in a field of HTTP. */
const text = (seeds: readonly string[], run: (input: string) => void): FuzzTarget => ({
  seeds: seeds.map(octets),
  run: (input) => run(latin1.decode(input)),
})

const moment = new Date('2024-02-29T12:00:00Z')
const parts = ['string', 'number', 'string'] as const

/** Decoders of short texts: fields of HTTP, places in listings, durations. */
export const textTargets: Readonly<Record<string, FuzzTarget>> = {
  'content-type': text(
    ['application/pkcs10', 'Multipart/Mixed; boundary="a\\"b" ; charset=utf-8;', 'a/b;;c=d'],
    (value) => {
      const parsed = parseContentType(value)
      if (parsed === undefined) return
      if (parseContentType(parsed.type)?.type !== parsed.type) throw new Error('the type is none')
    },
  ),
  'basic-credentials': text(['Basic dXNlcjpwYXNz', 'basic  w7w6OmE=', 'Basic Og=='], (value) => {
    const headers = refusedField(value)
    if (headers === undefined) return
    const found = basicCredentials(new Request('http://localhost/', { headers }))
    if (found?.username.includes(':') === true) throw new Error('a colon in the username')
  }),
  cursor: text(
    [encodeCursor('certificates', ['a', 5, '\u{e9}']), encodeCursor('certificates', ['', -1, ''])],
    (value) => {
      const found = refusedOr(() => decodeCursor('certificates', value, parts))?.result
      if (found === undefined) return
      const again = decodeCursor('certificates', encodeCursor('certificates', found), parts)
      if (JSON.stringify(again) !== JSON.stringify(found)) throw new Error('a cursor changes')
    },
  ),
  'profile-duration': text(['P1Y2M3W4DT5H6M7S', 'PT5M', 'P90D'], (value) => {
    const duration = refusedOr(() => parseDuration(value))?.result
    if (duration === undefined) return
    refusedOr(() => addDuration(moment, duration))
    refusedOr(() => subtractDuration(moment, duration))
  }),
}

/** A field that `fetch` lets through; it refuses some characters itself. */
function refusedField(value: string): Headers | undefined {
  try {
    return new Headers({ authorization: value })
  } catch {
    return undefined
  }
}
