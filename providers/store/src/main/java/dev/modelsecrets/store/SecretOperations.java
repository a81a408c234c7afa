package dev.modelsecrets.store;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of operations on secrets: a {@code secrets_payload} document of OCI AI Blueprints.
 *
 * <p>Each operation has a {@code name} and an {@code action}: {@code create} and {@code update} with {@code type} and
 * {@code data}, {@code delete} with or without {@code type}. What is wrong with one operation is an error of that
 * operation; names of unknown fields are not repeated, because a value may stand there by mistake. Immutable and
 * thread-safe; prints no values.
 */
public final class SecretOperations {

    private static final String PAYLOAD = "secrets_payload";

    /** What an operation that is wrong has to say about a field that may be absent. */
    private static final Set<String> FIELDS = Set.of("name", "action", "type", "data");

    private final List<Operation> operations;

    private SecretOperations(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /** What happens to the other operations when one fails. */
    public enum Mode {

        /** Each operation is carried out for itself, in order, as OCI AI Blueprints does. */
        EACH,

        /** All operations are checked first, and carried out together or not at all. */
        ATOMIC
    }

    /**
     * Reads a document.
     *
     * @param json an object with the field {@code secrets_payload}, a list of operations
     * @return the operations, the wrong ones included
     * @throws InvalidSecretException if it is not such a document; the message says line and column
     */
    public static SecretOperations parse(String json) {
        Node root;
        try {
            root = Json.parse(json);
        } catch (MalformedJsonException e) {
            throw invalid("it " + e.problem());
        }
        if (root.kind() != Kind.OBJECT) {
            throw invalid("it has to be an object with the field " + PAYLOAD + ", and is "
                    + root.kind().words());
        }
        @Nullable Node payload = null;
        for (Field field : root.fields()) {
            if (!field.name().equals(PAYLOAD)) {
                throw invalid("it has a field other than " + PAYLOAD + " at "
                        + field.value().place());
            }
            if (payload != null) {
                throw invalid("it has the field " + PAYLOAD + " twice");
            }
            payload = field.value();
        }
        if (payload == null) {
            throw invalid("it has no field " + PAYLOAD);
        }
        if (payload.kind() != Kind.ARRAY || payload.items().isEmpty()) {
            throw invalid(PAYLOAD + " has to be a list of at least one operation");
        }
        List<Operation> operations = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        for (Node node : payload.items()) {
            operations.add(Operation.of(operations.size(), node, names));
        }
        return new SecretOperations(operations);
    }

    private static InvalidSecretException invalid(String problem) {
        return new InvalidSecretException("the document is not a batch of secret operations", List.of(problem));
    }

    /**
     * Returns how many operations there are.
     *
     * @return their number, the wrong ones included
     */
    public int size() {
        return operations.size();
    }

    /**
     * Carries the operations out, in order.
     *
     * @param store the store to change
     * @param mode what happens to the others when one fails
     * @return a result for each operation
     */
    public Results apply(SecretStore store, Mode mode) {
        Objects.requireNonNull(store, "store");
        String[] errors = new String[operations.size()];
        for (Operation operation : operations) {
            errors[operation.index] = operation.error == null ? "" : operation.error;
        }
        if (mode == Mode.EACH) {
            applyEach(store, errors);
        } else {
            applyAll(store, errors);
        }
        boolean failed = false;
        for (String error : errors) {
            failed |= !error.isEmpty();
        }
        List<Result> results = new ArrayList<>();
        for (Operation operation : operations) {
            String error = errors[operation.index];
            results.add(operation.result(store.namespace(), error, failed && mode == Mode.ATOMIC));
        }
        return new Results(results);
    }

    private void applyEach(SecretStore store, String[] errors) {
        for (Operation operation : operations) {
            if (errors[operation.index].isEmpty()) {
                try {
                    store.edit(edit -> {
                        operation.apply(edit);
                        return true;
                    });
                } catch (SecretsException e) {
                    errors[operation.index] = operation.at(e);
                }
            }
        }
    }

    private void applyAll(SecretStore store, String[] errors) {
        try {
            store.edit(edit -> {
                boolean failed = false;
                for (Operation operation : operations) {
                    if (errors[operation.index].isEmpty()) {
                        try {
                            operation.apply(edit);
                        } catch (SecretsException e) {
                            errors[operation.index] = operation.at(e);
                        }
                    }
                    failed |= !errors[operation.index].isEmpty();
                }
                failed |= blameDeployments(edit, errors);
                if (failed) {
                    throw new Rollback();
                }
                return true;
            });
        } catch (Rollback e) {
            // The errors say why.
        } catch (SecretsException e) {
            for (Operation operation : operations) {
                if (errors[operation.index].isEmpty()) {
                    errors[operation.index] = operation.at(e);
                }
            }
        }
    }

    /** Finds the operations that leave a deployment with secrets that do not fit together. */
    private boolean blameDeployments(Edit edit, String[] errors) {
        boolean failed = false;
        for (Map.Entry<String, Set<String>> touched : edit.touched().entrySet()) {
            List<String> problems = edit.problemsOf(touched.getKey());
            for (Operation operation : operations) {
                if (!problems.isEmpty()
                        && touched.getValue().contains(operation.name)
                        && errors[operation.index].isEmpty()) {
                    errors[operation.index] = operation.at(new AttachmentRefusedException(
                            "the secrets of deployment " + touched.getKey() + " do not fit together", problems));
                    failed = true;
                }
            }
        }
        return failed;
    }

    /** Returns how many operations there are. */
    @Override
    public String toString() {
        return "SecretOperations[" + operations.size() + "]";
    }

    /** Undoes a transaction whose errors are known. */
    private static final class Rollback extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Rollback() {
            super(null, null, false, false);
        }
    }

