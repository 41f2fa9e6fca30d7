import { isSoundSignatureAlgorithm } from '../algorithms/index.js'
import { CertwrightError } from '../errors.js'
import type { CryptoBackend } from '../ports/index.js'
import { type ChainState, chainFault, extend, verifiedChain } from './chain-state.js'
import type { AuditFault, AuditFaultKind, AuditVerification } from './fault.js'
import { type AuditRecord, checkpointKeyId, checkpointOctets, readContent, recordHash, splitLine } from './record.js'

/** What is verified against. */
export interface AuditExpectation {
  /** DER SubjectPublicKeyInfo of the checkpoint keys, known from elsewhere than the trail: at least one. */
  readonly keys: readonly Uint8Array[]
  /** What checkpoints that were kept elsewhere say: these records must be there, with these hashes. */
  readonly held?: readonly HeldCheckpoint[]
  /** The nodes: all of these and no others must be there. */
  readonly nodes?: readonly string[]
}

/** The part of a checkpoint that a trail is compared with. */
export interface HeldCheckpoint {
  readonly node: string
  readonly sequence: number
  readonly hash: string
}

/** Chains of a trail at most: what is kept of each is small, and an attacker may invent any number. */
const maxNodes = 10_000

/** A record that fits its own hash, in a line. */
interface Sealed {
  readonly record: AuditRecord
  readonly hash: string
}

/**
 * Verifies a trail in one pass, holding no more than the end of each chain: that each record is what its hash says, follows
 * the one before, and that checkpoints are signed by an expected key and say what is there.
 *
 * @param lines as `exportAuditTrail` gives them, or `auditLines` of a file
 * @throws CertwrightError `configuration` without keys; `limit` for more than 10,000 nodes.
 */
export async function verifyAuditTrail(
  { crypto }: { readonly crypto: Pick<CryptoBackend, 'digest' | 'verify'> },
  lines: AsyncIterable<string> | Iterable<string>,
  expectation: AuditExpectation,
): Promise<AuditVerification> {
  const check = await createChecks(crypto, expectation)
  const chains = new Map<string, ChainState>(expectation.nodes?.map((node) => [node, chainOf(node)]))
  for (const { node } of expectation.held ?? []) chains.set(node, chainOf(node))
  const rest = iterate(lines)
  let lineNumber = 0
  let present = ''
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    lineNumber++
    const at = (found: Fault): AuditVerification => ({ ok: false, fault: { ...found, line: lineNumber } })
    const sealed = await unseal(crypto, next.value)
    if (!('record' in sealed)) return at(await locate(crypto, chains, present, sealed, rest))
    const { record } = sealed
    present = record.node
    const chain = chains.get(present) ?? chainOf(present)
    if (chains.size >= maxNodes && !chains.has(present))
      throw new CertwrightError('limit', `more than ${maxNodes} nodes`)
    chains.set(present, chain)
    const fault = chainFault(chain, sealed) ?? (await check(record, sealed.hash))
    if (fault?.kind === 'missing') return at(await missingOrLater(crypto, fault, rest))
    if (fault !== undefined) return at(fault)
    extend(chain, sealed)
  }
  return atEnd([...chains.values()], expectation, lineNumber + 1)
}

const chainOf = (node: string): ChainState => ({ node, sequence: 0, hash: undefined, signed: 0, checkpoint: undefined })

type Fault = Omit<AuditFault, 'line'>

function atEnd(chains: readonly ChainState[], { held = [] }: AuditExpectation, line: number): AuditVerification {
  const verified = []
  for (const chain of chains) {
    const { node, sequence } = chain
    const good = verifiedChain(chain)
    const last = Math.max(1, ...held.filter((each) => each.node === node).map((each) => each.sequence))
    if (good === undefined || sequence < last) {
      const message = `record ${sequence + 1} of ${node} is missing: the trail ends before it`
      return { ok: false, fault: { kind: 'missing', node, sequence: sequence + 1, line, message } }
    }
    verified.push(good)
  }
  return { ok: true, chains: verified }
}

