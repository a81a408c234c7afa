/** What the tests of the remote providers share: a server on loopback that speaks HTTP and misbehaves on demand. */
package dev.modelsecrets.remote.testing;
