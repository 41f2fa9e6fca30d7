import { CertwrightError } from '../errors.js'
import type { ChainedRecord } from '../ports/index.js'
import {
  type Checkpoint,
  checkpointContent,
  checkpointKeyId,
  checkpointOctets,
  eventContent,
  readContent,
  recordHash,
  startHash,
} from './record.js'
import type { AuditTrailDeps } from './types.js'

/** An event or a request for a checkpoint that waits. */
export interface Waiting {
  /** Canonical text of the event; `null` asks for a checkpoint. */
  readonly event: string | null
  readonly resolve: (checkpoint: Checkpoint) => void
  readonly reject: (error: unknown) => void
}

/** Where a chain ends. */
interface Tip {
  readonly sequence: number
  readonly hash: string
  /** Events since the last checkpoint. */
  readonly unsigned: number
}

/** A tip, and the checkpoint that signs up to there or to an earlier record. */
interface SignedTip extends Tip {
  readonly checkpoint: Checkpoint
}

/** Writes groups to the end of one node's chain, one after the other. */
export interface ChainWriter {
  /** Records all of a group, or none; tells each. Never throws. To be called again only when it has returned. */
  write(group: readonly Waiting[]): Promise<void>
  /** Whether something unsigned is there and the time has come. */
  isDue(): boolean
}

/** Which node writes, and when it signs. */
export interface ChainWriterOptions {
  readonly node: string
  readonly checkpointEvents: number
  readonly checkpointSeconds: number
}

/** When so many times the events of a checkpoint could not be signed, no more are taken. */
const unsignedCheckpoints = 10
/** How often the chain is opened anew when the last writes of an earlier process come late. */
const openAttempts = 5

/** @throws CertwrightError `audit`. */
export async function createChainWriter(deps: AuditTrailDeps, options: ChainWriterOptions): Promise<ChainWriter> {
  const { chain, clock, logger } = deps
  const { node } = options
  const keyId = await checkpointKeyId(deps.crypto, deps.signer.publicKey)
  let tip: SignedTip = await open()
  /** Ends of groups of which the store did not say whether it took them, by hash. */
  const uncertain = new Map<string, SignedTip>()
  let taken = false

  async function link(at: Tip, content: string): Promise<ChainedRecord> {
    const hash = recordHash(deps.crypto, content)
    return { node, sequence: at.sequence + 1, content, hash: typeof hash === 'string' ? hash : await hash }
  }

  async function sign(at: Tip): Promise<{ readonly record: ChainedRecord; readonly tip: SignedTip }> {
    const { algorithm } = deps.signer
    const checkpoint: Checkpoint = { node, sequence: at.sequence, hash: at.hash, time: clock.now(), keyId, algorithm }
    const signature = await deps.signer.sign(checkpointOctets(checkpoint))
    const place = { node, previous: at.hash, sequence: at.sequence + 1 }
    const record = await link(at, checkpointContent(checkpoint, signature, place))
    return { record, tip: { sequence: record.sequence, hash: record.hash, unsigned: 0, checkpoint } }
  }

  async function readTip(): Promise<Tip> {
    const last = await chain.last(node)
    if (last === undefined) return { sequence: 0, hash: startHash, unsigned: 0 }
    const read = readContent(last.content)
    const good = read?.node === node && read.sequence === last.sequence
    if (!good || last.sequence < 1 || (await recordHash(deps.crypto, last.content)) !== last.hash) {
      throw new CertwrightError('audit', `the last record of the audit chain of ${node} is damaged`)
    }
    return { sequence: last.sequence, hash: last.hash, unsigned: read.body.kind === 'event' ? 1 : 0 }
  }

  async function open(): Promise<SignedTip> {
    for (let attempt = 1; ; attempt++) {
      try {
        const signed = await sign(await readTip())
        await chain.append([signed.record])
        return signed.tip
      } catch (error) {
        if (!isConflict(error) || attempt === openAttempts) throw auditError(error)
      }
    }
  }

  const isOld = ({ checkpoint }: SignedTip): boolean =>
    Math.abs(clock.now().getTime() - checkpoint.time.getTime()) >= options.checkpointSeconds * 1000

  /** Links a group to the chain; signs when that is asked for or due. */
  async function linkGroup(group: readonly Waiting[]) {
    const records: ChainedRecord[] = []
    let end = tip
    for (const { event } of group) {
      if (event === null) continue
      const record = await link(end, eventContent(event, node, end.hash, end.sequence + 1))
      records.push(record)
      end = { ...end, sequence: record.sequence, hash: record.hash, unsigned: end.unsigned + 1 }
    }
    const asked = group.some(({ event }) => event === null)
    const wanted = end.unsigned > 0 && (asked || end.unsigned >= options.checkpointEvents || isOld(end))
    if (!wanted) return { records, end }
    try {
      const signed = await sign(end)
      return { records: [...records, signed.record], end: signed.tip }
    } catch (unsigned) {
      logger.error('an audit checkpoint could not be signed', { node, unsigned: end.unsigned, error: unsigned })
      return { records, end, unsigned }
    }
  }

  /** Where the chain ends after `append` threw. */
  async function recover(end: SignedTip, cause: unknown): Promise<void> {
    uncertain.set(end.hash, end)
    const present = await readTip()
    if (present.hash === tip.hash) throw auditError(cause)
    const own = uncertain.get(present.hash)
    if (own === undefined) {
      taken = true
      throw takenBy(node, cause)
    }
    tip = own
    if (own !== end) throw auditError(cause)
  }

  async function writeGroup(group: readonly Waiting[]): Promise<unknown> {
    if (taken) throw takenBy(node)
    if (tip.unsigned >= unsignedCheckpoints * options.checkpointEvents) tip = await signFirst()
    const { records, end, unsigned } = await linkGroup(group)
    if (records.length === 0) return unsigned
    try {
      await chain.append(records)
      tip = end
    } catch (error) {
      await recover(end, error)
    }
    uncertain.clear()
    return unsigned
  }

  /** Too much is unsigned: nothing more is taken before that has changed. */
  async function signFirst(): Promise<SignedTip> {
    const signed = await sign(tip)
    await chain.append([signed.record]).catch((error: unknown) => recover(signed.tip, error))
    return signed.tip
  }

  return {
    async write(group) {
      try {
        const unsigned = await writeGroup(group)
        for (const { event, resolve, reject } of group) {
          if (event === null && unsigned !== undefined) reject(auditError(unsigned))
          else resolve(tip.checkpoint)
        }
      } catch (error) {
        const refusal = auditError(error)
        for (const { reject } of group) reject(refusal)
      }
    },
    isDue: () => tip.unsigned > 0 && isOld(tip),
  }
}

const isConflict = (error: unknown): boolean => error instanceof CertwrightError && error.code === 'conflict'

const takenBy = (node: string, cause?: unknown): CertwrightError =>
  new CertwrightError('audit', `another process writes the audit chain of ${node}`, { cause })

function auditError(cause: unknown): CertwrightError {
  if (cause instanceof CertwrightError && cause.code === 'audit') return cause
  return new CertwrightError('audit', 'the audit trail did not take the event', { cause })
}
