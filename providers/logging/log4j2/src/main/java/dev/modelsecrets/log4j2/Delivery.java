package dev.modelsecrets.log4j2;

import org.apache.logging.log4j.core.LogEvent;

/** Hands an event to where an appender would write it, without secrets. */
interface Delivery {

    void deliver(LogEvent event);
}
