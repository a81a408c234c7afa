/** Numbers for people: medians, tables, goals and a chart. Knows nothing of what was measured. */
@NullMarked
package dev.modelsecrets.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
