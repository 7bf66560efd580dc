# make test   everything that must pass; installs from Debian what is missing, or says the line to run
# make drill  what ends under load and must lose nothing: services, databases, primaries, disks (takes minutes)
# make build  the static binary build/gongjue
# make race   the tests under the race detector (needs a C compiler, takes long)
# make demo   a sample community with an open vote

# Without cgo nothing is compiled from C, and the binary runs anywhere.
export CGO_ENABLED = 0

.PHONY: test drill build race demo

test:
	.ci/programs
	.ci/format
	go vet ./...
	.ci/staticcheck
	go test -timeout 20m ./...
	.ci/coverage

drill:
	.ci/programs
	go test -timeout 60m -count 1 -v ./e2e/drill -args -long

build:
	go build -trimpath -ldflags '-s -w' -o build/gongjue .

race:
	CGO_ENABLED=1 go test -race -timeout 40m ./...

demo:
	go run . demo
