import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The open connections of one server and what runs on them. */
export interface Connections {
  /** Closes those on which no request is running, handshakes included. */
  closeIdle(): void
  /** Closes all. */
  closeAll(): void
}

/**
 * Watches the connections of a server. `server.closeIdleConnections` does not do: it spares connections that have not
 * sent a request yet, and knows nothing of unfinished TLS handshakes.
 */
export function watchConnections(server: Server): Connections {
  const running = new Map<Socket, number>()
  const handshaking = new Map<string, Socket>()
  const adopt = (socket: Socket): void => {
    running.set(socket, 0)
    socket.once('close', () => running.delete(socket))
  }
  server.on('connection', (socket: Socket) => {
    const key = endpoints(socket)
    handshaking.set(key, socket)
    socket.once('close', () => {
      if (handshaking.get(key) === socket) handshaking.delete(key)
    })
    if (!isTlsServer(server)) {
      handshaking.delete(key)
      adopt(socket)
    }
  })
  server.on('secureConnection', (socket: Socket) => {
    handshaking.delete(endpoints(socket))
    adopt(socket)
  })
  const count = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    running.set(socket, (running.get(socket) ?? 0) + 1)
    response.once('close', () => {
      if (running.has(socket)) running.set(socket, (running.get(socket) ?? 1) - 1)
    })
  }
  server.on('request', count)
  server.on('checkContinue', count)
  return {
    closeIdle() {
      for (const socket of handshaking.values()) socket.destroy()
      for (const [socket, requests] of running) if (requests === 0) socket.destroy()
    },
    closeAll() {
      for (const socket of [...handshaking.values(), ...running.keys()]) socket.destroy()
    },
  }
}

/** A TLS socket and the plain one below it have the same end points, and no other pair has them at the same time. */
const endpoints = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress}|${remotePort}|${localAddress}|${localPort}`

const isTlsServer = (server: Server): boolean => 'setSecureContext' in server