/** What is checked of a record beside its place. */
async function createChecks(crypto: Pick<CryptoBackend, 'digest' | 'verify'>, expectation: AuditExpectation) {
  const { keys, held = [] } = expectation
  if (keys.length === 0) throw new CertwrightError('configuration', 'give the public key of the checkpoints')
  const byId = new Map<string, Uint8Array>()
  for (const key of keys) byId.set(await checkpointKeyId(crypto, key), key)
  const hashes = new Map(held.map(({ node, sequence, hash }) => [`${node} ${sequence}`, hash]))
  const nodes = expectation.nodes && new Set(expectation.nodes)

  return async ({ node, sequence, previous, body }: AuditRecord, hash: string): Promise<Fault | undefined> => {
    const fault = (kind: AuditFaultKind, what: string): Fault => ({
      kind,
      node,
      sequence,
      message: `record ${sequence} of ${node} ${what}`,
    })
    if (nodes && !nodes.has(node)) return fault('unknown-node', 'is of a node that is not expected')
    if ((hashes.get(`${node} ${sequence}`) ?? hash) !== hash) {
      return fault('altered', 'is another one than the checkpoint that is held says')
    }
    if (body.kind === 'event') return sequence === 1 ? fault('unsigned', 'is not a checkpoint') : undefined
    const { checkpoint, signature } = body
    const key = byId.get(checkpoint.keyId)
    if (key === undefined) return fault('unknown-key', 'is a checkpoint of an unknown key')
    if (checkpoint.node !== node || checkpoint.sequence !== sequence - 1 || checkpoint.hash !== previous) {
      return fault('checkpoint', 'is a checkpoint that says something else than what comes before it')
    }
    if (!isSoundSignatureAlgorithm(checkpoint.algorithm))
      return fault('checkpoint', 'is signed with an unknown algorithm')
    const good = await crypto.verify(checkpoint.algorithm, key, checkpointOctets(checkpoint), signature)
    return good ? undefined : fault('checkpoint', 'is a checkpoint whose signature does not verify')
  }
}

/** Reads a line; what does not fit its own hash comes with the place that it claims, as far as it can be read. */
async function unseal(
  crypto: Pick<CryptoBackend, 'digest'>,
  line: string,
): Promise<Sealed | { readonly claimed: AuditRecord | undefined }> {
  const parts = splitLine(line)
  const record = parts && readContent(parts.content)
  if (parts === undefined || record === undefined) return { claimed: undefined }
  const fits = (await recordHash(crypto, parts.content)) === parts.hash
  return fits ? { record, hash: parts.hash } : { claimed: record }
}

/**
 * Which record a line that is none stands for: the one it claims to be if its chain has come so far; else the one before the
 * next good line if that is the second of its chain; else the next of the chain that the line before was of.
 */
async function locate(
  crypto: Pick<CryptoBackend, 'digest'>,
  chains: ReadonlyMap<string, ChainState>,
  present: string,
  { claimed }: { readonly claimed: AuditRecord | undefined },
  rest: AsyncIterator<string>,
): Promise<Fault> {
  const expected = (node: string): number => (chains.get(node)?.sequence ?? 0) + 1
  const altered = (node: string): Fault => ({
    kind: 'altered',
    node,
    sequence: expected(node),
    message: `record ${expected(node)} of ${node || 'an unknown node'} was altered: it does not fit its hash`,
  })
  const claims = claimed !== undefined && claimed.sequence === expected(claimed.node) ? claimed : undefined
  if (claims !== undefined && claims.sequence > 1) return altered(claims.node)
  const next = await rest.next()
  const after = next.done ? undefined : await unseal(crypto, next.value)
  const follower = after !== undefined && 'record' in after ? after.record : undefined
  if (follower !== undefined && follower.sequence === expected(follower.node) + 1) return altered(follower.node)
  return altered(claims?.node ?? (present || (follower?.node ?? '')))
}

/** Whether a record that is not in its place comes later. */
async function missingOrLater(
  crypto: Pick<CryptoBackend, 'digest'>,
  fault: Fault,
  rest: AsyncIterator<string>,
): Promise<Fault> {
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    const sealed = await unseal(crypto, next.value)
    if (!('record' in sealed) || sealed.record.node !== fault.node || sealed.record.sequence !== fault.sequence)
      continue
    const message = `record ${fault.sequence} of ${fault.node} is not in its place: it comes later`
    return { ...fault, kind: 'reordered', message }
  }
  return fault
}

async function* iterate(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* lines
}
