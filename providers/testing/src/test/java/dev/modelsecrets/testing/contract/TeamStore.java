package dev.modelsecrets.testing.contract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Stands for the server of a remote store, as a test would start it. */
class TeamStore {

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    private long requests;
    private boolean stopped;

    synchronized void replaceAll(Map<String, String> newValues) {
        values.clear();
        values.putAll(newValues);
    }

    synchronized void deny(String name) {
        denied.add(name);
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized long requests() {
        return requests;
    }

    /** Answers a request, or fails as a client library does: with whatever it was doing in the message. */
    synchronized Map<String, String> read(Set<String> names) {
        requests++;
        if (stopped) {
            throw new IllegalStateException("connection reset while reading " + values);
        }
        for (String name : names) {
            if (denied.contains(name)) {
                throw new SecurityException(name);
            }
        }
        Map<String, String> answer = new HashMap<>(values);
        answer.keySet().retainAll(names);
        return answer;
    }
}
