import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  type AuditTrail,
  CertwrightError,
  type KeyProvider,
  type Logger,
  openAuditTrail,
  type Signer,
} from '@certwright/core'
import { encodePem } from '@certwright/core/x509'
import type { SqlStore } from '@certwright/store-sql'
import { readIfPresent, writeWhole } from './files.js'
import type { PlatformOptions } from './options.js'

/** The key that signs checkpoints: nodes that share a key folder share it. No id of a CA can be this. */
const keyId = 'audit'

/** How often it is looked at whether events of a quiet time are signed. */
const checkMs = 15_000

/** Where a platform writes the public key of its checkpoints. */
export const auditKeyFile = (data: string): string => join(data, 'audit-key.pem')

/** The audit trail of this platform, and how to end it. */
export interface PlatformTrail {
  readonly trail: AuditTrail
  /** Signs what is not signed yet. Never throws: what is recorded stays recorded. */
  close(): Promise<void>
}

/** Opens the chain of this node; makes the checkpoint key and the name of the node at the first start. */
export async function openAudit(
  { auditChain: chain }: SqlStore,
  { data, node }: Pick<PlatformOptions, 'data' | 'node'>,
  { keys, logger }: { readonly keys: KeyProvider; readonly logger: Logger },
): Promise<PlatformTrail> {
  const signer = await checkpointKey(keys)
  await writeWhole(auditKeyFile(data), encodePem('PUBLIC KEY', signer.publicKey), 0o644)
  const trail = await openAuditTrail({ chain, signer, logger }, { node: node ?? (await nodeName(data)) })
  const report = (error: unknown): void => logger.error('the audit trail could not be signed', { error })
  const timer = setInterval(() => void trail.checkpointIfDue().catch(report), checkMs)
  return {
    trail,
    async close() {
      clearInterval(timer)
      await trail.close().catch(report)
    },
  }
}

/** The name under which this data folder is known in the audit trail. A copy of the folder needs another one. */
async function nodeName(data: string): Promise<string> {
  const path = join(data, 'node')
  const present = (await readIfPresent(path))?.trim()
  if (present !== undefined && present !== '') return present
  const name = `node-${randomUUID().slice(0, 8)}`
  await writeWhole(path, `${name}\n`, 0o644)
  return name
}

async function checkpointKey(keys: KeyProvider): Promise<Signer> {
  const found = await keys.open(keyId)
  if (found !== undefined) return found
  try {
    return await keys.generate(keyId, 'ecdsa-p256')
  } catch (error) {
    const raced = error instanceof CertwrightError && error.code === 'conflict' ? await keys.open(keyId) : undefined
    if (raced === undefined) throw error
    return raced
  }
}
