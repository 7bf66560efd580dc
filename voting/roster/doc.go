// Package roster turns the rows of a property firm's spreadsheet into units (专有部分), owners (业主)
// and voters (投票权人, one head per exact set of owners), and lists every doubt as an issue with sheet,
// row, column and a Chinese sentence. It is pure: no files, no clock, no randomness, no floating point.
// It never guesses silently and never prints a full ID number or phone into an issue.
package roster
