// Gongjue 共决 runs the votes of residential communities by double majority; see README.md.
package main

import (
	"os"

	"gongjue/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
