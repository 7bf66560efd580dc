// Package workbook reads an uploaded .xlsx or CSV file into sheets of text rows. It refuses hostile files
// by their zip directory before anything is unpacked and never evaluates formulas. It knows nothing of
// what the columns mean.
package workbook
