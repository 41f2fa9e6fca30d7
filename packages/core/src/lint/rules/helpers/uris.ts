/** The host of a URI with an authority; `undefined` where it has none. Brackets of IPv6 stay. */
export function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  return authority?.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
}

/** Whether a URI is of the scheme http. */
export const isHttp = (uri: string): boolean => /^http:\/\/./i.test(uri)

/** Whether a URI is of the schemes with which certificates and CRLs are published. */
export const isHttpOrLdap = (uri: string): boolean => /^(?:https?|ldaps?):\/\/./i.test(uri)

/** A fully qualified domain name, an IPv4 or an IPv6 address in the form of a URI's host. */
export const isHost = (host: string): boolean =>
  /^\[[0-9a-f:.]+\]$/i.test(host) || /^(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{1,63}(?<!-)\.?$/i.test(host)
