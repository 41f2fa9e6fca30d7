import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodePem } from '@certwright/core/x509'
import { serve } from '@certwright/node'
import { makeTestPki } from '../../../node/test/support/pki.js'
import { makeWorld } from '../support/world.js'

/** EST over real TLS, and a folder with `tls-root.pem` (trust in the server), `root.pem` and `issuing.pem` (of EST). */
export async function serveEst() {
  const [world, tls] = await Promise.all([makeWorld(), makeTestPki()])
  const pem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)
  const server = await serve(world.handler, {
    tls: {
      key: tls.server.key,
      cert: tls.server.chain,
      clientCertificateAuthorities: [pem(world.issuing.certificate), pem(world.root.certificate)],
    },
  })
  const dir = await mkdtemp(join(tmpdir(), 'certwright-interop-'))
  await writeFile(join(dir, 'tls-root.pem'), tls.root)
  await writeFile(join(dir, 'root.pem'), pem(world.root.certificate))
  await writeFile(join(dir, 'issuing.pem'), pem(world.issuing.certificate))
  return {
    world,
    dir,
    url: `https://localhost:${server.port}`,
    userPass: `line-3:${world.password}`,
    async stop(): Promise<void> {
      await server.close({ graceMs: 0 })
      await Promise.all([tls.remove(), rm(dir, { recursive: true, force: true })])
    },
  }
}
