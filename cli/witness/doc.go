// Package witness is what a street runs on its own machine: it keeps the last checkpoint of every log that it saw, signs a
// later one only if that one goes on from it, and writes down what it signs before anybody else learns of it. It knows no
// database and trusts no server.
package witness
