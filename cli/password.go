package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

var errPasswordsDiffer = errors.New("the two passwords differ")

// readPassword asks twice without echo where a person sits at a terminal, and otherwise takes the first
// line of standard input.
func (p *program) readPassword(ctx context.Context) (string, error) {
	lines := bufio.NewReader(p.in)
	terminal, ok := p.in.(*os.File)
	if !ok || !isTerminal(terminal) {
		return readLine(lines)
	}
	if err := echo(terminal, false); err != nil {
		return "", fmt.Errorf("hide the password while it is typed (it may come from standard input instead): %w", err)
	}
	type answer struct {
		password string
		err      error
	}
	answers := make(chan answer, 1)
	go func() {
		password, err := p.askTwice(lines)
		answers <- answer{password, err}
	}()
	// The echo must come back also when the person gives up with Ctrl-C.
	select {
	case a := <-answers:
		return a.password, errors.Join(a.err, echo(terminal, true))
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), echo(terminal, true))
	}
}

func (p *program) askTwice(lines *bufio.Reader) (string, error) {
	var passwords [2]string
	for i, prompt := range []string{"密码（至少 12 个字符）：", "再输入一次："} {
		fmt.Fprint(p.err, prompt)
		password, err := readLine(lines)
		fmt.Fprintln(p.err)
		if err != nil {
			return "", err
		}
		passwords[i] = password
	}
	if passwords[0] != passwords[1] {
		return "", errPasswordsDiffer
	}
	return passwords[0], nil
}

// readLine takes a line without its end; the last one may lack it. Spaces belong to a password.
func readLine(lines *bufio.Reader) (string, error) {
	line, err := lines.ReadString('\n')
	if err != nil && (!errors.Is(err, io.EOF) || line == "") {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// isTerminal asks stty, because /dev/null is a character device too.
func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && stty(file, "-a") == nil
}

func echo(terminal *os.File, on bool) error {
	if on {
		return stty(terminal, "echo")
	}
	return stty(terminal, "-echo")
}

// stty is in every Unix; the terminal's own calls would need a module.
func stty(terminal *os.File, argument string) error {
	cmd := exec.Command("stty", argument)
	cmd.Stdin = terminal
	return cmd.Run()
}
