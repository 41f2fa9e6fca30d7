/** One line of a benchmark's answer. */
export interface Row {
  readonly id: string
  readonly value: number
  readonly unit: string
  readonly what: string
}

/** A piece of work to time: `times` says how often to do it within one round. */
export interface Work {
  readonly run: () => unknown
  readonly times: number
}

const rounds = 7

/**
 * Microseconds of one run of each work: the median of several rounds, in which the works take turns so that what else
 * the machine does falls on all of them.
 */
export function measure<N extends string>(works: Readonly<Record<N, Work>>): Readonly<Record<N, number>> {
  const names = Object.keys(works) as N[]
  const times = new Map<N, number[]>(names.map((name) => [name, []]))
  for (const name of names) repeat(works[name])
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)?.push(repeat(works[name]))
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<N, number>
}

function repeat({ run, times }: Work): number {
  // What the work before left behind, garbage above all, is not this one's cost.
  for (let index = 0; index < times / 5; index++) sink = run()
  const start = process.hrtime.bigint()
  for (let index = 0; index < times; index++) sink = run()
  return Number(process.hrtime.bigint() - start) / 1000 / times
}

/** As `measure`, for work that answers with a promise; each run is awaited before the next. */
export async function measureAsync<N extends string>(
  works: Readonly<Record<N, Work>>,
): Promise<Readonly<Record<N, number>>> {
  const names = Object.keys(works) as N[]
  const times = new Map<N, number[]>(names.map((name) => [name, []]))
  for (const name of names) await repeatAsync(works[name])
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times.get(name)?.push(await repeatAsync(works[name]))
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<N, number>
}

async function repeatAsync({ run, times }: Work): Promise<number> {
  for (let index = 0; index < times / 5; index++) sink = await run()
  const start = process.hrtime.bigint()
  for (let index = 0; index < times; index++) sink = await run()
  return Number(process.hrtime.bigint() - start) / 1000 / times
}

/** Keeps results alive, so that no work is optimized away. */
export let sink: unknown

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Three significant digits. */
export const round = (value: number): number => Number(value.toPrecision(3))