    /** One operation of a batch, or what is wrong with it. */
    private static final class Operation {

        private final int index;
        private final String name;
        private final String action;
        private final @Nullable SecretType type;
        private final @Nullable StoredSecret secret;
        private final @Nullable String error;

        private Operation(Reader reader) {
            this.index = reader.index;
            this.name = reader.name;
            this.action = reader.action;
            this.type = reader.type;
            this.secret = reader.secret;
            this.error =
                    reader.problems.isEmpty() ? null : path(reader.index) + ": " + String.join("; ", reader.problems);
        }

        static Operation of(int index, Node node, Map<String, Integer> names) {
            Reader reader = new Reader(index);
            reader.read(node, names);
            return new Operation(reader);
        }

        private static String path(int index) {
            return PAYLOAD + "[" + index + "]";
        }

        String at(SecretsException e) {
            // An answer to a client need not say where on this machine the store is.
            boolean missing = e instanceof SecretNotFoundException;
            return path(index) + ": " + (missing ? "secret " + name + " does not exist" : e.getMessage());
        }

        void apply(Edit edit) {
            if (secret == null) {
                SecretMetadata current = edit.require(name);
                if (type != null && type != current.type()) {
                    throw new InvalidSecretException(
                            "secret " + name + " is not deleted",
                            List.of("its type is " + current.type() + ", not " + type));
                }
                edit.delete(name, -1, false);
            } else if (action.equals("create")) {
                edit.create(secret);
            } else {
                edit.update(secret, -1);
            }
        }

        Result result(String namespace, String problem, boolean undone) {
            if (!problem.isEmpty()) {
                return new Result(index, action, name, namespace, Result.ERROR, problem);
            }
            return undone
                    ? new Result(
                            index, action, name, namespace, Result.NOT_APPLIED, "not applied, because others failed")
                    : new Result(
                            index,
                            action,
                            name,
                            namespace,
                            Result.SUCCESS,
                            "Secret '" + name + "' " + action + "d successfully");
        }
    }

    /** Reads one operation and collects everything that is wrong with it. */
    private static final class Reader {

        private final int index;
        private final List<String> problems = new ArrayList<>();
        private String name = "";
        private String action = "";
        private @Nullable SecretType type;
        private @Nullable StoredSecret secret;

        Reader(int index) {
            this.index = index;
        }

        void read(Node node, Map<String, Integer> names) {
            if (node.kind() != Kind.OBJECT) {
                problems.add("an operation has to be an object, and is "
                        + node.kind().words());
                return;
            }
            Set<String> seen = new HashSet<>();
            for (Field field : node.fields()) {
                if (!FIELDS.contains(field.name())) {
                    problems.add("unknown field at " + field.value().place()
                            + "; an operation has name, action, type and data");
                } else if (!seen.add(field.name())) {
                    problems.add("the field " + field.name() + " stands there twice");
                }
            }
            readName(node, names);
            readAction(node);
            readType(node);
            readData(node);
        }

        private @Nullable String string(Node node, String field) {
            @Nullable Node value = node.get(field);
            if (value == null) {
                return null;
            }
            if (value.kind() != Kind.STRING) {
                problems.add(
                        field + " has to be a string, and is " + value.kind().words());
                return null;
            }
            return value.text();
        }

        private void readName(Node node, Map<String, Integer> names) {
            if (node.get("name") == null) {
                problems.add("name is missing");
            }
            @Nullable String given = string(node, "name");
            if (given == null) {
                return;
            }
            if (given.isBlank()) {
                problems.add("name is empty");
                return;
            }
            try {
                name = SecretDeclarations.checkName(given);
            } catch (InvalidSecretNameException e) {
                problems.add(InvalidSecretNameException.at("name").getMessage());
                return;
            }
            Integer first = names.putIfAbsent(name, index);
            if (first != null) {
                problems.add("name is that of " + Operation.path(first) + " too; a batch may name a secret once");
            }
        }

