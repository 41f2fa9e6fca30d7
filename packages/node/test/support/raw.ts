import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'

/** A connected socket that collects what it receives. */
export interface RawConnection {
  readonly socket: Socket
  /** Everything received so far. */
  text(): string
  /** Resolves when the received text matches; rejects when the connection ends before. */
  until(pattern: RegExp): Promise<string>
  /** Resolves with everything received once the connection is closed, however that happened. */
  readonly closed: Promise<string>
}

/** Opens a plain connection to a port of this machine. */
export function openRaw(port: number, host = '127.0.0.1'): RawConnection {
  return collect(connect({ port, host }))
}

/** Opens a TLS connection to a port of this machine. */
export function openTls(port: number, options: ConnectionOptions): RawConnection & { readonly socket: TLSSocket } {
  const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ...options })
  return { ...collect(socket), socket }
}

/** Sends `data` and gives everything that comes until the connection closes. */
export function exchange(port: number, data: string): Promise<string> {
  const connection = openRaw(port)
  connection.socket.write(data)
  return connection.closed
}

function collect(socket: Socket): RawConnection {
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
  })
  // A reset is one of the ways in which the other side closes.
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (pattern.test(received)) resolve(received)
      }
      socket.on('data', check)
      socket.on('close', () => reject(new Error(`closed before ${pattern}: ${JSON.stringify(received)}`)))
      check()
    })
  return { socket, text: () => received, until, closed }
}
