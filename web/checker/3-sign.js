'use strict';
// Trees (RFC 6962), signatures (Ed25519, RFC 8032) and signed notes.

const P = (big(1) << big(255)) - big(19);
const L = (big(1) << big(252)) + big('27742317777372353535851937790883648493');
const mod = x => { const r = x % P; return r < big(0) ? r + P : r; };

function power(x, n) {
  let r = big(1);
  for (x = mod(x); n > big(0); n >>= big(1)) { if (n & big(1)) { r = mod(r * x); } x = mod(x * x); }
  return r;
}

const D = mod(-big(121665) * power(big(121666), P - big(2)));
const ROOT = power(big(2), (P - big(1)) / big(4)); // of −1
const little = bytes => big('0x' + (hex(Uint8Array.from(bytes).reverse()) || '0'));

// point reads 32 bytes as a point of the curve; null where they are none.
function point(bytes) {
  const raw = little(bytes), y = raw & ((big(1) << big(255)) - big(1)), sign = raw >> big(255);
  if (y >= P) { return null; }
  const u = mod(y * y - big(1)), v = mod(D * y * y + big(1));
  let x = mod(u * power(v, big(3)) * power(u * power(v, big(7)), (P - big(5)) / big(8)));
  if (mod(v * x * x - u) !== big(0)) { x = mod(x * ROOT); }
  if (mod(v * x * x - u) !== big(0) || x === big(0) && sign) { return null; }
  if ((x & big(1)) !== sign) { x = P - x; }
  return [x, y, big(1), mod(x * y)];
}

function add(p, q) {
  const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0])), c = mod(big(2) * p[3] * q[3] * D), d = mod(big(2) * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(n, p) {
  let r = [big(0), big(1), big(1), big(0)];
  for (; n > big(0); n >>= big(1)) { if (n & big(1)) { r = add(r, p); } p = add(p, p); }
  return r;
}

let BASE = null;

// signed tells whether a signature of a key is that of a message.
function signed(key, message, signature) {
  BASE = BASE || point(unhex('58' + '66'.repeat(31)));
  const a = point(key), r = signature.subarray(0, 32), s = little(signature.subarray(32));
  if (!a || signature.length !== 64 || s >= L) { return false; }
  const k = little(sha512(concat(r, key, message))) % L;
  const [x, y, z] = add(times(s, BASE), times(k, [mod(-a[0]), a[1], a[2], mod(-a[3])]));
  const inverse = power(z, P - big(2)), right = mod(y * inverse) | (mod(x * inverse) & big(1)) << big(255);
  return right === little(r);
}

// verifier reads "name+hash+key"; null where it is none.
function verifier(text) {
  const p = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text || ''), key = p && unbase64(p[3]);
  if (!key || key.length !== 33 || key[0] !== 1 || hex(sha256(concat(utf8(p[1] + '\n'), key)).subarray(0, 4)) !== p[2]) { return null; }
  return { name: p[1], id: p[2], key: key.subarray(1) };
}

// openNote gives the text of a signed note; null where the key did not sign it or a signature is not in its form.
function openNote(text, key) {
  const v = verifier(key), cut = text.lastIndexOf('\n\n');
  if (!v || cut < 0 || !text.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(text)) { return null; }
  const body = text.slice(0, cut + 1);
  let good = false;
  for (const line of text.slice(cut + 2, -1).split('\n')) {
    const p = /^\u2014 ([^ +]+) ([^ ]+)$/.exec(line), raw = p && unbase64(p[2]);
    if (!raw || raw.length < 5) { return null; }
    if (p[1] !== v.name || hex(raw.subarray(0, 4)) !== v.id) { continue; }
    if (!signed(v.key, utf8(body), raw.subarray(4))) { return null; }
    good = true;
  }
  return good ? body : null;
}

// readCheckpoint reads origin, size and root of a note; null for anything else.
function readCheckpoint(text) {
  const cut = text.indexOf('\n\n'), p = text.slice(0, Math.max(cut, 0)).split('\n');
  const root = p.length === 3 && unbase64(p[2]);
  if (!root || root.length !== 32 || !/^[1-9]\d{0,12}$/.test(p[1])) { return null; }
  return { origin: p[0], size: Number(p[1]), root: hex(root), text };
}

const leafHash = line => sha256(concat(new Uint8Array([0]), utf8('gongjue.leaf/v1\n' + line + '\n')));
const unitHash = line => sha256(concat(new Uint8Array([0]), utf8('gongjue.unit/v1\n' + line)));
const node = (left, right) => sha256(concat(new Uint8Array([1]), left, right));

// Tree takes leaf hashes from left to right.
function Tree() { this.peaks = []; this.size = 0; }
Tree.prototype.add = function (leaf) {
  this.peaks.push(leaf);
  this.size++;
  for (let n = this.size; n % 2 === 0; n /= 2) { const right = this.peaks.pop(); this.peaks.push(node(this.peaks.pop(), right)); }
};
Tree.prototype.root = function () {
  if (!this.size) { return sum(new Uint8Array(0)); }
  return hex(this.peaks.slice(0, -1).reduceRight((right, left) => node(left, right), this.peaks[this.peaks.length - 1]));
};

// included carries out an inclusion proof (RFC 9162, 2.1.3.2).
function included(proof, size, root, index, leaf) {
  if (!(index >= 0 && index < size) || !Array.isArray(proof) || !proof.every(isHash)) { return false; }
  let f = index, s = size - 1, h = leaf;
  for (const one of proof) {
    if (s === 0) { return false; }
    if (f % 2 === 1 || f === s) {
      h = node(unhex(one), h);
      while (f % 2 === 0 && f !== 0) { f = Math.floor(f / 2); s = Math.floor(s / 2); }
    } else { h = node(h, unhex(one)); }
    f = Math.floor(f / 2);
    s = Math.floor(s / 2);
  }
  return s === 0 && hex(h) === root;
}
