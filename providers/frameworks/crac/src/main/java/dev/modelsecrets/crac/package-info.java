/** Secrets and checkpoints of the whole process: what drops values in time, and what says that there are none. */
@NullMarked
package dev.modelsecrets.crac;

import org.jspecify.annotations.NullMarked;
