/** Something that is known against a key, whoever asks for it. */
export interface KeyFinding {
  /** How it was found: by its form, in a list, or among the keys of the CAs. */
  readonly kind: 'roca' | 'close-primes' | 'small-factor' | 'blocklist' | 'ca-key'
  /** One sentence for the person who made the key. */
  readonly message: string
}
