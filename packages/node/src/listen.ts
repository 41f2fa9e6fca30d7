import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CertwrightError } from '@certwright/core/errors'

/** The addresses that a host name stands for; a name that is none of ours is left to the resolver. */
export function addressesOf(hosts: string | readonly string[]): readonly string[] {
  const names = typeof hosts === 'string' ? [hosts] : hosts
  const addresses = names.flatMap((name) => (name === 'localhost' ? ['127.0.0.1', '::1'] : [name]))
  if (addresses.length === 0) throw new CertwrightError('configuration', 'a listener needs at least one host')
  return [...new Set(addresses)]
}

/** How often a free port is looked for when the one that the system gave is taken on another address. */
const attempts = 20

/**
 * Listens on every address with the same port. `::1` that came from `localhost`, and `::` beside `0.0.0.0`, are left out on
 * machines without IPv6.
 *
 * @param create makes one more server
 * @param port 0 for any free port
 * @throws CertwrightError `configuration` when an address cannot be listened on.
 */
export async function listenAll(
  create: () => Server,
  hosts: string | readonly string[],
  port: number,
): Promise<{ readonly port: number; readonly servers: readonly Server[] }> {
  const addresses = addressesOf(hosts)
  const optional = optionalAddresses(hosts)
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = []
    try {
      let chosen = port
      for (const address of addresses) {
        const server = create()
        const bound = await listen(server, address, chosen, { optional: optional.has(address), addresses })
        if (bound === undefined) continue
        chosen = bound
        servers.push(server)
      }
      return { port: chosen, servers }
    } catch (error) {
      for (const server of servers) server.close()
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || attempt === attempts) throw explain(error)
    }
  }
}

/** IPv6 addresses that stand beside an IPv4 one, and so may be missing. */
function optionalAddresses(hosts: string | readonly string[]): ReadonlySet<string> {
  const names = typeof hosts === 'string' ? [hosts] : hosts
  return new Set([...(names.includes('localhost') ? ['::1'] : []), ...(names.includes('0.0.0.0') ? ['::'] : [])])
}

function listen(
  server: Server,
  host: string,
  port: number,
  { optional, addresses }: { readonly optional: boolean; readonly addresses: readonly string[] },
): Promise<number | undefined> {
  // `::` alone takes IPv4 as well; beside 0.0.0.0 it must not, or it would find the port in use.
  const ipv6Only = host.includes(':') && (host !== '::' || addresses.includes('0.0.0.0'))
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      if (optional && /^(EADDRNOTAVAIL|EAFNOSUPPORT)$/.test(codeOf(error))) resolve(undefined)
      else reject(error)
    }
    server.once('error', failed)
    server.listen({ host, port, ipv6Only }, () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown }).code ?? '')

function explain(error: unknown): CertwrightError {
  const { address, port } = error as { readonly address?: string; readonly port?: number }
  const where = address === undefined ? '' : ` on ${address}${port === undefined ? '' : ` port ${port}`}`
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there',
    EACCES: 'this user may not use the port',
    EADDRNOTAVAIL: 'the address is not one of this machine',
    ENOTFOUND: 'the host name is not known',
  }
  const reason = why[codeOf(error)] ?? codeOf(error)
  return new CertwrightError('configuration', `cannot listen${where}: ${reason}`, { cause: error })
}
