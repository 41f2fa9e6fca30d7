import type { KeyFinding } from './finding.js'

/** The odd primes up to 167, whose product the primes of keys with the ROCA weakness are built from. */
const rocaPrimes = oddPrimes(167)
/** Primes by which no modulus is divisible (CA/Browser Forum BR section 6.1.6). */
const smallPrimes = oddPrimes(752)
const smallProduct = smallPrimes.reduce((product, prime) => product * BigInt(prime), 1n)
/** Rounds of Fermat's method (CA/Browser Forum BR section 6.1.1.3). */
const fermatRounds = 100

function oddPrimes(last: number): readonly number[] {
  const primes: number[] = []
  for (let candidate = 3; candidate <= last; candidate += 2) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  }
  return primes
}

/** For each prime, the powers of 65537: a modulus with the weakness is one of them for every prime (CVE-2017-15361). */
const powers: readonly (readonly [number, ReadonlySet<number>])[] = rocaPrimes.map((prime) => {
  const reached = new Set<number>()
  for (let power = 1; !reached.has(power); power = (power * (65537 % prime)) % prime) reached.add(power)
  return [prime, reached]
})

/** What is wrong with the modulus of an RSA key; bounded work for any modulus. */
export function rsaWeakness(modulus: bigint): KeyFinding | undefined {
  const rest = modulus % smallProduct
  if (modulus % 2n === 0n || smallPrimes.some((prime) => rest % BigInt(prime) === 0n)) {
    return { kind: 'small-factor', message: 'the RSA modulus has a small factor: it was not made of two large primes' }
  }
  if (powers.every(([prime, reached]) => reached.has(Number(rest % BigInt(prime))))) {
    return {
      kind: 'roca',
      message: 'the RSA key has the ROCA weakness (CVE-2017-15361): its owner is known to all who look',
    }
  }
  if (hasClosePrimes(modulus)) {
    return {
      kind: 'close-primes',
      message: 'the primes of the RSA key are so close that anybody finds them (CVE-2022-26320)',
    }
  }
  return undefined
}

/** Fermat's factorization: with close primes, a square minus the modulus is a square within a few rounds. */
function hasClosePrimes(modulus: bigint): boolean {
  let a = squareRoot(modulus)
  if (a * a < modulus) a += 1n
  let difference = a * a - modulus
  for (let round = 0; round < fermatRounds; round++) {
    if (isSquare(difference)) return true
    difference += 2n * a + 1n
    a += 1n
  }
  return false
}

/** Residues of squares: most numbers are told apart before a root is taken. */
const squaresMod = [64n, 63n, 65n, 11n].map((base) => {
  const residues = new Set<bigint>()
  for (let n = 0n; n < base; n++) residues.add((n * n) % base)
  return [base, residues] as const
})

function isSquare(value: bigint): boolean {
  if (!squaresMod.every(([base, residues]) => residues.has(value % base))) return false
  const root = squareRoot(value)
  return root * root === value
}

/** The whole part of the square root, by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt((value.toString(16).length * 4 + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
