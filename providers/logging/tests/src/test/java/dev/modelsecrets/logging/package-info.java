/** One set of tests for all logging back ends: what is logged in which shape, and what is found in what was written. */
package dev.modelsecrets.logging;
