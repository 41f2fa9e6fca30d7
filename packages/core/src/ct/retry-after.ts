/**
 * Milliseconds until a server wants to be asked again (RFC 9110 section 10.2.3: seconds, or a date).
 *
 * @returns `undefined` where it does not say, or nothing that can be read
 */
export function retryAfterOf(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = /^[A-Z][a-z]{2}, .* GMT$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
