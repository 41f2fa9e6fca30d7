/** What differs between the engines when rows are made by the database itself. */
export interface FillDialect {
  readonly series: (from: number, to: number) => string
  readonly hex: (n: string) => string
  readonly octets: (length: number, n: string) => string
}

export const sqliteFill: FillDialect = {
  series: (from, to) =>
    `(with recursive series(n) as (select ${from} union all select n + 1 from series where n < ${to}) select n from series)`,
  hex: (n) => `printf('10%030x', ${n})`,
  octets: (length) => `randomblob(${length})`,
}

export const postgresFill: FillDialect = {
  series: (from, to) => `(select generate_series(${from}, ${to})::bigint as n)`,
  hex: (n) => `'10' || lpad(to_hex(${n}), 30, '0')`,
  octets: (length, n) =>
    length === 32
      ? `sha256(('${length}' || ${n})::text::bytea)`
      : `decode(repeat(md5(${n}::text), ${length / 16}), 'hex')`,
}

/** SQL that adds issued certificates of the usual size, numbered from `from` to `to`. */
export function fillSql({ series, hex, octets }: FillDialect, from: number, to: number): string {
  return `insert into certwright_certificates (issuer, serial, request_id, request_digest, profile, requester, subject,
      subject_der, subject_digest, public_key_digest, not_before, not_after, created_at, status, certificate, fingerprint,
      issued_at)
    select 'bench~filled', ${hex('(n * 2654435761) % 4294967296')}, 'request ' || n, ${octets(32, 'n')},
      'est-digital-signature', 'passcode:line-' || (n % 7), 'CN=device-' || n || ',O=Acme,C=DE', ${octets(64, 'n')},
      ${octets(32, 'n + 1')}, ${octets(32, 'n + 2')}, 1893456000000, 1924992000000, 1893456000000 + n, 'issued',
      ${octets(576, 'n')}, ${octets(32, 'n + 3')}, 1893456000000 + n
    from ${series(from, to)} as series`
}
