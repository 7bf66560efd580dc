// Package bench measures the product on the machine at hand, against yardsticks of the same minute: what is compared is
// run in turns, and what is reported is the median of the ratios. It is no part of the serving program, invents all of
// its data, and leaves nothing behind in a database that it was lent.
package bench