        private void readAction(Node node) {
            if (node.get("action") == null) {
                problems.add("action is missing");
            }
            @Nullable String given = string(node, "action");
            if (given == null) {
                return;
            }
            if (given.equals("create") || given.equals("update") || given.equals("delete")) {
                action = given;
            } else {
                problems.add("action has to be create, update or delete");
            }
        }

        private void readType(Node node) {
            if (node.get("type") == null && !action.isEmpty() && !action.equals("delete")) {
                problems.add("type is missing");
            }
            @Nullable String given = string(node, "type");
            if (given != null) {
                type = SecretType.of(given).orElse(null);
                if (type == null) {
                    problems.add("type has to be opaque or container_registry");
                }
            }
        }

        private void readData(Node node) {
            @Nullable Node data = node.get("data");
            if (action.equals("delete")) {
                if (data != null) {
                    problems.add("data is not allowed with delete");
                }
                return;
            }
            if (data == null) {
                if (!action.isEmpty()) {
                    problems.add("data is missing");
                }
                return;
            }
            if (data.kind() != Kind.OBJECT) {
                problems.add("data has to be an object, and is " + data.kind().words());
                return;
            }
            if (data.fields().isEmpty()) {
                problems.add("data is empty");
                return;
            }
            Map<String, String> values = new HashMap<>();
            for (Field field : data.fields()) {
                try {
                    SecretDeclarations.checkName(field.name());
                } catch (InvalidSecretNameException e) {
                    problems.add(InvalidSecretNameException.at(
                                    "a key of data at " + field.value().place())
                            .getMessage());
                    continue;
                }
                if (field.value().kind() != Kind.STRING) {
                    problems.add("data." + field.name() + " has to be a string, and is "
                            + field.value().kind().words());
                } else if (values.put(field.name(), field.value().text()) != null) {
                    problems.add("data." + field.name() + " stands there twice");
                }
            }
            build(values);
        }

        private void build(Map<String, String> values) {
            if (type != null && problems.isEmpty()) {
                try {
                    // An update of an opaque secret may give some keys; the OCI schema wants all four of a registry.
                    boolean whole = action.equals("create") || type == SecretType.CONTAINER_REGISTRY;
                    secret = (whole ? StoredSecret.builder(name) : StoredSecret.changesTo(name))
                            .type(type)
                            .values(values)
                            .build();
                } catch (InvalidSecretException e) {
                    problems.addAll(e.problems());
                }
            }
        }
    }

    /**
     * What became of one operation; immutable, holds no value.
     *
     * @param index its place in the batch, from 0
     * @param action {@code create}, {@code update} or {@code delete}; empty if it had none of these
     * @param name the secret's name; empty if it had no valid one
     * @param namespace the namespace of the store
     * @param status {@code success}, {@code error}, or {@code not_applied} if others of an atomic batch failed
     * @param message what happened, for people; an error starts with the operation's place in the document
     */
    public record Result(int index, String action, String name, String namespace, String status, String message) {

        private static final String SUCCESS = "success";
        private static final String ERROR = "error";
        private static final String NOT_APPLIED = "not_applied";

        /**
         * Tells whether the operation was carried out.
         *
         * @return true if the status is {@code success}
         */
        public boolean succeeded() {
            return status.equals(SUCCESS);
        }
    }

    /** What became of a batch; immutable and thread-safe, holds no values. */
    public static final class Results {

        private final List<Result> results;

        private Results(List<Result> results) {
            this.results = List.copyOf(results);
        }

        /**
         * Returns the result of each operation.
         *
         * @return the results, in the order of the batch
         */
        public List<Result> results() {
            return results;
        }

        /**
         * Tells whether all operations were carried out.
         *
         * @return true if none failed
         */
        public boolean succeeded() {
            return results.stream().allMatch(Result::succeeded);
        }

        /**
         * Returns the HTTP status of the whole.
         *
         * @return 200 if all operations were carried out, else 400
         */
        public int httpStatus() {
            return succeeded() ? 200 : 400;
        }

        /**
         * Returns the answer that OCI AI Blueprints gives, as a JSON document.
         *
         * @return {@code operations_processed}, the size of the batch, and {@code results}
         */
        public String toJson() {
            return Json.write(json -> {
                json.writeStartObject();
                json.writeNumberField("operations_processed", results.size());
                json.writeArrayFieldStart("results");
                for (Result result : results) {
                    json.writeStartObject();
                    json.writeStringField("action", result.action());
                    json.writeStringField("name", result.name());
                    json.writeStringField("namespace", result.namespace());
                    json.writeStringField("status", result.status());
                    json.writeStringField("message", result.message());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        }

        /** Returns the JSON document. */
        @Override
        public String toString() {
            return toJson();
        }
    }
}
