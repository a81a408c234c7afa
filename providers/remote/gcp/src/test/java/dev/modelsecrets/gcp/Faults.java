package dev.modelsecrets.gcp;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the reads of a server, and spoils them on demand. Thread-safe. */
final class Faults implements ServerInterceptor {

    /** How a read is spoilt. */
    sealed interface Fault {

        /** Is refused, with a reason of Google's, or none. */
        record Refused(Status status, String reason) implements Fault {}

        /** Is answered late. */
        record Slow(long millis) implements Fault {}

        /** Is answered with other bytes. */
        record Body(ByteString bytes) implements Fault {}
    }

    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Fault always;

    /** Returns the number of reads so far, spoilt ones included. */
    int reads() {
        return reads.get();
    }

    /** Spoils the next reads, one each. */
    void next(Fault... faults) {
        next.addAll(List.of(faults));
    }

    /** Spoils every read from now on. */
    void always(Fault fault) {
        always = fault;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> handler) {
        if (!call.getMethodDescriptor().getFullMethodName().endsWith("/AccessSecretVersion")) {
            return handler.startCall(call, headers);
        }
        reads.incrementAndGet();
        Fault fault = next.poll();
        fault = fault == null ? always : fault;
        if (fault instanceof Fault.Refused refused) {
            StatusRuntimeException refusal = refusal(refused);
            call.close(refusal.getStatus(), refusal.getTrailers());
            return new Listener<>() {};
        }
        if (fault instanceof Fault.Slow slow) {
            pause(slow.millis());
        }
        return handler.startCall(fault instanceof Fault.Body body ? replaced(call, body.bytes()) : call, headers);
    }

    private static StatusRuntimeException refusal(Fault.Refused refused) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(refused.status().getCode().value())
                .setMessage(String.valueOf(refused.status().getDescription()));
        if (!refused.reason().isEmpty()) {
            status.addDetails(Any.pack(ErrorInfo.newBuilder()
                    .setReason(refused.reason())
                    .setDomain("googleapis.com")
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    @SuppressWarnings("unchecked") // messages are streams here
    private static <Q, A> ServerCall<Q, A> replaced(ServerCall<Q, A> call, ByteString bytes) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendMessage(A message) {
                super.sendMessage((A) bytes.newInput());
            }
        };
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
