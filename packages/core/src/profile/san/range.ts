/** Whether an address lies in a range, which has as many octets for the address and again for its mask. */
export const inRange = (address: Uint8Array, range: Uint8Array): boolean =>
  range.length === 2 * address.length &&
  address.every((octet, index) => {
    const mask = range[address.length + index] ?? 0
    return (octet & mask) === ((range[index] ?? 0) & mask)
  })
