/** What a fleet of replicas does to a store, computed without a network. */
package dev.modelsecrets.examples.benchmarks.fleet;
