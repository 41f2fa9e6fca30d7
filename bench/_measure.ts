/** One line of a benchmark's answer. */
export interface Row {
  readonly id: string
  readonly value: number
  readonly unit: string
  readonly what: string
}

/** A piece of work to time: `times` says how often to do it within one round, `tasks` how many are under way at a time. */
export interface Work {
  readonly run: () => unknown
  readonly times: number
  readonly tasks?: number
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

/** As `measure`, for work that answers with a promise; one run at a time unless `tasks` says otherwise. */
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

async function repeatAsync(work: Work): Promise<number> {
  await runAll(work, work.times / 5)
  const start = process.hrtime.bigint()
  await runAll(work, work.times)
  return Number(process.hrtime.bigint() - start) / 1000 / work.times
}

async function runAll({ run, tasks = 1 }: Work, times: number): Promise<void> {
  let index = 0
  const task = async (): Promise<void> => {
    while (index++ < times) sink = await run()
  }
  await Promise.all(Array.from({ length: tasks }, task))
}

/** Keeps results alive, so that no work is optimized away. */
export let sink: unknown

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Three significant digits. */
export const round = (value: number): number => Number(value.toPrecision(3))
