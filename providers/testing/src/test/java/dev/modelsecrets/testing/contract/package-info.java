/** Every provider of this repository against the contract of providers, and providers that break it. */
package dev.modelsecrets.testing.contract;
