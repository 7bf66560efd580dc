'use strict';
// Bytes, hashes and numbers of this page. Written out so that it needs nothing from the browser but JavaScript of 2017
// and BigInt: WebCrypto is missing on pages that were opened from a file. Nothing here asks the network.

const big = x => BigInt(x);
const encoder = new TextEncoder();
const utf8 = text => encoder.encode(text);

// textOf gives the text of UTF-8 bytes; null where they are none.
function textOf(bytes) {
  try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch (e) { return null; }
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { all.set(p, at); at += p.length; }
  return all;
}

const hex = bytes => Array.from(bytes, b => (b < 16 ? '0' : '') + b.toString(16)).join('');

// unhex reads lower-case hex; null for anything else.
function unhex(text) {
  if (typeof text !== 'string' || text.length % 2 || !/^[0-9a-f]*$/.test(text)) { return null; }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) { bytes[i] = parseInt(text.substr(2 * i, 2), 16); }
  return bytes;
}

// unbase64 reads standard base64 with padding, in its one spelling; null for anything else.
function unbase64(text) {
  if (text.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) { return null; }
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const bytes = [];
  let bits = 0, held = 0;
  for (const c of text.replace(/=+$/, '')) {
    held = (held << 6 | letters.indexOf(c)) & 0xffff;
    bits += 6;
    if (bits >= 8) { bits -= 8; bytes.push(held >> bits & 255); }
  }
  return (held & ((1 << bits) - 1)) === 0 ? new Uint8Array(bytes) : null;
}

// primes up to a number, and the first bits of the fractions of their roots, from which both hashes take their constants.
function primes(n) {
  const found = [];
  for (let c = 2; found.length < n; c++) { if (found.every(p => c % p)) { found.push(c); } }
  return found;
}

// rootBits are the first bits behind the point of the k-th root of n.
function rootBits(n, k, bits) {
  const target = big(n) << big(bits * k);
  let low = big(0), high = big(1) << big(bits + 10);
  while (high - low > big(1)) {
    const middle = (low + high) >> big(1);
    if (Math.min(k, 2) === 2 && (k === 2 ? middle * middle : middle * middle * middle) <= target) { low = middle; } else { high = middle; }
  }
  return low & ((big(1) << big(bits)) - big(1));
}

const K256 = Uint32Array.from(primes(64), p => Number(rootBits(p, 3, 32)));
const H256 = Uint32Array.from(primes(8), p => Number(rootBits(p, 2, 32)));

function padded(bytes, block, lengthBytes) {
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const all = new Uint8Array(size);
  all.set(bytes);
  all[bytes.length] = 128;
  let bits = bytes.length * 8;
  for (let i = size - 1; bits > 0; i--) { all[i] = bits % 256; bits = Math.floor(bits / 256); }
  return all;
}

function sha256(bytes) {
  const text = padded(bytes, 64, 8), h = Uint32Array.from(H256), w = new Uint32Array(64);
  const turn = (x, n) => x >>> n | x << (32 - n);
  for (let at = 0; at < text.length; at += 64) {
    for (let i = 0; i < 16; i++) { w[i] = text[at + 4 * i] << 24 | text[at + 4 * i + 1] << 16 | text[at + 4 * i + 2] << 8 | text[at + 4 * i + 3]; }
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      const one = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K256[i] + w[i] | 0;
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
      k = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
    }
    [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] += x; });
  }
  const out = new Uint8Array(32);
  h.forEach((x, i) => { out[4 * i] = x >>> 24; out[4 * i + 1] = x >>> 16; out[4 * i + 2] = x >>> 8; out[4 * i + 3] = x; });
  return out;
}

let K512 = null, H512 = null;

function sha512(bytes) {
  K512 = K512 || primes(80).map(p => rootBits(p, 3, 64));
  H512 = H512 || primes(8).map(p => rootBits(p, 2, 64));
  const text = padded(bytes, 128, 16), mask = (big(1) << big(64)) - big(1), h = H512.slice();
  const turn = (x, n) => (x >> big(n) | x << big(64 - n)) & mask;
  for (let at = 0; at < text.length; at += 128) {
    const w = [];
    for (let i = 0; i < 16; i++) { w.push(big('0x' + hex(text.subarray(at + 8 * i, at + 8 * i + 8)))); }
    for (let i = 16; i < 80; i++) {
      const a = w[i - 15], b = w[i - 2];
      w.push(w[i - 16] + (turn(a, 1) ^ turn(a, 8) ^ a >> big(7)) + w[i - 7] + (turn(b, 19) ^ turn(b, 61) ^ b >> big(6)) & mask);
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 80; i++) {
      const one = k + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + (e & f ^ (e ^ mask) & g) + K512[i] + w[i] & mask;
      const two = (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + (a & b ^ a & c ^ b & c) & mask;
      k = g; g = f; f = e; e = d + one & mask; d = c; c = b; b = a; a = one + two & mask;
    }
    [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] = h[i] + x & mask; });
  }
  return unhex(h.map(x => x.toString(16).padStart(16, '0')).join(''));
}

const sum = bytes => hex(sha256(bytes));

// lengths joins parts behind a prefix, each after four bytes of its length.
function lengths(prefix, ...parts) {
  const all = [utf8(prefix)];
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8(part) : part, n = bytes.length;
    all.push(new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]), bytes);
  }
  return concat(...all);
}

// commit is HMAC-SHA256 of a salt of 32 bytes.
function commit(salt, prefix, ...parts) {
  const pad = mask => { const block = new Uint8Array(64).fill(mask); salt.forEach((b, i) => { block[i] ^= b; }); return block; };
  return sha256(concat(pad(0x5c), sha256(concat(pad(0x36), lengths(prefix, ...parts)))));
}
