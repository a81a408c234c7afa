package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import java.util.Iterator;
import java.util.function.Supplier;

/** An iterator whose exceptions hold no secret. */
final class RedactingIterator<T> implements Iterator<T> {

    private final Iterator<T> rows;
    private final Redactor redactor;

    RedactingIterator(Iterator<T> rows, Redactor redactor) {
        this.rows = rows;
        this.redactor = redactor;
    }

    @Override
    public boolean hasNext() {
        return redacting(rows::hasNext);
    }

    @Override
    public T next() {
        return redacting(rows::next);
    }

    private <R> R redacting(Supplier<R> step) {
        try {
            return step.get();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // checked ones, too: Scala throws them without declaring them
            RedactedTaskException.throwIfRevealing(e, redactor);
            throw e;
        }
    }
}
