/** The only source of randomness: serial numbers, passcodes, salts. It must be cryptographically secure. */
export interface RandomSource {
  /** `length` random octets (1 to 65536), a fresh array at each call. */
  bytes(length: number): Uint8Array
}
