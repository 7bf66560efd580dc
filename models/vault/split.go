package vault

import "crypto/rand"

// Splitting of 32 bytes among three, of whom any two have them again and one has nothing: Shamir's scheme (How to share
// a secret, CACM 22(11), 1979) with one random line s + a·x for every byte, over the field of AES: GF(2⁸) modulo
// x⁸+x⁴+x³+x+1 (FIPS 197 §4), at x = 1, 2, 3. Shares of other programs over that field and those places are the same.
//
// There is no table to look a secret up in and no branch on one, so that time and cache say nothing of it.

// parts is how many get a part of a secret; any two of them have it again.
const parts = 3

// inverse are the reciprocals of 1, 2 and 3.
var inverse = [parts + 1]byte{1: 0x01, 2: 0x8d, 3: 0xf6}

// split gives the part of each place; the first stands at place 1.
func split(secret [KeySize]byte) [parts][KeySize]byte {
	var slope [KeySize]byte
	_, _ = rand.Read(slope[:]) // never fails: the runtime ends the process rather than give poor randomness
	return along(secret, slope)
}

// along are the three places on the lines with those slopes.
func along(secret, slope [KeySize]byte) (found [parts][KeySize]byte) {
	for x := range found {
		for i := range secret {
			found[x][i] = secret[i] ^ times(slope[i], byte(x+1))
		}
	}
	return found
}

// join gives the secret again from the parts of two different places, 1 to 3: the line through them at 0, where it is
// (yₐ·b + y_b·a) ÷ (a + b).
func join(a int, ofA [KeySize]byte, b int, ofB [KeySize]byte) (secret [KeySize]byte) {
	for i := range secret {
		secret[i] = times(times(ofA[i], byte(b))^times(ofB[i], byte(a)), inverse[a^b])
	}
	return secret
}

// times multiplies in the field, in the same eight steps whatever the bytes are.
func times(a, b byte) (product byte) {
	for range 8 {
		product ^= a & -(b & 1)
		a, b = a<<1^0x1b&-(a>>7), b>>1
	}
	return product
}
