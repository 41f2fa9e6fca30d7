import { describe, expect, it } from 'vitest'
import { abortable, following } from '../../src/ct/abortable.js'
import { collectGarbage } from '../support/garbage.js'

const never = new Promise<never>(() => undefined)

describe('following', () => {
  it('gives what the work gives, and follows no longer', async () => {
    const source = new AbortController()
    let seen: AbortSignal | undefined
    const result = await following([source.signal], async (signal) => {
      seen = signal
      return 7
    })
    source.abort()
    expect([result, seen?.aborted]).toEqual([7, false])
  })

  it.each([0, 1])('is aborted by signal %i, before or meanwhile, with its reason', async (which) => {
    const sources = [new AbortController(), new AbortController()]
    const signals = sources.map(({ signal }) => signal)
    const waiting = following(signals, (signal) => abortable(never, signal))
    sources[which]?.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(following(signals, (signal) => abortable(never, signal))).rejects.toThrow('enough')
  })

  it('waits for a time limit that nobody else knows, though garbage is collected', async () => {
    const given = new AbortController().signal
    const waiting = following([given, AbortSignal.timeout(100)], (signal) =>
      following([signal, new AbortController().signal], (inner) => abortable(never, inner)),
    )
    await Promise.all([expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' }), collectGarbage()])
  })
})
